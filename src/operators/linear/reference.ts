// linear by its definition: x w.
import { inputOf, times } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";

export const reference = (call: DenseCall): DenseResult => ({
  value: times(inputOf(call, 0, "rows"), call.weight("w")),
});
