// Copies rows of slots from their places among the arrived rows; the same as unpack.wgsl.
import type { KernelMemory } from "../kernel.js";
import { rowsBySource, type AtomOrderParams } from "../kernels/atom-order.cpu.js";
import type { Params } from "../kernels/define.js";

type UnpackParams = AtomOrderParams &
  Params<"arrived_rows" | "expert_rows" | "row_begin" | "row_end" | "width">;

export function unpack({ f32, u32 }: KernelMemory, p: UnpackParams): void {
  const places = rowsBySource(u32, p);
  for (let row = p.row_begin; row < p.row_end; row++) {
    const from = p.arrived_rows + places[row]! * p.width;
    f32.copyWithin(p.expert_rows + row * p.width, from, from + p.width);
  }
}
