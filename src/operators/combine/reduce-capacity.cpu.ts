// Adds each token's results, each times the weight of its expert, in order of k; the same as reduce-capacity.wgsl.
import type { KernelMemory } from "../kernel.js";
import { NO_ROW } from "../no-row.js";
import type { ReduceParams } from "./reduce.cpu.js";

export function reduceCapacity({ f32, u32 }: KernelMemory, p: ReduceParams): void {
  for (let token = p.row_begin; token < p.row_end; token++)
    for (let column = 0; column < p.width; column++) {
      let sum = 0;
      for (let pair = token * p.top_k; pair < (token + 1) * p.top_k; pair++) {
        const row = u32[p.pair_row + pair]!;
        if (row !== NO_ROW) sum += f32[p.weights + pair]! * f32[p.returned_rows + row * p.width + column]!;
      }
      f32[p.out + token * p.width + column] = sum;
    }
}
