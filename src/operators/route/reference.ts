// route by its definition. Top-k is discontinuous, so where scores tie the choice of an execution is followed.
import { flagOption, realOption, valuesOf } from "../access.js";
import { inputOf, softmax, times } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";
import { rank, tiesWith } from "./ranking.js";

/** [rows, experts] */
export function scores(call: DenseCall): Float64Array {
  const { experts } = valuesOf(call.dims, "experts");
  const { data } = times(inputOf(call, 0, "rows"), call.weight("w"));
  if (call.options["score"] === "softmax")
    for (let row = 0; row < data.length; row += experts) softmax(data.subarray(row, row + experts));
  else for (let i = 0; i < data.length; i++) data[i] = 1 / (1 + Math.exp(-data[i]!));
  return data;
}

/**
 * Experts by score + bias among those of the best groups, the lower index first among equal ones; weights by score.
 * `executed` is followed for each token where its experts could have been chosen but for rounding, also in another order.
 */
export function reference(call: DenseCall): DenseResult {
  const limits = valuesOf(call.dims, "experts", "top_k", "groups", "top_groups");
  const { experts, top_k: topK } = limits;
  const all = call.scores ?? scores(call);
  const bias = call.weight("bias");
  const scale = realOption(call.options, "scale");
  const tokens = all.length / experts;
  const value = {
    kind: "gate" as const,
    topK,
    experts: new Uint32Array(tokens * topK),
    weights: new Float64Array(tokens * topK),
  };
  const ties: number[] = [];
  const contested: number[] = [];
  const normalize = flagOption(call.options, "normalize");
  const biased = new Float64Array(experts);
  for (let token = 0; token < tokens; token++) {
    const own = all.subarray(token * experts, (token + 1) * experts);
    for (let i = 0; i < experts; i++) biased[i] = own[i]! + bias[i]!;
    const ranking = rank(biased, limits, call.tieDistance);
    const executed = call.executed && [...call.executed.subarray(token * topK, (token + 1) * topK)];
    if (ranking.contested !== undefined) {
      ties.push(token);
      contested.push(ranking.contested);
    }
    const chosen = executed && tiesWith(ranking, executed) ? executed : ranking.chosen;
    const total = chosen.reduce((sum, expert) => sum + own[expert]!, 0);
    const divisor = normalize ? total : 1;
    chosen.forEach((expert, k) => {
      value.experts[token * topK + k] = expert;
      value.weights[token * topK + k] = (own[expert]! / divisor) * scale;
    });
  }
  return { value, ties, contested };
}
