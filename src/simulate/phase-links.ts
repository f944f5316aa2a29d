// A transfer phase on a communicator as messages between its ranks, and what follows from that for any counts: the links that
// the messages take, and which ranks wait for one another.
import { TransferLinks, type CostParameters, type Topology } from "../cost/index.js";
import {
  evaluate,
  extend,
  type AtomLayout,
  type AtomSpace,
  type Environment,
  type Group,
  type Phase,
} from "../plan/index.js";
import { Memo } from "./memo.js";
import { atomRange, entriesIn, type AtomRange, type ExchangeTraffic } from "./traffic.js";

/** A message of a phase between ranks of the communicator, with what it carries; both ends equal for a local copy. */
export interface PhaseMessage {
  readonly source: number;
  readonly destination: number;
  readonly carries: AtomRange;
}

/** A phase and how to read its steps. */
export interface ReadPhase {
  readonly phase: Phase;
  /** Whether it sends copies for nodes. */
  readonly copies: AtomLayout["copies"];
  readonly space: AtomSpace;
  /** Dimensions that steps may name. */
  readonly environment: Environment;
}

export class PhaseLinks {
  /** In the order of each rank's steps. */
  readonly messages: readonly PhaseMessage[];
  /**
   * For each rank of the communicator, which ranks the phase ties together: the smallest rank that it reaches over messages.
   * Ranks of one such set start the phase together, when the last of them has come; others do not wait for them.
   */
  readonly rendezvous: Int32Array;
  /** Whether messages carry counts, and not rows. */
  readonly carriesCounts: boolean;
  /** For each instance of the communicator, the first that lies alike in the machine: its transfers take the same time. */
  readonly #alike: readonly number[];
  /** By instance; of those alike only the first. */
  readonly #links: (TransferLinks | undefined)[] = [];
  readonly #rows = new Memo<Float64Array>();
  readonly #entries = new Memo<Float64Array>();

  constructor(
    private readonly topology: Topology,
    private readonly instances: Group["instances"],
    read: ReadPhase,
  ) {
    this.carriesCounts = read.phase.carries === "counts";
    this.messages = messagesOf(read);
    this.rendezvous = rendezvousSets(this.messages, read.space.ranks);
    const positions = instances.map((ranks) => positionInMachine(topology, ranks));
    this.#alike = positions.map((position) => positions.indexOf(position));
  }

  /** What each message carries at some counts: rows or copies, or numbers of them. */
  elements(counts: ExchangeTraffic): Float64Array {
    if (this.carriesCounts) return this.entries(counts.space);
    return this.#rows.of([counts], () => this.#each((carries) => counts.rowsIn(carries)));
  }

  /** How many entries each message carries. */
  entries(space: AtomSpace): Float64Array {
    return this.#entries.of([space.placement, space.ranksPerNode], () =>
      this.#each((carries) => entriesIn(carries, space)),
    );
  }

  /** For each instance of the communicator, microseconds that each of its ranks spends in the phase. */
  times(
    elements: Float64Array,
    bytesEach: number,
    sms: number,
    parameters: CostParameters,
  ): readonly Float64Array[] {
    const known: Float64Array[] = [];
    this.instances.forEach((_, instance) => {
      known.push(
        known[this.#alike[instance]!] ?? this.#linksOf(instance).times(elements, bytesEach, sms, parameters),
      );
    });
    return known;
  }

  /** Tiers that its messages cross. */
  get tiers(): ReadonlySet<number> {
    return new Set(
      this.instances.flatMap((_, at) => (this.#alike[at] === at ? [...this.#linksOf(at).tiers] : [])),
    );
  }

  #each(size: (carries: AtomRange) => number): Float64Array {
    const sizes = new Float64Array(this.messages.length);
    for (let at = 0; at < sizes.length; at++) sizes[at] = size(this.messages[at]!.carries);
    return sizes;
  }

  #linksOf(instance: number): TransferLinks {
    const ranks = this.instances[instance]!;
    return (this.#links[instance] ??= new TransferLinks(
      this.topology,
      ranks,
      this.messages.map(({ source, destination }) => ({
        source: ranks[source]!,
        destination: ranks[destination]!,
      })),
    ));
  }
}

function messagesOf({ phase, copies, space, environment: outer }: ReadPhase): readonly PhaseMessage[] {
  return Array.from({ length: space.ranks }, (_, rank) => rank).flatMap((source) => {
    const environment = extend(outer, { rank: source });
    return phase.steps.map((step) => ({
      source,
      destination: evaluate(step.to, environment),
      carries: atomRange(step.send, copies, space, environment),
    }));
  });
}

/** Equal for two instances whose ranks lie alike in the tiers. */
function positionInMachine(topology: Topology, ranks: readonly number[]): string {
  const base = ranks[0] ?? 0;
  return JSON.stringify([topology.unitSizes.map((size) => base % size), ranks.map((rank) => rank - base)]);
}

function rendezvousSets(messages: readonly PhaseMessage[], size: number): Int32Array {
  const smallest = Int32Array.from({ length: size }, (_, rank) => rank);
  const root = (rank: number): number => {
    let at = rank;
    while (smallest[at] !== at) at = smallest[at]!;
    return at;
  };
  for (const { source, destination } of messages) {
    const [one, other] = [root(source), root(destination)];
    smallest[Math.max(one, other)] = Math.min(one, other);
  }
  return smallest.map((_, rank) => root(rank));
}
