// A transfer phase as messages between GPUs, with the bytes that the expected counts give them.
import type { Message, Topology } from "../cost/index.js";
import { transferTimes, type CostParameters } from "../cost/index.js";
import { InternalError } from "../diagnostics/internal-error.js";
import {
  ELEMENTS_PER_SCALE,
  AtomSpace,
  evaluate,
  extend,
  type AtomLayout,
  type Group,
  type Phase,
  type PlanIndex,
  type PrecisionClass,
  type TransferLaunch,
} from "../plan/index.js";
import { atomRange, type AtomRange, type ExchangeTraffic } from "./traffic.js";

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

/** Whether a transfer sends copies for nodes. */
function sentCopies(index: PlanIndex, launch: TransferLaunch): AtomLayout["copies"] {
  const operand = launch.operands.find((each) => each.name === "send");
  const name = operand === undefined ? undefined : index.buffer(operand.buffer).layout?.layout;
  return index.exchange(launch.exchange).layouts.find((each) => each.name === name)?.copies;
}

/** A message of a phase between ranks of the communicator, with what it carries; both ends equal for a local copy. */
export interface PhaseMessage {
  readonly source: number;
  readonly destination: number;
  readonly carries: AtomRange;
}

/** Prices a transfer for any layer's traffic. What does not depend on the traffic is worked out once. */
export class TransferPricer {
  readonly #group: Group;
  readonly #phase: Phase;
  readonly #bytesEach: number;
  readonly #messages: readonly PhaseMessage[];
  /** For each instance of the communicator, the first that lies alike in the machine. */
  readonly #alike: readonly number[];

  constructor(
    index: PlanIndex,
    private readonly topology: Topology,
    launch: TransferLaunch,
    private readonly parameters: CostParameters,
  ) {
    const exchange = index.exchange(launch.exchange);
    this.#phase = index.phase(launch.exchange, launch.phase);
    this.#group = index.group(this.#phase.group ?? exchange.group);
    this.#bytesEach = elementBytes(index, launch, this.#phase);
    const space = new AtomSpace(exchange, index.placement(exchange.placement));
    this.#messages = phaseMessages(index, space, this.#group, this.#phase, sentCopies(index, launch));
    const positions = this.#group.instances.map((ranks) => positionInMachine(topology, ranks));
    this.#alike = positions.map((position) => positions.indexOf(position));
  }

  /**
   * For each instance of the communicator, time in microseconds that each of its ranks spends in the transfer once all ranks
   * it exchanges with have reached it.
   */
  prices(counts: ExchangeTraffic): readonly Float64Array[] {
    const sized = this.#messages.map((message) => {
      const { source, destination } = message;
      return { source, destination, bytes: this.sizeOf(message, counts).bytes };
    });
    const known: Float64Array[] = [];
    this.#group.instances.forEach((ranks, instance) => {
      known.push(known[this.#alike[instance]!] ?? this.#instancePrices(ranks, sized));
    });
    return known;
  }

  /** Messages between ranks of the communicator, in the order of each rank's steps. */
  get messages(): readonly PhaseMessage[] {
    return this.#messages;
  }

  /** What a message carries at these counts; a message of counts has no rows. */
  sizeOf(
    { carries }: PhaseMessage,
    counts: ExchangeTraffic,
  ): { readonly rows: number; readonly bytes: number } {
    const { rows, atoms } = counts.sizeOf(carries);
    return this.#phase.carries !== "counts"
      ? { rows, bytes: this.#bytesEach * rows }
      : { rows: 0, bytes: this.#bytesEach * atoms };
  }

  #instancePrices(ranks: readonly number[], messages: readonly Message[]): Float64Array {
    const between = messages.map(({ source, destination, bytes }) => ({
      source: ranks[source]!,
      destination: ranks[destination]!,
      bytes,
    }));
    return transferTimes(this.topology, ranks, between, this.#group.sms, this.parameters);
  }
}

function phaseMessages(
  index: PlanIndex,
  space: AtomSpace,
  group: Group,
  phase: Phase,
  copies: AtomLayout["copies"],
): readonly PhaseMessage[] {
  return Array.from({ length: group.size }, (_, rank) => rank).flatMap((source) => {
    const environment = extend(index.environment, { rank: source });
    return phase.steps.map((step) => ({
      source,
      destination: evaluate(step.to, environment),
      carries: atomRange(step.send, copies, space, environment),
    }));
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
