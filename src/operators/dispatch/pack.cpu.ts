// Copies each token's row to the rows of send_rows that its pairs (token, k) have; the same as pack.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";

type PackParams = Params<"x" | "pair_row" | "send_rows" | "row_begin" | "row_end" | "top_k" | "width">;

export function pack({ f32, u32 }: KernelMemory, p: PackParams): void {
  for (let pair = p.row_begin * p.top_k; pair < p.row_end * p.top_k; pair++) {
    const from = p.x + Math.floor(pair / p.top_k) * p.width;
    f32.copyWithin(p.send_rows + u32[p.pair_row + pair]! * p.width, from, from + p.width);
  }
}
