// route by its definition. Top-k is discontinuous, so where scores tie the choice of an execution is followed.
import { flagOption, realOption, valuesOf } from "../access.js";
import { inputOf, rowCount, softmax, times } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";
import { rank, tiesWith } from "./ranking.js";

/**
 * Experts by score + bias among those of the best groups, the lower index first among equal ones; weights by score.
 * `executed` is followed for each token where its experts could have been chosen but for rounding, also in another order.
 */
export function reference(call: DenseCall): DenseResult {
  const limits = valuesOf(call.dims, "experts", "top_k", "groups", "top_groups");
  const { experts, top_k: topK } = limits;
  const logits = times(inputOf(call, 0, "rows"), call.weight("w"));
  const bias = call.weight("bias");
  const scale = realOption(call.options, "scale");
  const tokens = rowCount(logits);
  const value = {
    kind: "gate" as const,
    topK,
    experts: new Uint32Array(tokens * topK),
    weights: new Float64Array(tokens * topK),
  };
  const ties: number[] = [];
  const normalize = flagOption(call.options, "normalize");
  const biased = new Float64Array(experts);
  for (let token = 0; token < tokens; token++) {
    const scores = logits.data.subarray(token * experts, (token + 1) * experts);
    if (call.options["score"] === "softmax") softmax(scores);
    else for (let i = 0; i < experts; i++) scores[i] = 1 / (1 + Math.exp(-scores[i]!));
    for (let i = 0; i < experts; i++) biased[i] = scores[i]! + bias[i]!;
    const ranking = rank(biased, limits);
    const executed = call.executed && [...call.executed.subarray(token * topK, (token + 1) * topK)];
    if (ranking.tied) ties.push(token);
    const chosen = executed && tiesWith(ranking, executed) ? executed : ranking.chosen;
    const total = chosen.reduce((sum, expert) => sum + scores[expert]!, 0);
    const divisor = normalize ? total : 1;
    chosen.forEach((expert, k) => {
      value.experts[token * topK + k] = expert;
      value.weights[token * topK + k] = (scores[expert]! / divisor) * scale;
    });
  }
  return { value, ties };
}
