// What an exchange must carry over each tier, from placement and expected counts alone: every row once from its token's rank
// to its slot's rank and its result back, whatever steps the plan makes of that.
import type { Topology } from "../cost/index.js";
import { evaluate, type Exchange, type PlanIndex } from "../plan/index.js";
import { Memo } from "./memo.js";
import type { ExchangeTraffic } from "./traffic.js";
import { rowBytes } from "./transfers.js";

export type Direction = "dispatch" | "combine";

/** Bytes of each rank of an instance, by tier, out of it and into it. */
export interface WireLoad {
  /** [tier * ranks + rank] */
  readonly out: Float64Array;
  readonly in: Float64Array;
}

/** Bytes of one row in flight. */
export function wireRowBytes(index: PlanIndex, exchange: Exchange, direction: Direction): number {
  const { shape } = index.node(exchange.block, exchange.dispatch).output;
  const width = evaluate(shape.at(-1) ?? 0, index.environment);
  return rowBytes(index, direction, width);
}

/** Loads of exchanges, each worked out once for equal traffic. */
export class WireLoads {
  readonly #known = new Map<ExchangeTraffic, Map<readonly number[], Partial<Record<Direction, WireLoad>>>>();

  readonly #tiers = new Memo<Uint8Array>();

  constructor(
    private readonly index: PlanIndex,
    private readonly topology: Topology,
  ) {}

  /** Loads of one direction for the ranks of one instance of the communicator. */
  of(traffic: ExchangeTraffic, ranks: readonly number[], direction: Direction): WireLoad {
    const instances =
      this.#known.get(traffic) ?? new Map<readonly number[], Partial<Record<Direction, WireLoad>>>();
    this.#known.set(traffic, instances);
    const loads = instances.get(ranks) ?? {};
    instances.set(ranks, loads);
    return (loads[direction] ??= this.#load(traffic, ranks, direction));
  }

  #load(traffic: ExchangeTraffic, ranks: readonly number[], direction: Direction): WireLoad {
    const bytesEach = wireRowBytes(this.index, traffic.exchange, direction);
    const tiers = this.#tiers.of([ranks], () => this.#tiersBetween(ranks));
    const count = ranks.length;
    const load = {
      out: new Float64Array(this.topology.unitSizes.length * count),
      in: new Float64Array(this.topology.unitSizes.length * count),
    };
    for (let source = 0; source < count; source++)
      for (let host = 0; host < count; host++) {
        if (source === host) continue;
        const bytes = traffic.rowsBetween(source, host) * bytesEach;
        const from = direction === "dispatch" ? source : host;
        const to = direction === "dispatch" ? host : source;
        const tier = tiers[from * count + to]! * count;
        load.out[tier + from] = load.out[tier + from]! + bytes;
        load.in[tier + to] = load.in[tier + to]! + bytes;
      }
    return load;
  }

  /** [from * ranks + to]: the tier that joins two ranks. */
  #tiersBetween(ranks: readonly number[]): Uint8Array {
    const tiers = new Uint8Array(ranks.length * ranks.length);
    ranks.forEach((source, from) => {
      ranks.forEach((destination, to) => {
        if (from !== to) tiers[from * ranks.length + to] = this.topology.tierOf(source, destination);
      });
    });
    return tiers;
  }
}

/**
 * GPUs whose ports share a rank's load on a tier at best: on a rail, those of its unit, since a message may first go to
 * another of them; elsewhere its own alone.
 */
export function sharingPorts(topology: Topology, tier: number): number {
  return topology.machine.tiers[tier]?.kind === "rail" ? (topology.unitSizes[tier - 1] ?? 1) : 1;
}

/** Microseconds for bytes through one port at the rate that large messages reach. */
export function portTime(topology: Topology, tier: number, bytes: number): number {
  const { bandwidth_bytes_per_s: bandwidth, efficiency } = topology.tier(tier);
  return bytes === 0 ? 0 : (bytes / (bandwidth * efficiency)) * 1e6;
}
