// Time of a group of sends and receives: which tiers its messages cross, and how long each rank's part takes.
// Ports (a GPU's way into a tier, one per direction) are the only thing shared; messages of a port share it to its end.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Machine } from "../plan/index.js";
import type { CostParameters } from "./parameters.js";

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

/** Bytes and messages of each GPU's ports, by tier, out of the GPU and into it. */
class Ports {
  readonly #bytes: Float64Array;
  readonly #messages: Float64Array;

  constructor(private readonly topology: Topology) {
    const ports = topology.machine.tiers.length * topology.machine.gpus * 2;
    this.#bytes = new Float64Array(ports);
    this.#messages = new Float64Array(ports);
  }

  add(hop: Hop, bytes: number): void {
    for (const port of [this.#out(hop), this.#in(hop)]) {
      this.#bytes[port] = this.#bytes[port]! + bytes;
      this.#messages[port] = this.#messages[port]! + 1;
    }
  }

  /** Time in microseconds until both ports of a hop have done all their messages. */
  time(hop: Hop, rate: number): number {
    const gap = this.topology.tier(hop.tier).message_gap_us;
    const until = (port: number): number =>
      gap * (this.#messages[port]! - 1) + (this.#bytes[port]! / rate) * 1e6;
    return Math.max(until(this.#out(hop)), until(this.#in(hop)));
  }

  #out = (hop: Hop): number => 2 * (hop.tier * this.topology.machine.gpus + hop.from);
  #in = (hop: Hop): number => 2 * (hop.tier * this.topology.machine.gpus + hop.to) + 1;
}

/**
 * Time in microseconds that each of `ranks` spends in a group of messages once all of them have reached it, in their order.
 * A message takes the latency of its hops, and is through when the busiest port on its way is; a rank is through when all its
 * messages are. Local copies run beside them at memory bandwidth. `sms`: what the communicator has, 0 for copy engines.
 */
export function transferTimes(
  topology: Topology,
  ranks: readonly number[],
  messages: readonly Message[],
  sms: number,
  parameters: CostParameters,
): Float64Array {
  const ports = new Ports(topology);
  const routes = messages.map((each) => topology.route(each.source, each.destination));
  messages.forEach((message, index) => {
    for (const hop of routes[index]!) ports.add(hop, message.bytes);
  });
  const rates = topology.machine.tiers.map((_, tier) => topology.portRate(tier, sms, parameters));
  const memory = topology.machine.gpu.memory_bandwidth_bytes_per_s * parameters.memoryEfficiency;
  const longest = new Float64Array(topology.machine.gpus);
  messages.forEach((message, index) => {
    const route = routes[index]!;
    // A copy reads and writes each byte.
    let time = route.length === 0 ? ((2 * message.bytes) / memory) * 1e6 : 0;
    for (const hop of route) time = Math.max(time, ports.time(hop, rates[hop.tier]!));
    for (const hop of route) time += topology.tier(hop.tier).latency_us;
    longest[message.source] = Math.max(longest[message.source]!, time);
    longest[message.destination] = Math.max(longest[message.destination]!, time);
  });
  return Float64Array.from(ranks, (rank) => parameters.transferStart + longest[rank]!);
}

/** Time of the host, in microseconds, to issue a group in which a rank sends and receives so many messages. */
export const groupIssueTime = (messages: number, parameters: CostParameters): number =>
  parameters.hostGroup + 2 * messages * parameters.hostMessage;

/** Time of the host, in microseconds, from the end of what it waits for until it knows the counts. */
export const hostReadTime = (parameters: CostParameters): number =>
  parameters.hostSynchronize + parameters.hostCopy;
