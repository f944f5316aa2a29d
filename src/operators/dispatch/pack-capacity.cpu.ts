// Fills rows to send with the rows of their pairs' tokens, or with zeros where no pair has them; the same as pack-capacity.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { NO_ROW } from "../no-row.js";

type PackCapacityParams = Params<
  "x" | "row_pair" | "send_rows" | "row_begin" | "row_end" | "top_k" | "width"
>;

export function packCapacity({ f32, u32 }: KernelMemory, p: PackCapacityParams): void {
  for (let row = p.row_begin; row < p.row_end; row++) {
    const pair = u32[p.row_pair + row]!;
    const to = p.send_rows + row * p.width;
    const from = p.x + Math.floor(pair / p.top_k) * p.width;
    if (pair === NO_ROW) f32.fill(0, to, to + p.width);
    else f32.copyWithin(to, from, from + p.width);
  }
}
