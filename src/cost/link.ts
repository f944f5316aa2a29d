// Time of a group of sends and receives: which tiers its messages cross, and how long each rank's part takes.
// Ports (a GPU's way into a tier, one per direction) are the only thing shared; messages of a port share it to its end.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Machine } from "../plan/index.js";
import type { CostParameters } from "./parameters/index.js";

/** One message between GPUs; both ends equal for a local copy. */
export interface Message {
  readonly source: number;
  readonly destination: number;
  readonly bytes: number;
}

/** A message's way over one tier. */
export interface Hop {
  readonly tier: number;
  readonly from: number;
  readonly to: number;
}

/** Which tier joins which GPUs. GPUs are numbered so that those that a tier joins are consecutive. */
export class Topology {
  /** GPUs that one unit of each tier holds. */
  readonly unitSizes: readonly number[];
  readonly #routes = new Map<number, readonly Hop[]>();

  constructor(readonly machine: Machine) {
    let size = 1;
    this.unitSizes = machine.tiers.map((tier) => (size *= tier.joins));
  }

  /** The fastest tier that joins two GPUs. */
  tierOf(source: number, destination: number): number {
    const tier = this.unitSizes.findIndex(
      (size) => Math.floor(source / size) === Math.floor(destination / size),
    );
    if (tier < 0) throw new InternalError(`no tier joins GPU ${String(source)} and ${String(destination)}`);
    return tier;
  }

  /**
   * The hops of a message. A rail joins GPUs of equal index within the tier below; for other pairs the message first goes,
   * over the tiers below, to the GPU of the source's unit that has the destination's index.
   */
  route(source: number, destination: number): readonly Hop[] {
    const key = source * this.machine.gpus + destination;
    const known = this.#routes.get(key);
    if (known !== undefined) return known;
    const hops = this.#findRoute(source, destination);
    this.#routes.set(key, hops);
    return hops;
  }

  #findRoute(source: number, destination: number): readonly Hop[] {
    if (source === destination) return [];
    const tier = this.tierOf(source, destination);
    const below = this.unitSizes[tier - 1] ?? 1;
    if (this.machine.tiers[tier]?.kind !== "rail" || source % below === destination % below)
      return [{ tier, from: source, to: destination }];
    const gateway = source - (source % below) + (destination % below);
    return [...this.route(source, gateway), { tier, from: gateway, to: destination }];
  }

  /** Bytes per second and direction of a GPU's port: what large messages reach, and what `sms` SMs can move (0: copy engines). */
  portRate(tier: number, sms: number, parameters: CostParameters): number {
    const { bandwidth_bytes_per_s: bandwidth, efficiency } = this.tier(tier);
    const reached = bandwidth * efficiency;
    return sms === 0 ? reached : Math.min(reached, sms * parameters.channelBandwidth);
  }

  tier(index: number): Machine["tiers"][number] {
    const tier = this.machine.tiers[index];
    if (tier === undefined) throw new InternalError(`the machine has no tier ${String(index)}`);
    return tier;
  }
}

/** The messages of a group of sends and receives, for any sizes: their ways, and who shares ports, are worked out once. */
export class TransferLinks {
  readonly #sources: Int32Array;
  readonly #destinations: Int32Array;
  /** Hops of message i: #hopBegin[i] to #hopBegin[i + 1] - 1, each over a port out of a GPU and one into another. */
  readonly #hopBegin: Int32Array;
  readonly #tiers: Uint8Array;
  readonly #portsOut: Int32Array;
  readonly #portsIn: Int32Array;
  /** Tiers that some message crosses. */
  readonly tiers: ReadonlySet<number>;
  /** How many messages go through each port. */
  readonly #crowds: Float64Array;

  constructor(
    private readonly topology: Topology,
    private readonly ranks: readonly number[],
    messages: readonly Pick<Message, "source" | "destination">[],
  ) {
    const { tiers, gpus } = topology.machine;
    this.#sources = Int32Array.from(messages, (each) => each.source);
    this.#destinations = Int32Array.from(messages, (each) => each.destination);
    this.#hopBegin = new Int32Array(messages.length + 1);
    this.#crowds = new Float64Array(2 * tiers.length * gpus);
    const hops: number[] = [];
    const out: number[] = [];
    const into: number[] = [];
    messages.forEach(({ source, destination }, at) => {
      for (const { tier, from, to } of topology.route(source, destination)) {
        hops.push(tier);
        out.push(2 * (tier * gpus + from));
        into.push(2 * (tier * gpus + to) + 1);
      }
      this.#hopBegin[at + 1] = hops.length;
    });
    this.#tiers = Uint8Array.from(hops);
    this.tiers = new Set(hops);
    this.#portsOut = Int32Array.from(out);
    this.#portsIn = Int32Array.from(into);
    for (const ports of [out, into]) for (const port of ports) this.#crowds[port] = this.#crowds[port]! + 1;
  }

