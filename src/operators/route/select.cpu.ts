// Chooses each token's experts by score + bias and weighs them by score; the same as select.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";

type SelectParams = Params<
  | ("logits" | "bias" | "chosen" | "weights" | "row_begin" | "row_end" | "experts" | "top_k")
  | ("groups" | "top_groups" | "softmax" | "normalize" | "scale")
>;

export function select({ f32, u32 }: KernelMemory, p: SelectParams): void {
  for (let token = p.row_begin; token < p.row_end; token++) {
    const logits = f32.subarray(p.logits + token * p.experts, p.logits + (token + 1) * p.experts);
    const scores = p.softmax === 1 ? softmax(logits) : logits.map((each) => 1 / (1 + Math.exp(-each)));
    const biased = scores.map((each, expert) => each + f32[p.bias + expert]!);
    const chosen = inOrder(biased, candidates(biased, p)).slice(0, p.top_k);
    const total = chosen.reduce((sum, expert) => sum + scores[expert]!, 0);
    const divisor = p.normalize === 1 ? total : 1;
    chosen.forEach((expert, k) => {
      u32[p.chosen + token * p.top_k + k] = expert;
      f32[p.weights + token * p.top_k + k] = (scores[expert]! / divisor) * p.scale;
    });
  }
}

function softmax(logits: Float32Array): Float32Array {
  const largest = logits.reduce((left, right) => Math.max(left, right));
  const exponentials = logits.map((each) => Math.exp(each - largest));
  const total = exponentials.reduce((left, right) => left + right);
  return exponentials.map((each) => each / total);
}

/** Indices by value, the largest first, among equal ones the lower index first. */
const inOrder = (values: Float32Array, indices: readonly number[]): number[] =>
  indices.toSorted((left, right) => values[right]! - values[left]! || left - right);

/** Experts of the best `top_groups` groups. */
function candidates(biased: Float32Array, p: SelectParams): number[] {
  const size = p.experts / p.groups;
  const members = Array.from({ length: p.groups }, (_, group) =>
    Array.from({ length: size }, (__, i) => group * size + i),
  );
  const groupScores = Float32Array.from(members, (experts) =>
    inOrder(biased, experts)
      .slice(0, 2)
      .reduce((sum, expert) => sum + biased[expert]!, 0),
  );
  return inOrder(groupScores, [...members.keys()])
    .slice(0, p.top_groups)
    .flatMap((group) => members[group]!);
}
