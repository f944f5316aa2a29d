// Chooses each token's experts by score + bias and weighs them by score; the same as select.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";

type SelectParams = Params<
  | ("logits" | "bias" | "chosen" | "weights" | "row_begin" | "row_end" | "experts" | "top_k")
  | ("groups" | "top_groups" | "softmax" | "normalize" | "scale")
>;

export function select({ f32, u32 }: KernelMemory, p: SelectParams): void {
  const scores = new Float32Array(p.experts);
  const biased = new Float32Array(p.experts);
  for (let token = p.row_begin; token < p.row_end; token++) {
    scores.set(f32.subarray(p.logits + token * p.experts, p.logits + (token + 1) * p.experts));
    if (p.softmax === 1) softmax(scores);
    else for (let i = 0; i < p.experts; i++) scores[i] = 1 / (1 + Math.exp(-scores[i]!));
    for (let i = 0; i < p.experts; i++) biased[i] = scores[i]! + f32[p.bias + i]!;
    if (p.top_groups < p.groups) dropGroups(biased, p);
    let total = 0;
    for (let k = 0; k < p.top_k; k++) {
      const expert = largestOf(biased);
      biased[expert] = -Infinity;
      total += scores[expert]!;
      u32[p.chosen + token * p.top_k + k] = expert;
    }
    const divisor = p.normalize === 1 ? total : 1;
    for (let pair = token * p.top_k; pair < (token + 1) * p.top_k; pair++)
      f32[p.weights + pair] = (scores[u32[p.chosen + pair]!]! / divisor) * p.scale;
  }
}

function softmax(values: Float32Array): void {
  let largest = -Infinity;
  for (const each of values) largest = Math.max(largest, each);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.exp(values[i]! - largest);
    total += values[i]!;
  }
  for (let i = 0; i < values.length; i++) values[i]! /= total;
}

/** Index of the largest value, among equal ones the lowest. */
function largestOf(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** Leaves out the experts of all but the best `top_groups` groups. */
function dropGroups(biased: Float32Array, p: SelectParams): void {
  const size = p.experts / p.groups;
  const groupScores = new Float32Array(p.groups);
  for (let group = 0; group < p.groups; group++) {
    const members = biased.slice(group * size, (group + 1) * size);
    const best = largestOf(members);
    groupScores[group] = members[best]!;
    members[best] = -Infinity;
    if (size > 1) groupScores[group]! += members[largestOf(members)]!;
  }
  const dropped = new Set(groupScores.keys());
  for (let i = 0; i < p.top_groups; i++) {
    const group = largestOf(groupScores);
    groupScores[group] = -Infinity;
    dropped.delete(group);
  }
  for (const group of dropped) biased.fill(-Infinity, group * size, (group + 1) * size);
}
