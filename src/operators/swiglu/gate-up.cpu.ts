// Both first products of a gated layer and their combination; the same as gate-up.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { weightSet, type SegmentParams } from "../kernels/segments.cpu.js";

type GateUpParams = SegmentParams &
  Params<"x" | "w_gate" | "w_up" | "out" | "row_begin" | "row_end" | "k" | "width">;

export function gateUp({ f32, u32 }: KernelMemory, p: GateUpParams): void {
  for (let row = p.row_begin; row < p.row_end; row++) {
    const matrix = weightSet(u32, p, row) * p.k * p.width;
    for (let column = 0; column < p.width; column++) {
      let gate = 0;
      let up = 0;
      for (let i = 0; i < p.k; i++) {
        const factor = f32[p.x + row * p.k + i]!;
        const element = matrix + i * p.width + column;
        gate += factor * f32[p.w_gate + element]!;
        up += factor * f32[p.w_up + element]!;
      }
      f32[p.out + row * p.width + column] = (gate / (1 + Math.exp(-gate))) * up;
    }
  }
}
