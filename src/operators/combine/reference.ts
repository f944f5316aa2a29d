// combine by its definition: each token's results, which stand in order of (token, k), added by the gate's weights.
// What was dropped adds nothing, and the other weights stay as they are.
import { inputOf, rowCount, rows } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";

export function reference(call: DenseCall): DenseResult {
  const y = inputOf(call, 0, "rows");
  const { topK, weights } = inputOf(call, 1, "gate");
  const out = new Float64Array((rowCount(y) / topK) * y.width);
  for (let pair = 0; pair < rowCount(y); pair++) {
    if (call.dropped?.[pair] === 1) continue;
    for (let column = 0; column < y.width; column++)
      out[Math.floor(pair / topK) * y.width + column]! += weights[pair]! * y.data[pair * y.width + column]!;
  }
  return { value: rows(y.width, out) };
}
