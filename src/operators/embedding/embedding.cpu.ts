// The rows of a table that token ids name; the same as embedding.wgsl.
import type { Params } from "../kernels/define.js";
import type { KernelMemory } from "../kernel.js";

type EmbeddingParams = Params<"ids" | "table" | "out" | "row_begin" | "row_end" | "width">;

export function embedding({ f32, u32 }: KernelMemory, p: EmbeddingParams): void {
  for (let row = p.row_begin; row < p.row_end; row++) {
    const from = p.table + u32[p.ids + row]! * p.width;
    f32.copyWithin(p.out + row * p.width, from, from + p.width);
  }
}
