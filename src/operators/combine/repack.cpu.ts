// Copies results of slots to their places among the rows in which results leave; the same as repack.wgsl.
import type { KernelMemory } from "../kernel.js";
import { rowsBySource, type AtomOrderParams } from "../kernels/atom-order.cpu.js";
import type { Params } from "../kernels/define.js";

type RepackParams = AtomOrderParams &
  Params<"result_rows" | "leaving_rows" | "row_begin" | "row_end" | "width">;

export function repack({ f32, u32 }: KernelMemory, p: RepackParams): void {
  const places = rowsBySource(u32, p);
  for (let row = p.row_begin; row < p.row_end; row++) {
    const from = p.result_rows + row * p.width;
    f32.copyWithin(p.leaving_rows + places[row]! * p.width, from, from + p.width);
  }
}