  /**
   * Time in microseconds that each of `ranks` spends in the group once all of them have reached it, in their order. Messages
   * carry so many `elements` of so many bytes. A message takes the latency of its hops, and is through when the busiest port on
   * its way is; a rank is through when all its messages are. Local copies run beside them at memory bandwidth. `sms`: what the
   * communicator has, 0 for copy engines.
   */
  times(
    elements: ArrayLike<number>,
    bytesEach: number,
    sms: number,
    parameters: CostParameters,
  ): Float64Array {
    const { gpu, gpus, tiers } = this.topology.machine;
    const until = this.#portTimes(elements, bytesEach, sms, parameters);
    const [hopBegin, portsOut, portsIn, hopTiers] = [
      this.#hopBegin,
      this.#portsOut,
      this.#portsIn,
      this.#tiers,
    ];
    const [sources, destinations] = [this.#sources, this.#destinations];
    const latencies = Float64Array.from(tiers, (tier) => tier.latency_us);
    const memory = gpu.memory_bandwidth_bytes_per_s * parameters.memoryEfficiency;
    const longest = new Float64Array(gpus);
    for (let at = 0; at < sources.length; at++) {
      const begin = hopBegin[at]!;
      const end = hopBegin[at + 1]!;
      // A copy reads and writes each byte.
      let time = begin === end ? ((2 * (bytesEach * elements[at]!)) / memory) * 1e6 : 0;
      for (let hop = begin; hop < end; hop++)
        time = Math.max(time, until[portsOut[hop]!]!, until[portsIn[hop]!]!);
      for (let hop = begin; hop < end; hop++) time += latencies[hopTiers[hop]!]!;
      const source = sources[at]!;
      const destination = destinations[at]!;
      if (time > longest[source]!) longest[source] = time;
      if (time > longest[destination]!) longest[destination] = time;
    }
    return Float64Array.from(this.ranks, (rank) => parameters.transferStart + longest[rank]!);
  }

  /** Time in microseconds until each port has done all its messages. */
  #portTimes(
    elements: ArrayLike<number>,
    bytesEach: number,
    sms: number,
    parameters: CostParameters,
  ): Float64Array {
    const [hopBegin, portsOut, portsIn] = [this.#hopBegin, this.#portsOut, this.#portsIn];
    const through = new Float64Array(this.#crowds.length);
    for (let at = 0; at < elements.length; at++) {
      const bytes = bytesEach * elements[at]!;
      const end = hopBegin[at + 1]!;
      for (let hop = hopBegin[at]!; hop < end; hop++) {
        const out = portsOut[hop]!;
        const into = portsIn[hop]!;
        through[out] = through[out]! + bytes;
        through[into] = through[into]! + bytes;
      }
    }
    const { tiers, gpus } = this.topology.machine;
    const rates = tiers.map((_, tier) => this.topology.portRate(tier, sms, parameters));
    return through.map((sum, port) => {
      const tier = Math.floor(port / (2 * gpus));
      return tiers[tier]!.message_gap_us * (this.#crowds[port]! - 1) + (sum / rates[tier]!) * 1e6;
    });
  }
}

/** Times of a group of messages whose ways nobody needs again: see `TransferLinks.times`. */
export function transferTimes(
  topology: Topology,
  ranks: readonly number[],
  messages: readonly Message[],
  sms: number,
  parameters: CostParameters,
): Float64Array {
  const bytes = messages.map((each) => each.bytes);
  return new TransferLinks(topology, ranks, messages).times(bytes, 1, sms, parameters);
}

/** Time of the host, in microseconds, to issue a group in which a rank sends and receives so many messages. */
export const groupIssueTime = (messages: number, parameters: CostParameters): number =>
  parameters.hostGroup + 2 * messages * parameters.hostMessage;

/** Time of the host, in microseconds, from the end of what it waits for until it knows the counts. */
export const hostReadTime = (parameters: CostParameters): number =>
  parameters.hostSynchronize + parameters.hostCopy;
