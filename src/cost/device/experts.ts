// The experts of a rank as one library call does them: routing and permutation of the tokens, the product with gate and up, the
// activation, the product with down, and the weighted sum. How serving systems' kernels do it, for comparison with theirs; what
// Weft launches is priced launch by launch.
import type { Gpu } from "../../plan/index.js";
import type { CostParameters } from "../parameters/index.js";
import { expertKernels, type ExpertKernel, type ExpertKernelName, type Passes } from "./expert-kernels.js";
import { groupedTime, type CountedGroups } from "./grouped.js";
import { groupedKernels } from "./grouped-kernels.js";

/** A gated expert: gate and up of hidden x inter, down of inter x hidden. */
export interface ExpertShape {
  readonly hidden: number;
  readonly inter: number;
}

/** What a rank is given. Counts may be means over several routings. */
export interface ExpertLoad {
  /** Tokens whose activations the call is given, those without an expert of the rank included. */
  readonly tokens: number;
  /** Experts that each token chooses, on any rank. */
  readonly topK: number;
  /** Experts of the rank. */
  readonly experts: number;
  /** Rows of each of them. */
  readonly groups: CountedGroups;
}

/** Microseconds of the call, from its first kernel to its last. */
export function expertTime(
  gpu: Gpu,
  name: ExpertKernelName,
  { hidden, inter }: ExpertShape,
  load: ExpertLoad,
  parameters: CostParameters,
): number {
  const { product, start, passes, idleExpert, routing, host }: ExpertKernel = expertKernels[name];
  const kernel = groupedKernels[product];
  const means = { sms: gpu.sms, parameters };
  let time =
    parameters[start] +
    groupedTime(gpu, load.groups, { n: 2 * inter, k: hidden }, kernel, means) +
    groupedTime(gpu, load.groups, { n: hidden, k: inter }, kernel, means) +
    passTime(gpu, passes, { hidden, inter }, load, parameters);
  if (idleExpert !== undefined)
    time += parameters[idleExpert] * Math.max(0, load.experts - load.groups.active);
  if (routing !== undefined && load.tokens > ONE_BLOCK_TOKENS) time += parameters[routing];
  return host === undefined ? time : Math.max(parameters[host], time);
}

/** Tokens that one block of threads routes; more take further kernels (seen in the measurements of TensorRT-LLM's kernels). */
const ONE_BLOCK_TOKENS = 32;

/**
 * Microseconds of the kernels around the products. They permute, cast and add up elements: each SM does so many bytes a second
 * of that, whatever the memory could do.
 */
function passTime(
  gpu: Gpu,
  { ofRows, ofPairs, ofTokens, slowdown }: Passes,
  { hidden, inter }: ExpertShape,
  { tokens, topK, groups }: ExpertLoad,
  parameters: CostParameters,
): number {
  const rowBytes = groups.rows * (ofRows.hidden * hidden + ofRows.inter * inter);
  const pairBytes = tokens * topK * (ofPairs.hidden * hidden + ofPairs.inter * inter);
  const bytes =
    rowBytes * (slowdown === undefined ? 1 : parameters[slowdown]) + pairBytes + tokens * ofTokens * hidden;
  const rate = Math.min(gpu.memory_bandwidth_bytes_per_s, gpu.sms * parameters.expertPassRate);
  return (bytes / rate) * 1e6;
}
