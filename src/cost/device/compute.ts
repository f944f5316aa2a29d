// Time of one kernel on one GPU, by the class of its work, on the SMs that it has. It knows no streams and no other kernels; who
// shares the GPU with whom is the simulator's matter.
import type { Gpu } from "../../plan/index.js";
import type { CostParameters } from "../parameters/index.js";
import { attentionTime } from "./attention.js";
import { formatOf } from "./formats.js";
import { castSaves, formatTime, productTime } from "./gemm.js";
import { countGroups, groupedTime } from "./grouped.js";
import { groupedKernelOf } from "./grouped-kernels.js";
import { memoryTime, rowKernelTime } from "./memory.js";
import { peakFlops } from "./roofline.js";
import type { ComputeWork, GemmWork } from "./work.js";

/** Time in microseconds of a kernel that has `sms` of the GPU's SMs, from its start to its end. */
export function computeTime(gpu: Gpu, work: ComputeWork, sms: number, parameters: CostParameters): number {
  const given = Math.min(gpu.sms, Math.max(1, sms));
  return parameters.kernelStart + busyTime(gpu, work, given, parameters);
}

function busyTime(gpu: Gpu, work: ComputeWork, sms: number, parameters: CostParameters): number {
  switch (work.class) {
    case "memory":
      return rowKernelTime(gpu, work.bytes, sms, parameters);
    case "attention":
      return attentionTime(gpu, work, sms, parameters);
    case "gemm":
      return work.gemm === undefined
        ? untiledTime(gpu, work, sms, parameters)
        : tiledTime(gpu, work, work.gemm, sms, parameters);
    default:
      return work.class satisfies never;
  }
}

/** Products of a shape that is not stated: arithmetic at the rate of large tiles. */
function untiledTime(
  gpu: Gpu,
  { flops, bytes, dtype }: ComputeWork,
  sms: number,
  parameters: CostParameters,
): number {
  const { rate, efficiency } = formatOf(dtype, gpu);
  const peak = peakFlops(gpu, rate) * (sms / gpu.sms) * parameters[efficiency];
  return Math.max(peak === 0 ? 0 : (flops / peak) * 1e6, memoryTime(gpu, bytes, sms, parameters));
}

/** A product of one or several groups, whose bytes are the work's: what is fused with it may write less than all results. */
function tiledTime(
  gpu: Gpu,
  { bytes, dtype }: ComputeWork,
  gemm: GemmWork,
  sms: number,
  parameters: CostParameters,
): number {
  const { groupRows, n, k } = gemm;
  const format = formatOf(dtype, gpu);
  const groups = countGroups(groupRows);
  const shape = { rows: groups.rows, n, k };
  const before = formatTime(gpu, shape, format, sms, parameters);
  const moved = Math.max(0, bytes - castSaves(shape, format));
  const means = { sms, parameters };
  return groupRows.length > 1 && groups.rows > 0
    ? before + groupedTime(gpu, groups, { n, k, bytes: moved }, groupedKernelOf(dtype, gpu), means)
    : before + productTime(gpu, gemm, format, moved, means);
}
