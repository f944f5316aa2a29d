// What an exchange must carry over each tier, from placement and expected counts alone: every token once to each place that has
// experts of its, and what they give back, whatever steps the plan makes of that.
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
    const { topology } = this;
    const bytesEach = wireRowBytes(this.index, traffic.exchange, direction);
    const count = ranks.length;
    const load = {
      out: new Float64Array(topology.unitSizes.length * count),
      in: new Float64Array(topology.unitSizes.length * count),
    };
    topology.unitSizes.forEach((size, tier) => {
      const below = topology.unitSizes[tier - 1] ?? 1;
      const within = (of: number) => ranks.map((rank) => Math.floor(rank / of));
      const [units, joined] = [within(below), within(size)];
      const numbers = new Map([...new Set(units)].map((unit, at) => [unit, at]));
      const unitOf = units.map((unit) => numbers.get(unit)!);
      const tokens = traffic.tokensTo(numbers.size, (rank) => unitOf[rank]!);
      const members = new Float64Array(numbers.size);
      for (const unit of unitOf) members[unit]! += 1;
      for (let source = 0; source < count; source++) {
        const rows = new Float64Array(numbers.size);
        for (let host = 0; host < count; host++) rows[unitOf[host]!]! += traffic.rowsBetween(source, host);
        for (let host = 0; host < count; host++) {
          const unit = unitOf[host]!;
          if (unitOf[source] === unit || joined[source] !== joined[host]) continue;
          // What a unit gets may come in by any of its ranks: by all of them alike is best.
          const bytes = (Math.min(tokens[unit]!, rows[unit]!) / members[unit]!) * bytesEach;
          const from = direction === "dispatch" ? source : host;
          const to = direction === "dispatch" ? host : source;
          load.out[tier * count + from]! += bytes;
          load.in[tier * count + to]! += bytes;
        }
      }
    });
    return load;
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
