// Attention: over a prompt bound by arithmetic, over a cache by its bytes, which SMs read in blocks of positions.
import type { Gpu } from "../../plan/index.js";
import type { CostParameters } from "../parameters/index.js";
import { memoryTime } from "./memory.js";
import { peakFlops } from "./roofline.js";
import type { ComputeWork } from "./work.js";

/**
 * Microseconds of attention besides the start of its kernel. A second kernel adds up what the SMs made of their parts of a cache.
 * A cache of fewer blocks than saturate the memory leaves SMs idle.
 */
export function attentionTime(
  gpu: Gpu,
  { flops, bytes, dtype }: ComputeWork,
  sms: number,
  parameters: CostParameters,
): number {
  const peak = peakFlops(gpu, dtype) * (sms / gpu.sms) * parameters.attentionEfficiency;
  const arithmetic = peak === 0 ? 0 : (flops / peak) * 1e6;
  const busy = Math.min(sms, Math.max(1, bytes / parameters.attentionBlock));
  return parameters.kernelStart + Math.max(arithmetic, memoryTime(gpu, bytes, busy, parameters));
}
