// Both first products of a gated layer and their combination; the same as gate-up.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { weightSets, type SegmentParams } from "../kernels/segments.cpu.js";

type GateUpParams = SegmentParams &
  Params<"x" | "w_gate" | "w_up" | "out" | "row_begin" | "row_end" | "k" | "width">;

export function gateUp({ f32, u32 }: KernelMemory, p: GateUpParams): void {
  const { k, width } = p;
  const weightSet = weightSets(u32, p);
  const gates = new Float64Array(width);
  const ups = new Float64Array(width);
  for (let row = p.row_begin; row < p.row_end; row++) {
    const matrix = weightSet(row) * k * width;
    gates.fill(0);
    ups.fill(0);
    for (let i = 0; i < k; i++) {
      const factor = f32[p.x + row * k + i]!;
      const element = matrix + i * width;
      for (let column = 0; column < width; column++) {
        gates[column]! += factor * f32[p.w_gate + element + column]!;
        ups[column]! += factor * f32[p.w_up + element + column]!;
      }
    }
    for (let column = 0; column < width; column++) {
      const gate = gates[column]!;
      f32[p.out + row * width + column] = (gate / (1 + Math.exp(-gate))) * ups[column]!;
    }
  }
}
