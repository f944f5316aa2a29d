// Rows divided by the root of their mean square, times a gain for each column; the same as norm.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { weightSets, type SegmentParams } from "../kernels/segments.cpu.js";

type NormParams = SegmentParams &
  Params<"x" | "gain" | "out" | "row_begin" | "row_end" | "width" | "epsilon">;

export function norm({ f32, u32 }: KernelMemory, p: NormParams): void {
  const weightSet = weightSets(u32, p);
  for (let row = p.row_begin; row < p.row_end; row++) {
    const x = p.x + row * p.width;
    const gain = p.gain + weightSet(row) * p.width;
    let squares = 0;
    for (let i = 0; i < p.width; i++) squares += f32[x + i]! ** 2;
    const factor = 1 / Math.sqrt(squares / p.width + p.epsilon);
    for (let i = 0; i < p.width; i++) f32[p.out + row * p.width + i] = f32[x + i]! * factor * f32[gain + i]!;
  }
}
