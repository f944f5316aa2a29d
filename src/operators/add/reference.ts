// add by its definition.
import { inputOf, rows } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";

export function reference(call: DenseCall): DenseResult {
  const [a, b] = [inputOf(call, 0, "rows"), inputOf(call, 1, "rows")];
  return {
    value: rows(
      a.width,
      a.data.map((each, i) => each + b.data[i]!),
    ),
  };
}
