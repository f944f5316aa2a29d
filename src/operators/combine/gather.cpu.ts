// Adds what the nodes sent back for each token, in order of nodes; the same as gather.wgsl.
import type { KernelMemory } from "../kernel.js";
import { NO_ROW } from "../kernels/copies.cpu.js";
import type { Params } from "../kernels/define.js";

type GatherParams = Params<
  "returned_copies" | "copy_row" | "out" | "row_begin" | "row_end" | "nodes" | "width"
>;

export function gather({ f32, u32 }: KernelMemory, p: GatherParams): void {
  for (let token = p.row_begin; token < p.row_end; token++)
    for (let column = 0; column < p.width; column++) {
      let sum = 0;
      for (let node = 0; node < p.nodes; node++) {
        const row = u32[p.copy_row + token * p.nodes + node]!;
        if (row !== NO_ROW) sum += f32[p.returned_copies + row * p.width + column]!;
      }
      f32[p.out + token * p.width + column] = sum;
    }
}
