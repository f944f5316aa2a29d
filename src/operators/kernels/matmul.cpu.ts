// Rows times weights, by the slots of the rows where the node is lifted; the same as matmul.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "./define.js";
import { weightSets, type SegmentParams } from "./segments.cpu.js";

type MatmulParams = SegmentParams & Params<"x" | "w" | "out" | "row_begin" | "row_end" | "k" | "n">;

export function matmul({ f32, u32 }: KernelMemory, p: MatmulParams): void {
  const { k, n } = p;
  const weightSet = weightSets(u32, p);
  const sums = new Float64Array(n);
  for (let row = p.row_begin; row < p.row_end; row++) {
    const w = p.w + weightSet(row) * k * n;
    sums.fill(0);
    for (let i = 0; i < k; i++) {
      const factor = f32[p.x + row * k + i]!;
      for (let column = 0; column < n; column++) sums[column]! += factor * f32[w + i * n + column]!;
    }
    f32.set(sums, p.out + row * n);
  }
}
