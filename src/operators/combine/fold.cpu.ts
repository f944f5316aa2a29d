// Adds the results of each copy's pairs on this node, each times its weight, in order of k; the same as fold.wgsl.
import type { KernelMemory } from "../kernel.js";
import { NO_ROW } from "../kernels/copies.cpu.js";
import type { Params } from "../kernels/define.js";

type FoldParams = Params<
  "gathered_rows" | "relay_tags" | "folded_copies" | "row_begin" | "row_end" | "top_k" | "width"
>;

export function fold({ f32, u32 }: KernelMemory, p: FoldParams): void {
  for (let copy = p.row_begin; copy < p.row_end; copy++) {
    const tags = p.relay_tags + copy * 2 * p.top_k;
    for (let column = 0; column < p.width; column++) {
      let sum = 0;
      for (let k = 0; k < p.top_k; k++) {
        const row = u32[tags + k]!;
        if (row !== NO_ROW) sum += f32[tags + p.top_k + k]! * f32[p.gathered_rows + row * p.width + column]!;
      }
      f32[p.folded_copies + copy * p.width + column] = sum;
    }
  }
}
