// Rows times weights, by the slots of the rows where the node is lifted; the same as matmul.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "./define.js";
import { weightSet, type SegmentParams } from "./segments.cpu.js";

type MatmulParams = SegmentParams & Params<"x" | "w" | "out" | "row_begin" | "row_end" | "k" | "n">;

export function matmul({ f32, u32 }: KernelMemory, p: MatmulParams): void {
  for (let row = p.row_begin; row < p.row_end; row++) {
    const w = p.w + weightSet(u32, p, row) * p.k * p.n;
    for (let column = 0; column < p.n; column++) {
      let sum = 0;
      for (let i = 0; i < p.k; i++) sum += f32[p.x + row * p.k + i]! * f32[w + i * p.n + column]!;
      f32[p.out + row * p.n + column] = sum;
    }
  }
}
