// The messages of a transfer phase on their ways through a machine: what they take at any counts, and which ranks wait for one
// another.
import {
  isShared,
  meetingSkew,
  TransferLinks,
  type CostParameters,
  type Message,
  type Topology,
} from "../cost/index.js";
import type { Group } from "../plan/index.js";
import type { PhaseMessage, PhaseMessages } from "./phase-messages.js";

export class PhaseLinks {
  /**
   * For each rank of the communicator, which ranks the phase ties together: the smallest rank that it reaches over messages.
   * Ranks of one such set start the phase together, when the last of them has come; others do not wait for them.
   */
  readonly rendezvous: Int32Array;
  /** For each rank, how many ranks its set has. */
  readonly together: Int32Array;
  /** For each instance of the communicator, the first that lies alike in the machine: its transfers take the same time. */
  readonly #alike: readonly number[];
  /** By instance; of those alike only the first. */
  readonly #links: (TransferLinks | undefined)[] = [];
  /** Of all instances: see `#timesTogether`. */
  #together: TransferLinks | undefined;

  constructor(
    private readonly topology: Topology,
    private readonly instances: Group["instances"],
    readonly messages: PhaseMessages,
    ranks: number,
  ) {
    this.rendezvous = rendezvousSets(messages.all, ranks);
    const members = new Int32Array(ranks);
    for (const set of this.rendezvous) members[set]! += 1;
    this.together = this.rendezvous.map((set) => members[set]!);
    const positions = instances.map((ranks) => positionInMachine(topology, ranks));
    this.#alike = positions.map((position) => positions.indexOf(position));
  }

  /**
   * For each instance of the communicator, microseconds that each of its ranks spends in the phase, waiting for others that are
   * late without a priced reason included.
   */
  times(
    elements: Float64Array,
    bytesEach: number,
    sms: number,
    parameters: CostParameters,
  ): readonly Float64Array[] {
    const skews = Float64Array.from(this.together, (ranks) => meetingSkew(ranks, parameters));
    const skewed = (times: Float64Array): Float64Array => times.map((time, rank) => time + skews[rank]!);
    if (this.#sharesTiers()) return this.#timesTogether(elements, bytesEach, sms, parameters).map(skewed);
    const known: Float64Array[] = [];
    this.instances.forEach((_, instance) => {
      const alike = known[this.#alike[instance]!];
      known.push(alike ?? skewed(this.linksOf(instance).times(elements, bytesEach, sms, parameters)));
    });
    return known;
  }

  /** Whether messages of one instance may slow down those of another. */
  #sharesTiers(): boolean {
    const shared = this.topology.machine.tiers.flatMap((_, tier) =>
      isShared(this.topology, tier) ? tier : [],
    );
    if (this.instances.length < 2 || shared.length === 0) return false;
    const { tiers } = this;
    return shared.some((tier) => tiers.has(tier));
  }

  /**
   * GPUs of several instances may have an adapter in common, or the links of their unit: all are taken to move at the same time, as
   * ranks that do equal work do.
   */
  #timesTogether(
    elements: Float64Array,
    bytesEach: number,
    sms: number,
    parameters: CostParameters,
  ): readonly Float64Array[] {
    this.#together ??= new TransferLinks(
      this.topology,
      this.instances.flat(),
      this.instances.flatMap((ranks) => this.#between(ranks)),
    );
    const all = new Float64Array(elements.length * this.instances.length);
    this.instances.forEach((_, instance) => {
      all.set(elements, instance * elements.length);
    });
    const times = this.#together.times(all, bytesEach, sms, parameters);
    const ranks = this.together.length;
    return this.instances.map((_, instance) => times.slice(instance * ranks, (instance + 1) * ranks));
  }

  /** Tiers that its messages cross. */
  get tiers(): ReadonlySet<number> {
    return new Set(
      this.instances.flatMap((_, at) => (this.#alike[at] === at ? [...this.linksOf(at).tiers] : [])),
    );
  }

  /** The messages of an instance. */
  linksOf(instance: number): TransferLinks {
    const ranks = this.instances[instance]!;
    return (this.#links[instance] ??= new TransferLinks(this.topology, ranks, this.#between(ranks)));
  }

  /** The messages between GPUs of an instance. */
  #between(ranks: readonly number[]): readonly Pick<Message, "source" | "destination">[] {
    return this.messages.all.map(({ source, destination }) => ({
      source: ranks[source]!,
      destination: ranks[destination]!,
    }));
  }
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
