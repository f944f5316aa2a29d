// Times by which the launches of an exchange that DeepEP moves are ordered: as if its experts were chosen equally often.
import {
  lowLatencyLoad,
  lowLatencyTime,
  notifyTime,
  portTimesOf,
  throughputLoad,
  throughputTime,
  type CostParameters,
} from "../../cost/index.js";
import type { Exchange, Group, Machine, Phase, Placement } from "../../plan/types.gen.js";
import type { DeepEpKernels } from "../../simulate/index.js";

export interface DeepEpEstimateInput {
  readonly machine: Machine;
  readonly group: Group;
  readonly placement: Placement;
  /** Tokens of a rank's micro-batch. */
  readonly tokens: number;
  readonly kernels: DeepEpKernels;
  readonly parameters: CostParameters;
}

/** Microseconds of a phase. `bytesEach`: of one of its rows. */
export function deepEpPhaseTime(
  { machine, group, placement, tokens, kernels, parameters }: DeepEpEstimateInput,
  exchange: Exchange,
  phase: Phase,
  bytesEach: number,
): number {
  const nodeSize = machine.tiers[0]?.joins ?? 1;
  const nodes = Math.ceil(group.size / nodeSize);
  const direction = phase.name.startsWith("dispatch") ? "dispatch" : "combine";
  const lowLatency = kernels === "low_latency";
  const counting = (each: Phase): boolean => each.carries === "counts";
  if (counting(phase)) {
    const phases = exchange.phases.filter(counting).length;
    return lowLatency ? 0 : notifyTime(nodes, "dispatch", 0, parameters) / phases;
  }
  const routing = {
    ...{ tokens, nodes, experts: placement.slots, topK: Math.round(exchange.mean_rows.value / tokens) },
    gpusPerNode: Math.min(nodeSize, group.size),
  };
  const load = (lowLatency ? lowLatencyLoad : throughputLoad)(routing);
  const whole = lowLatency
    ? lowLatencyTime(machine, load, direction, bytesEach, placement.slots, parameters)
    : throughputTime(machine, load, direction, bytesEach, Math.max(1, group.sms), parameters);
  const chunks = exchange.chunks?.length ?? 1;
  const beside = exchange.phases.filter((each) => !counting(each) && each.name.startsWith(direction));
  if (chunks > 1 || beside.length === 1) return whole / chunks;
  const [nvlink, network] = portTimesOf(machine, load, bytesEach);
  return (whole * (phase.group === undefined ? nvlink : network)) / (nvlink + network);
}
