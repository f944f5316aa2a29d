// The roofline at peak rates: what no kernel can beat on a GPU, whatever it does.
import type { Dtype, Gpu } from "../../plan/index.js";
import type { ComputeWork } from "./work.js";

/** A number format in which a GPU multiplies. */
export type RateFormat = Dtype | "int8" | "fp4";

/** What is multiplied in where a machine states no rate for a format: the narrowest format that holds its values. */
const WIDER: Partial<Record<RateFormat, RateFormat>> = { fp4: "fp8", fp8: "bf16", int8: "bf16" };

/**
 * Peak FLOP/s of a machine for a number format. A format that the machine does not state is computed in a wider one (fp8
 * weights are widened to bf16 first), and without that in the slowest format stated. 0 where the machine states none.
 */
export function peakFlops(gpu: Gpu, format: RateFormat | undefined): number {
  for (let each = format; each !== undefined; each = WIDER[each]) {
    const stated = gpu.peak_flops[each];
    if (stated !== undefined) return stated;
  }
  if (gpu.peak_flops["bf16"] !== undefined) return gpu.peak_flops["bf16"];
  const all = Object.values(gpu.peak_flops);
  return all.length === 0 ? 0 : Math.min(...all);
}

/** Time in microseconds that no kernel doing this work can beat on this GPU: peak rates alone. */
export function idealTime(gpu: Gpu, work: ComputeWork): number {
  const peak = peakFlops(gpu, work.dtype);
  // Work of class `memory` runs outside the matrix units, whose peak says nothing about it.
  const flops = work.class === "memory" || peak === 0 ? 0 : work.flops / peak;
  return Math.max(flops, work.bytes / gpu.memory_bandwidth_bytes_per_s) * 1e6;
}
