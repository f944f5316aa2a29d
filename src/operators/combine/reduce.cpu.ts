// Adds each token's results, each times the weight of its expert, in order of k; the same as reduce.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";

export type ReduceParams = Params<
  "returned_rows" | "pair_row" | "weights" | "out" | "row_begin" | "row_end" | "top_k" | "width"
>;

export function reduce({ f32, u32 }: KernelMemory, p: ReduceParams): void {
  for (let token = p.row_begin; token < p.row_end; token++)
    for (let column = 0; column < p.width; column++) {
      let sum = 0;
      for (let pair = token * p.top_k; pair < (token + 1) * p.top_k; pair++) {
        const row = u32[p.pair_row + pair]!;
        sum += f32[p.weights + pair]! * f32[p.returned_rows + row * p.width + column]!;
      }
      f32[p.out + token * p.width + column] = sum;
    }
}
