// DeepEP's throughput ("normal") kernels: some SMs move tokens between GPUs, and one kernel before them exchanges counts, which
// the host waits for.
import type { Machine } from "../../plan/index.js";
import type { CostParameters } from "../parameters/index.js";
import type { DeepEpLoad } from "./load.js";
import { latencyOf, portTimes, together, tripTime } from "./ports.js";

export type Direction = "dispatch" | "combine";

/** `hybrid`: the kernels of DeepEP's hybrid-ep branch, which need fewer SMs. */
export type ThroughputKernels = "normal" | "hybrid";

/** Microseconds of the kernel that moves the tokens. `bytesEach`: of one copy with its scales. */
export function throughputTime(
  machine: Machine,
  load: DeepEpLoad,
  direction: Direction,
  bytesEach: number,
  sms: number,
  parameters: CostParameters,
  kernels: ThroughputKernels = "normal",
): number {
  const reached = kernels === "hybrid" ? parameters.deepepHybridPorts : 1;
  const [nvlink, network] = portTimes(machine, load, bytesEach, {
    nvlink: parameters.deepepNvlinkShare * reached,
    network: parameters.deepepNetworkShare * reached,
  });
  const work =
    direction === "dispatch"
      ? dispatchWork(load, bytesEach, parameters)
      : combineWork(load, bytesEach, parameters);
  const moving = together(
    parameters.deepepBottleneckNorm,
    work / (sms * speedup(kernels, direction, parameters)),
    nvlink,
    network,
  );
  const start = startTime(machine, load.nodes, direction, bytesEach, parameters);
  return Math.max(start, latencyOf(machine, load)) + moving;
}

/** Microseconds of the kernel that exchanges counts before a dispatch, or waits for all ranks beside a combine. */
export function notifyTime(
  nodes: number,
  direction: Direction,
  transmitUs: number,
  parameters: CostParameters,
): number {
  const barrier = parameters.deepepNotify + parameters.deepepNotifyAcross * Math.log2(nodes);
  return direction === "dispatch" ? barrier : barrier + parameters.deepepStragglers * transmitUs;
}

function speedup(kernels: ThroughputKernels, direction: Direction, parameters: CostParameters): number {
  if (kernels === "normal") return 1;
  return direction === "dispatch" ? parameters.deepepHybridDispatch : parameters.deepepHybridCombine;
}

function startTime(
  machine: Machine,
  nodes: number,
  direction: Direction,
  bytesEach: number,
  parameters: CostParameters,
): number {
  const trips = parameters.deepepStartTrips * tripTime(machine);
  const common = trips + parameters.deepepStartAcross * Math.log2(nodes);
  return direction === "dispatch"
    ? common + parameters.deepepDispatchStart
    : common + parameters.deepepCombineStart + (bytesEach / parameters.deepepCombineTokenRate) * 1e6;
}

/** Microseconds that the work of a dispatch takes one SM. */
function dispatchWork({ tokens, copies }: DeepEpLoad, bytesEach: number, parameters: CostParameters): number {
  const copy = (bytesEach / parameters.deepepDispatchCopyRate) * 1e6;
  return tokens * parameters.deepepTokenTime + copies * Math.max(parameters.deepepCopyTime, copy);
}

/** Microseconds that the work of a combine takes one SM. */
function combineWork(
  { nodes, tokens, copies }: DeepEpLoad,
  bytesEach: number,
  parameters: CostParameters,
): number {
  const copy = (bytesEach / parameters.deepepCombineCopyRate) * 1e6;
  const slower = nodes > 1 ? parameters.deepepCombineAcross : 1;
  return Math.max(copies * copy * slower, ((tokens * bytesEach) / parameters.deepepReduceRate) * 1e6);
}
