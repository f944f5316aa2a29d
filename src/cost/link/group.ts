// Time of a group of sends and receives: how long each rank's part takes. Ports (the way into a tier of a GPU, or of GPUs that
// have an adapter in common; one per direction) are what messages share, and they share them to the end.
import type { CostParameters } from "../parameters/index.js";
import { handshakeTime, portHold, portsOf, portTime, type Ports } from "./ports.js";
import { tierPorts, type TierPorts } from "./shared.js";
import type { Topology } from "./topology.js";

/** One message between GPUs; both ends equal for a local copy. */
export interface Message {
  readonly source: number;
  readonly destination: number;
  readonly bytes: number;
}

/** The messages of a group, for any sizes: their ways, and who shares ports, are worked out once. */
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
  /** How many messages go through each port; at those of the fastest tier a rank's message to itself counts too. */
  readonly #crowds: Float64Array;
  /** By tier. */
  readonly #shared: readonly TierPorts[];

  constructor(
    private readonly topology: Topology,
    private readonly ranks: readonly number[],
    messages: readonly Pick<Message, "source" | "destination">[],
  ) {
    const { tiers, gpus } = topology.machine;
    this.#shared = tiers.map((_, tier) => tierPorts(topology, tier));
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
        const { portOf } = this.#shared[tier]!;
        out.push(2 * (tier * gpus + portOf(from)));
        into.push(2 * (tier * gpus + portOf(to)) + 1);
      }
      this.#hopBegin[at + 1] = hops.length;
    });
    this.#tiers = Uint8Array.from(hops);
    this.tiers = new Set(hops);
    this.#portsOut = Int32Array.from(out);
    this.#portsIn = Int32Array.from(into);
    for (const ports of [out, into]) for (const port of ports) this.#crowds[port] = this.#crowds[port]! + 1;
    for (const { source, destination } of messages)
      if (source === destination)
        for (const port of [2 * source, 2 * source + 1]) this.#crowds[port] = this.#crowds[port]! + 1;
  }

  /**
   * Time in microseconds that each of `ranks` spends in the group once all of them have reached it, in their order. Messages
   * carry so many `elements` of so many bytes. A message takes the latency of its hops and its handshake, and is through when
   * the busiest port on its way is; a rank is through when all its messages are. `sms`: what the communicator has, 0 for copy
   * engines.
   */
  times(
    elements: ArrayLike<number>,
    bytesEach: number,
    sms: number,
    parameters: CostParameters,
  ): Float64Array {
    const ports = portsOf(this.topology, sms, parameters);
    const load = this.#emptyLoad();
    this.#addBytes(load, elements, bytesEach);
    const longest = load.own.map((bytes) => bytes / Math.min(ports.copyRate, ports.engineRate));
    const until = this.#portTimes(ports, load);
    this.#addMessages(longest, until, ports.latenciesUs, elements, bytesEach, parameters);
    return Float64Array.from(this.ranks, (rank) => parameters.transferStart + longest[rank]!);
  }

  /**
   * Ports on the way of a message: out of and into a GPU in turn, numbered 2 * (tier * GPUs + the GPU's port of the tier), one more
   * for those into it.
   */
  portsOf(message: number): readonly number[] {
    const ports: number[] = [];
    for (let hop = this.#hopBegin[message]!; hop < this.#hopBegin[message + 1]!; hop++)
      ports.push(this.#portsOut[hop]!, this.#portsIn[hop]!);
    return ports;
  }

  /** Microseconds that each message takes besides moving its bytes, as `times` has it: gaps and pipelines of the ports on its way too. */
  fixedTimes(
    elements: ArrayLike<number>,
    bytesEach: number,
    sms: number,
    parameters: CostParameters,
  ): Float64Array {
    const { gpus } = this.topology.machine;
    const ports = portsOf(this.topology, sms, parameters);
    const load = this.#emptyLoad();
    this.#addBytes(load, elements, bytesEach);
    const { through, own } = load;
    return Float64Array.from(elements, (count, message) => {
      let time = 0;
      let held = 0;
      for (const port of this.portsOf(message)) {
        const side = port % (2 * gpus);
        const tier = (port - side) / (2 * gpus);
        held = Math.max(held, portHold(ports, tier, through[port]!, this.#crowds[port]!, own[side >> 1]!));
        if (port % 2 === 0) time += ports.latenciesUs[tier]!;
      }
      return time + held + handshakeTime(bytesEach * count, parameters);
    });
  }

  #emptyLoad(): Load {
    const { gpus } = this.topology.machine;
    return {
      through: new Float64Array(this.#crowds.length),
      own: new Float64Array(gpus),
      moved: new Float64Array(2 * gpus),
    };
  }

  // Compiling a large plan spends much of its time in the two loops over messages. Each is a method that ends with its loop:
  // an engine that compiles a loop while it runs guesses at what follows, and would be wrong anew with every call.

  #addBytes({ through, own, moved }: Load, elements: ArrayLike<number>, bytesEach: number): void {
    const [hopBegin, portsOut, portsIn] = [this.#hopBegin, this.#portsOut, this.#portsIn];
    const [sources, destinations] = [this.#sources, this.#destinations];
    for (let at = 0; at < sources.length; at++) {
      const bytes = bytesEach * elements[at]!;
      const begin = hopBegin[at]!;
      const end = hopBegin[at + 1]!;
      const source = sources[at]!;
      const into = 2 * destinations[at]! + 1;
      moved[2 * source] = moved[2 * source]! + bytes;
      moved[into] = moved[into]! + bytes;
      if (begin === end) own[source] = own[source]! + bytes;
      for (let hop = begin; hop < end; hop++) {
        const left = portsOut[hop]!;
        const reached = portsIn[hop]!;
        through[left] = through[left]! + bytes;
        through[reached] = through[reached]! + bytes;
      }
    }
  }

  /** Raises the time of each GPU to that of its longest message. */
  #addMessages(
    longest: Float64Array,
    until: Float64Array,
    latencies: readonly number[],
    elements: ArrayLike<number>,
    bytesEach: number,
    { handshake, handshakeBytes }: CostParameters,
  ): void {
    const [hopBegin, portsOut, portsIn, tiers] = [this.#hopBegin, this.#portsOut, this.#portsIn, this.#tiers];
    const [sources, destinations] = [this.#sources, this.#destinations];
    for (let at = 0; at < sources.length; at++) {
      const begin = hopBegin[at]!;
      const end = hopBegin[at + 1]!;
      if (begin === end) continue;
      const bytes = bytesEach * elements[at]!;
      // `handshakeTime`, written out.
      let after = (handshake * bytes) / (bytes + handshakeBytes);
      let busy = 0;
      for (let hop = begin; hop < end; hop++) {
        busy = Math.max(busy, until[portsOut[hop]!]!, until[portsIn[hop]!]!);
        after += latencies[tiers[hop]!]!;
      }
      const time = busy + after;
      const source = sources[at]!;
      const destination = destinations[at]!;
      if (time > longest[source]!) longest[source] = time;
      if (time > longest[destination]!) longest[destination] = time;
    }
  }

  /** Time in microseconds until each port has done all its messages. */
  #portTimes(ports: Ports, { through, own, moved }: Load): Float64Array {
    const { gpus } = this.topology.machine;
    const until = new Float64Array(through.length);
    this.#shared.forEach((shared, tier) => {
      const engines = enginesOf(shared, moved);
      const first = 2 * tier * gpus;
      for (let side = 0; side < 2 * gpus; side++) {
        const crowd = this.#crowds[first + side]!;
        if (crowd === 0) continue;
        const bytes = through[first + side]!;
        until[first + side] = portTime(ports, tier, bytes, crowd, own[side >> 1]!, engines[side]!);
      }
      waitForUnits(shared, gpus, through, until, first);
    });
    return until;
  }
}

/** By port and direction, what the busiest of its GPUs moves, given that by GPU. */
function enginesOf({ portOf, sharers }: TierPorts, moved: Float64Array): Float64Array {
  if (sharers === 1) return moved;
  const engines = new Float64Array(moved.length);
  moved.forEach((bytes, side) => {
    const port = 2 * portOf(side >> 1) + (side % 2);
    engines[port] = Math.max(engines[port]!, bytes);
  });
  return engines;
}

/** Where a tier is oversubscribed, a port is through when what its unit sends (or receives) in all is. */
function waitForUnits(
  { portOf, cut }: TierPorts,
  gpus: number,
  through: Float64Array,
  until: Float64Array,
  first: number,
): void {
  if (cut === undefined) return;
  const sums = new Float64Array(2 * (cut.unitOf(gpus - 1) + 1));
  const unitOfPort = new Map(Array.from({ length: gpus }, (_, gpu) => [portOf(gpu), cut.unitOf(gpu)]));
  const eachPort = (visit: (port: number, side: number) => void): void => {
    for (const [port, unit] of unitOfPort)
      for (const direction of [0, 1]) visit(first + 2 * port + direction, 2 * unit + direction);
  };
  eachPort((port, side) => (sums[side] = sums[side]! + through[port]!));
  eachPort((port, side) => {
    if (through[port]! > 0) until[port] = Math.max(until[port]!, sums[side]! / cut.rate);
  });
}

/** Bytes of a group. */
interface Load {
  /** By port. */
  readonly through: Float64Array;
  /** By GPU, what its rank sends to itself. */
  readonly own: Float64Array;
  /** By GPU and direction, what its rank sends (even) and receives (odd), itself included. */
  readonly moved: Float64Array;
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
