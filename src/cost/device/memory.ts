// Kernels bound by memory: bytes over the bandwidth that kernels reach.
import type { Gpu } from "../../plan/index.js";
import type { CostParameters } from "../parameters/index.js";

/**
 * Bytes per second that `sms` busy SMs move. One SM has only so many bytes in flight, so that it takes a share of them to
 * saturate the memory (Little's law).
 */
export function reachedBandwidth(gpu: Gpu, sms: number, parameters: CostParameters): number {
  const busy = Math.min(1, sms / (gpu.sms * parameters.memorySaturation));
  return gpu.memory_bandwidth_bytes_per_s * parameters.memoryEfficiency * busy;
}

/** Microseconds that so many bytes take to be read and written, without the kernel's start. */
export function memoryTime(gpu: Gpu, bytes: number, sms: number, parameters: CostParameters): number {
  return (bytes / reachedBandwidth(gpu, sms, parameters)) * 1e6;
}

/**
 * Microseconds of a kernel that passes rows once, beside no product: moves, casts, norms, sums. Such kernels have fewer bytes in
 * flight than those that stream weights.
 */
export const rowKernelTime = (gpu: Gpu, bytes: number, sms: number, parameters: CostParameters): number =>
  memoryTime(gpu, bytes, sms, parameters) / parameters.rowKernelEfficiency;
