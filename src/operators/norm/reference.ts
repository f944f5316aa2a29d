// norm by its definition: x / sqrt(mean of squares + epsilon) * gain.
import { realOption } from "../access.js";
import { inputOf, rmsNorm } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";

export const reference = (call: DenseCall): DenseResult => ({
  value: rmsNorm(inputOf(call, 0, "rows"), call.weight("gain"), realOption(call.options, "epsilon")),
});
