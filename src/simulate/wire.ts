// What an exchange must carry over each tier, from placement and expected counts alone: every token once to each place that has
// experts of its, and what they give back, whatever steps the plan makes of that.
import { tierPorts, type Topology } from "../cost/index.js";
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

/** Bytes of one row in flight: what experts return may be wider or narrower than what they get. */
export function wireRowBytes(index: PlanIndex, exchange: Exchange, direction: Direction): number {
  const { shape } = index.node(exchange.block, exchange[direction]).output;
  const width = evaluate(shape.at(-1) ?? 0, index.environment);
  return rowBytes(index, direction, width);
}

/** Loads of exchanges, each worked out once for equal traffic. */
export class WireLoads {
  readonly #known = new Memo<Readonly<Record<Direction, WireLoad>>>();

  constructor(
    private readonly index: PlanIndex,
    private readonly topology: Topology,
  ) {}

  /** Loads of one direction for the ranks of one instance of the communicator. */
  of(traffic: ExchangeTraffic, ranks: readonly number[], direction: Direction): WireLoad {
    return this.#known.of([traffic, ranks], () => this.#loads(traffic, ranks))[direction];
  }

  #loads(traffic: ExchangeTraffic, ranks: readonly number[]): Readonly<Record<Direction, WireLoad>> {
    const { topology } = this;
    const bytesOf = (direction: Direction) => wireRowBytes(this.index, traffic.exchange, direction);
    const [dispatched, combined] = [bytesOf("dispatch"), bytesOf("combine")];
    const count = ranks.length;
    const empty = (): Float64Array => new Float64Array(topology.unitSizes.length * count);
    const dispatch = { out: empty(), in: empty() };
    const combine = { out: empty(), in: empty() };
    topology.unitSizes.forEach((size, tier) => {
      const below = topology.unitSizes[tier - 1] ?? 1;
      const within = (of: number) => ranks.map((rank) => Math.floor(rank / of));
      const [units, joined] = [within(below), within(size)];
      const numbers = new Map([...new Set(units)].map((unit, at) => [unit, at]));
      const unitOf = units.map((unit) => numbers.get(unit)!);
      const tokens = traffic.tokensTo(numbers.size, (rank) => unitOf[rank]!);
      const members = new Float64Array(numbers.size);
      for (const unit of unitOf) members[unit]! += 1;
      const rows = new Float64Array(numbers.size);
      const reached = membersOf(joined);
      for (let source = 0; source < count; source++) {
        const hosts = reached.get(joined[source]!)!;
        rows.fill(0);
        for (const host of hosts) rows[unitOf[host]!]! += traffic.rowsBetween(source, host);
        const from = tier * count + source;
        for (const host of hosts) {
          const unit = unitOf[host]!;
          if (unitOf[source] === unit) continue;
          // What a unit gets may come in by any of its ranks: by all of them alike is best.
          const share = Math.min(tokens[unit]!, rows[unit]!) / members[unit]!;
          const to = tier * count + host;
          dispatch.out[from]! += share * dispatched;
          dispatch.in[to]! += share * dispatched;
          combine.out[to]! += share * combined;
          combine.in[from]! += share * combined;
        }
      }
    });
    return { dispatch, combine };
  }
}

/** For each number, where it stands in a list. */
function membersOf(numbers: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const members = new Map<number, number[]>();
  numbers.forEach((number, at) => {
    const known = members.get(number);
    if (known === undefined) members.set(number, [at]);
    else known.push(at);
  });
  return members;
}

/**
 * GPUs whose ports share a rank's load on a tier at best: on a rail, those of its unit, since a message may first go to
 * another of them; elsewhere those that have its adapter, or its own alone. Adapters that do not divide their GPUs evenly are
 * taken as one.
 */
export function sharingPorts(topology: Topology, tier: number): number {
  const below = topology.unitBelow(tier);
  const { sharers } = tierPorts(topology, tier);
  return topology.tier(tier).kind === "rail" || !Number.isInteger(sharers) ? below : sharers;
}

/** Microseconds for bytes of each of the GPUs that share ports, at the rate that large messages reach. */
export function portTime(topology: Topology, tier: number, bytes: number): number {
  const { bandwidth_bytes_per_s: bandwidth, efficiency } = topology.tier(tier);
  return bytes === 0 ? 0 : (bytes / (bandwidth * efficiency)) * 1e6;
}

/** Microseconds for what a unit of the tier below sends over a tier in all, or receives; 0 where nothing but ports limits that. */
export function unitTime(topology: Topology, tier: number, bytes: number): number {
  const { cut } = tierPorts(topology, tier);
  return cut === undefined ? 0 : bytes / cut.rate;
}
