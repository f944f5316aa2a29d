// Attention: over a prompt bound by arithmetic, over a cache by its bytes.
import type { Gpu } from "../../plan/index.js";
import type { CostParameters } from "../parameters/index.js";
import { memoryTime } from "./memory.js";
import { peakFlops } from "./roofline.js";
import type { ComputeWork } from "./work.js";

/** Microseconds of an attention kernel, without its start. */
export function attentionTime(
  gpu: Gpu,
  { flops, bytes, dtype }: ComputeWork,
  sms: number,
  parameters: CostParameters,
): number {
  const peak = peakFlops(gpu, dtype) * (sms / gpu.sms) * parameters.attentionEfficiency;
  return Math.max(peak === 0 ? 0 : (flops / peak) * 1e6, memoryTime(gpu, bytes, sms, parameters));
}
