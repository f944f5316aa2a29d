// A time that one dispatch or combine takes on these links whatever its schedule, from placement and expected counts alone.
// Rows go from their GPU to the unit that wants them without a stop in a third unit; within its unit they may take any way.
import { tierPorts, type Topology } from "../cost/index.js";
import { reachable } from "./deepep/reach.js";
import type { Bound } from "./bound.js";
import { Memo } from "./memo.js";
import type { PricedPlan } from "./priced-plan.js";
import type { ExchangeTraffic } from "./traffic.js";
import { portTime, sharingPorts, unitTime, wireRowBytes, type Direction } from "./wire.js";

/** Sums by rank (or unit) of a tier: bytes on the side of the tokens' sources, and of the experts. */
interface Sides {
  readonly sources: Float64Array;
  readonly hosts: Float64Array;
}

/** Bounds of exchanges, each worked out once for equal traffic. */
export class ExchangeBounds {
  readonly #known = new Memo<Bound>();
  readonly #topology: Topology;

  constructor(private readonly priced: PricedPlan) {
    this.#topology = reachable(priced);
  }

  /** The bound of one direction in a layer, for the ranks of one instance of the communicator; of one micro-batch. */
  of(exchange: string, layer: number, ranks: readonly number[], direction: Direction): Bound {
    const traffic = this.priced.traffic.of(exchange, layer);
    return this.#known.of([traffic, ranks, direction], () => {
      const least = this.priced.measured?.leastOf(exchange, direction) ?? 1;
      const bounds = this.#bounds(traffic, ranks, direction);
      const { timeUs, boundBy } = bounds.reduce((best, each) => (each.timeUs > best.timeUs ? each : best));
      return { timeUs: timeUs * least, boundBy };
    });
  }

  #bounds(traffic: ExchangeTraffic, ranks: readonly number[], direction: Direction): readonly Bound[] {
    const topology = this.#topology;
    const { tiers } = topology.machine;
    const bytesEach = wireRowBytes(this.priced.index, traffic.exchange, direction);
    // Results for one token are added only where the schedule lets them be.
    const once = direction === "dispatch" || traffic.exchange.partial_sums === true;
    const loads = tiers.map((_, tier) =>
      tierLoads(topology, tier, ranks, traffic, (tokens, rows) => bytesEach * (once ? tokens : rows)),
    );
    const whole = gpuLoads(ranks, traffic, (tokens, rows) => bytesEach * (once ? tokens : rows));
    const ways: readonly (readonly [side: keyof Sides, way: string])[] =
      direction === "dispatch"
        ? [
            ["sources", "out of"],
            ["hosts", "into"],
          ]
        : [
            ["hosts", "out of"],
            ["sources", "into"],
          ];
    const paths = loads.map((load, tier) => this.#pathBound(tier, load));
    const bytes = ways.flatMap(([side, way]) => [
      ...loads.map((load, tier) => tierBound(topology, tier, ranks, load[side], way)),
      gpuBound(topology, ranks, side === "hosts" ? whole : sumsOf(loads.map(({ sources }) => sources)), way),
    ]);
    return [...bytes, ...paths];
  }

  /** What it takes to start, and to go one way after as many messages as the GPUs of a unit cannot share any better. */
  #pathBound(tier: number, { partners, members }: TierLoad): Bound {
    const { parameters, index } = this.priced;
    const { name, latency_us: latency, message_gap_us: gap } = this.#topology.tier(tier);
    const start = index.plan.exchanges.every(({ transport }) => transport === "nccl")
      ? parameters.transferStart
      : 0;
    const most = Math.max(0, ...partners);
    if (most === 0) return { timeUs: 0, boundBy: `${name} latency` };
    const messages = Math.ceil(most / members);
    return {
      timeUs: start + latency + (messages - 1) * gap,
      boundBy:
        messages > 1
          ? `start, latency and ${String(messages)} messages of ${name}`
          : `start and latency of ${name}`,
    };
  }
}

type BytesOf = (tokens: number, rows: number) => number;

/** What a tier must carry. */
interface TierLoad extends Sides {
  /** [rank] units that a source has rows for. */
  readonly partners: Float64Array;
  /** Ranks of the largest unit. */
  readonly members: number;
}

