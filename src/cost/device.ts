// Time of one kernel on one GPU: a roofline whose roof depends on the shape and on the SMs that the kernel has.
// It knows no streams and no other kernels; who shares the GPU with whom is the simulator's matter.
import type { Dtype, Gpu } from "../plan/index.js";
import type { CostParameters } from "./parameters/index.js";

/** A matrix product; rows of each group, so that uneven groups pay for their padding to tiles. */
export interface GemmWork {
  readonly groupRows: readonly number[];
  readonly n: number;
  readonly k: number;
}

/** What a kernel costs, evaluated for one rank. */
export interface ComputeWork {
  readonly class: "gemm" | "attention" | "memory";
  readonly flops: number;
  readonly bytes: number;
  readonly dtype?: Dtype;
  readonly gemm?: GemmWork;
}

/**
 * Peak FLOP/s of a machine for a number format. A format that the machine does not state is computed in bf16 (fp8 weights
 * are widened first), and without bf16 in the slowest format stated. 0 where the machine states none.
 */
export function peakFlops(gpu: Gpu, dtype: Dtype | undefined): number {
  const stated = dtype === undefined ? undefined : gpu.peak_flops[dtype];
  if (stated !== undefined) return stated;
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

/** Time in microseconds of a kernel that has `sms` of the GPU's SMs, from its start to its end. */
export function computeTime(gpu: Gpu, work: ComputeWork, sms: number, parameters: CostParameters): number {
  const share = Math.min(1, Math.max(1, sms) / gpu.sms);
  const bandwidth =
    gpu.memory_bandwidth_bytes_per_s *
    parameters.memoryEfficiency *
    Math.min(1, share / parameters.memorySaturation);
  const seconds = Math.max(arithmeticSeconds(gpu, work, share, parameters), work.bytes / bandwidth);
  return seconds * 1e6 + parameters.kernelStart;
}

function arithmeticSeconds(gpu: Gpu, work: ComputeWork, share: number, parameters: CostParameters): number {
  const peak = peakFlops(gpu, work.dtype) * share;
  if (peak === 0) return 0;
  switch (work.class) {
    case "memory":
      return 0;
    case "attention":
      return work.flops / (peak * parameters.attentionEfficiency);
    case "gemm": {
      const native = work.dtype === "fp8" && gpu.peak_flops["fp8"] !== undefined;
      const rate = peak * (native ? parameters.fp8GemmEfficiency : parameters.gemmEfficiency);
      const padded = work.gemm === undefined ? 0 : paddedFlops(work.gemm, gpu.sms * share, parameters);
      return Math.max(work.flops, padded) / rate;
    }
    default:
      return work.class satisfies never;
  }
}

/**
 * FLOPs of a product with its tiles filled up and its last wave of tiles charged in part, as if all SMs were busy:
 * tiles of each group = ceil(rows / tile rows) * ceil(n / tile columns); waves = tiles / SMs, of which the idle rest of the
 * last one counts by `lastWave`.
 */
function paddedFlops(gemm: GemmWork, sms: number, parameters: CostParameters): number {
  let rows = 0;
  for (const each of gemm.groupRows) {
    const height = each > parameters.tileRows / 2 ? parameters.tileRows : parameters.tileRows / 2;
    rows += Math.ceil(each / height) * height;
  }
  const tiles = (rows / parameters.tileRows) * Math.ceil(gemm.n / parameters.tileColumns);
  if (tiles === 0) return 0;
  const waves = Math.max(tiles / sms, parameters.leastWave);
  const charged = waves + parameters.lastWave * (Math.ceil(waves) - waves);
  return charged * sms * 2 * parameters.tileRows * parameters.tileColumns * gemm.k;
}
