// A transfer phase as messages between GPUs, with the bytes that the expected counts give them.
import type { Message, Topology } from "../cost/index.js";
import { transferTimes, type CostParameters } from "../cost/index.js";
import { InternalError } from "../diagnostics/internal-error.js";
import {
  ELEMENTS_PER_SCALE,
  evaluate,
  extend,
  type Group,
  type Phase,
  type PlanIndex,
  type PrecisionClass,
  type TransferLaunch,
} from "../plan/index.js";
import type { ExchangeTraffic, Traffic } from "./traffic.js";

/** Bytes of a row of elements of a class of data, with its scales. */
export function rowBytes(index: PlanIndex, precisionClass: PrecisionClass, width: number): number {
  const precision = index.precision(precisionClass);
  const bytes = evaluate(precision.bytes, index.environment);
  const scale = evaluate(precision.scale_bytes, index.environment);
  return width * bytes + Math.ceil(width / ELEMENTS_PER_SCALE) * scale;
}

/** Bytes of one element (a row, or a count) that a transfer moves: that of its buffer `send`. */
function elementBytes(index: PlanIndex, launch: TransferLaunch, phase: Phase): number {
  const operand = launch.operands.find((each) => each.name === "send");
  if (operand === undefined) throw new InternalError(`transfer ${launch.id} has no operand \`send\``);
  const buffer = index.buffer(operand.buffer);
  if (phase.carries === "counts") return rowBytes(index, buffer.precision, 1);
  const width = buffer.shape.slice(1).reduce<number>((w, each) => w * evaluate(each, index.environment), 1);
  return rowBytes(index, buffer.precision, width);
}

/**
 * For each instance of the launch's group, time in microseconds that each of its ranks spends in the transfer once all ranks
 * it exchanges with have reached it. Instances that lie alike in the machine are computed once.
 */
export function transferPrices(
  index: PlanIndex,
  topology: Topology,
  traffic: Traffic,
  launch: TransferLaunch,
  layer: number,
  parameters: CostParameters,
): readonly Float64Array[] {
  const counts = traffic.of(launch.exchange, layer);
  const group = index.group(counts.exchange.group);
  const phase = index.phase(launch.exchange, launch.phase);
  const messages = phaseMessages(index, traffic, counts, phase, layer, elementBytes(index, launch, phase));
  const known = new Map<string, Float64Array>();
  return group.instances.map((ranks) => {
    const position = positionInMachine(topology, ranks);
    const before = known.get(position);
    if (before !== undefined) return before;
    const times = transferTimes(
      topology,
      ranks,
      messages.map(({ source, destination, bytes }) => ({
        source: ranks[source]!,
        destination: ranks[destination]!,
        bytes,
      })),
      group.sms,
      parameters,
    );
    known.set(position, times);
    return times;
  });
}

/** Messages between ranks of the communicator. */
function phaseMessages(
  index: PlanIndex,
  traffic: Traffic,
  counts: ExchangeTraffic,
  phase: Phase,
  layer: number,
  bytesEach: number,
): readonly Message[] {
  return Array.from({ length: counts.ranks }, (_, rank) => rank).flatMap((source) => {
    const environment = traffic.environment(layer, source, counts);
    return phase.steps.map((step) => {
      const { rows, atoms } = counts.sizeOf(step.send, environment);
      const bytes = bytesEach * (phase.carries === "rows" ? rows : atoms);
      return { source, destination: evaluate(step.to, environment), bytes };
    });
  });
}

/** Equal for two instances whose ranks lie alike in the tiers, so that their transfers take the same time. */
function positionInMachine(topology: Topology, ranks: readonly number[]): string {
  const base = ranks[0] ?? 0;
  return JSON.stringify([topology.unitSizes.map((size) => base % size), ranks.map((rank) => rank - base)]);
}

/**
 * For each rank of a group, which ranks a phase ties together: the smallest rank that it reaches over messages. Ranks of one
 * such set start the phase together, when the last of them has come; others do not wait for them.
 */
export function rendezvousSets(index: PlanIndex, group: Group, phase: Phase): Int32Array {
  const smallest = Int32Array.from({ length: group.size }, (_, rank) => rank);
  const root = (rank: number): number => {
    let at = rank;
    while (smallest[at] !== at) at = smallest[at]!;
    return at;
  };
  for (let rank = 0; rank < group.size; rank++) {
    const environment = extend(index.environment, { rank });
    for (const step of phase.steps) {
      const [one, other] = [root(rank), root(evaluate(step.to, environment))];
      smallest[Math.max(one, other)] = Math.min(one, other);
    }
  }
  return smallest.map((_, rank) => root(rank));
}