/** Bytes over a tier between each rank and the units of the tier below; what a unit takes or gives is shared by its ranks evenly. */
function tierLoads(
  topology: Topology,
  tier: number,
  ranks: readonly number[],
  traffic: ExchangeTraffic,
  bytesOf: BytesOf,
): TierLoad {
  const below = topology.unitBelow(tier);
  const size = topology.unitSizes[tier] ?? Infinity;
  const numbers = new Map<number, number>();
  const unitOf = ranks.map((rank) => {
    const unit = Math.floor(rank / below);
    if (!numbers.has(unit)) numbers.set(unit, numbers.size);
    return numbers.get(unit)!;
  });
  const units = numbers.size;
  const joins = [...numbers.keys()].map((unit) => Math.floor((unit * below) / size));
  const members = new Float64Array(units);
  for (const unit of unitOf) members[unit]! += 1;
  const tokens = traffic.tokensTo(units, (rank) => unitOf[rank]!);
  const sources = new Float64Array(ranks.length);
  const partners = new Float64Array(ranks.length);
  const perUnit = new Float64Array(units);
  const rows = new Float64Array(units);
  ranks.forEach((_, source) => {
    rows.fill(0);
    ranks.forEach((_unused, host) => (rows[unitOf[host]!]! += traffic.rowsBetween(source, host)));
    const own = unitOf[source]!;
    for (let unit = 0; unit < units; unit++) {
      if (unit === own || joins[unit] !== joins[own] || rows[unit] === 0) continue;
      const bytes = bytesOf(Math.min(tokens[unit]!, rows[unit]!), rows[unit]!);
      sources[source]! += bytes;
      perUnit[unit]! += bytes;
      partners[source]! += 1;
    }
  });
  const hosts = Float64Array.from(unitOf, (unit) => perUnit[unit]! / members[unit]!);
  return { sources, hosts, partners, members: Math.max(...members) };
}

/** Bytes between each GPU, as a holder of experts, and all others. */
function gpuLoads(ranks: readonly number[], traffic: ExchangeTraffic, bytesOf: BytesOf): Float64Array {
  const tokens = traffic.tokensTo(ranks.length, (rank) => rank);
  return Float64Array.from(ranks, (_, host) => {
    let bytes = 0;
    ranks.forEach((_unused, source) => {
      const rows = traffic.rowsBetween(source, host);
      if (source !== host) bytes += bytesOf(Math.min(tokens[host]!, rows), rows);
    });
    return bytes;
  });
}

const sumsOf = (loads: readonly Float64Array[]): Float64Array =>
  Float64Array.from(loads[0] ?? [], (_, rank) => loads.reduce((sum, each) => sum + each[rank]!, 0));

/** GPUs that share their ports on a tier, or what their unit may send: the busiest of them. */
function tierBound(
  topology: Topology,
  tier: number,
  ranks: readonly number[],
  bytes: Float64Array,
  way: string,
): Bound {
  const { name } = topology.tier(tier);
  const share = sharingPorts(topology, tier);
  const below = topology.unitBelow(tier);
  const ports = sumsBy(ranks, bytes, share);
  const units = sumsBy(ranks, bytes, below);
  const by = (sums: ReadonlyMap<number, number>, size: number, timeOf: (sum: number) => number): Bound =>
    busiest(sums, timeOf, `${name} ${way}`, size === 1 ? "GPU" : size === below ? placeOf(tier) : "adapter");
  const port = by(ports, share, (sum) => portTime(topology, tier, sum / share));
  const unit = by(units, below, (sum) => unitTime(topology, tier, sum));
  return unit.timeUs > port.timeUs ? unit : port;
}

/** What the GPUs below a tier are together. */
const placeOf = (tier: number): string => (tier === 1 ? "node" : "unit");

/** The GPU whose bytes take longest over all of its ports at once. */
function gpuBound(topology: Topology, ranks: readonly number[], bytes: Float64Array, way: string): Bound {
  const rate = topology.machine.tiers.reduce(
    (sum, _, tier) =>
      sum + (topology.unitBelow(tier) < topology.machine.gpus ? tierPorts(topology, tier).rate : 0),
    0,
  );
  return busiest(sumsBy(ranks, bytes, 1), (sum) => sum / rate, `all tiers ${way}`, "GPU");
}

function sumsBy(ranks: readonly number[], bytes: Float64Array, size: number): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  ranks.forEach((rank, at) => {
    const group = Math.floor(rank / size);
    sums.set(group, (sums.get(group) ?? 0) + bytes[at]!);
  });
  return sums;
}

function busiest(
  sums: ReadonlyMap<number, number>,
  timeOf: (sum: number) => number,
  what: string,
  place: string,
): Bound {
  const times = [...sums].map(([at, sum]) => [at, timeOf(sum)] as const);
  const [first, timeUs] = times.reduce((best, each) => (each[1] > best[1] ? each : best), times[0] ?? [0, 0]);
  const equal = times.length > 1 && times.every(([, time]) => time >= timeUs * (1 - 1e-9));
  return { timeUs, boundBy: `${what} ${equal ? `every ${place}` : `${place} ${String(first)}`}` };
}
