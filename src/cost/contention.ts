// How much longer kernels and transfers take beside each other, besides what kernels lose by the SMs that transfers hold.
import type { Machine } from "../plan/index.js";
import type { ComputeWork } from "./device/index.js";
import type { CostParameters } from "./parameters/index.js";

/** Share, from 0 to 1, of the memory bandwidth that kernels reach that this work needs if it takes so long. */
export function memoryShare(
  gpu: Machine["gpu"],
  work: ComputeWork,
  timeUs: number,
  parameters: CostParameters,
): number {
  if (timeUs === 0) return 0;
  const bandwidth = gpu.memory_bandwidth_bytes_per_s * parameters.memoryEfficiency;
  return Math.min(1, ((work.bytes / bandwidth) * 1e6) / timeUs);
}

/** How many times as long a kernel takes while data of transfers moves. */
export const kernelSlowdown = (share: number, { kernelContention }: CostParameters): number =>
  1 + kernelContention * share;

/** How many times as long transfers take while kernels run that need this share of the memory bandwidth. */
export const transferSlowdown = (
  share: number,
  { transferContention, transferMemoryContention }: CostParameters,
): number => 1 + transferContention + transferMemoryContention * share;
