// dispatch by its definition, which knows no slots: each token's row once for each k.
import { inputOf, rowCount, rows } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";

export function reference(call: DenseCall): DenseResult {
  const x = inputOf(call, 0, "rows");
  const { topK } = inputOf(call, 1, "gate");
  const out = new Float64Array(rowCount(x) * topK * x.width);
  for (let pair = 0; pair < rowCount(x) * topK; pair++) {
    const token = Math.floor(pair / topK);
    out.set(x.data.subarray(token * x.width, (token + 1) * x.width), pair * x.width);
  }
  return { value: rows(x.width, out) };
}
