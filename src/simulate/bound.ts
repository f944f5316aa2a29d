// A step time that no schedule of this graph, placement and traffic can beat on this machine: it looks at how much there is
// to do and what depends on what, never at streams, events or issue order. Micro-batches are taken as the plan has them.
import { dependencyChain } from "./chain.js";
import { reachable } from "./deepep/reach.js";
import type { PricedPlan } from "./priced-plan.js";
import { portTime, sharingPorts, unitTime, WireLoads, type WireLoad } from "./wire.js";

export interface Bound {
  readonly timeUs: number;
  /** For people: `compute of rank 3`, `nvlink traffic of every rank`, `dependency chain`. */
  readonly boundBy: string;
}

/** The largest of `lowerBounds`. */
export function lowerBound(priced: PricedPlan): Bound {
  return lowerBounds(priced).reduce((best, each) => (each.timeUs > best.timeUs ? each : best));
}

/** Times that no schedule can beat: kernels of the busiest rank at peak rates, its bytes by tier, and a micro-batch's dependency chain. */
export function lowerBounds(plan: PricedPlan): readonly [Bound, ...Bound[]] {
  const priced = { ...plan, topology: reachable(plan) };
  const wires = new WireLoads(priced.index, priced.topology);
  const chain = { timeUs: dependencyChain(priced, wires), boundBy: "dependency chain" };
  return [computeBound(priced), ...trafficBounds(priced, wires), chain];
}

/** Kernels of a rank share its GPU: their times at peak rates add up. */
function computeBound({ roles, index }: PricedPlan): Bound {
  const times = new Float64Array(index.plan.world);
  for (const { role, prices } of roles)
    for (const row of prices.rowOf)
      role.ranks.forEach((rank, column) => {
        times[rank] = times[rank]! + prices.ideal[row * prices.columns + column]!;
      });
  return busiest(times, "compute");
}

/**
 * Everything that a rank sends over a tier leaves by its port, and what it receives comes in by it, in parallel; where the tier is
 * oversubscribed, what a unit of the tier below sends or receives has a limit too.
 */
function trafficBounds(priced: PricedPlan, wires: WireLoads): readonly Bound[] {
  const { topology, index } = priced;
  const { world } = index.plan;
  const tiers = topology.machine.tiers;
  const out = tiers.map(() => new Float64Array(world));
  const into = tiers.map(() => new Float64Array(world));
  for (const { load, ranks, times, least } of carried(priced, wires))
    tiers.forEach((_, tier) => {
      const share = sharingPorts(topology, tier);
      ranks.forEach((rank, at) => {
        const first = rank - (rank % share);
        for (let port = first; port < Math.min(world, first + share); port++) {
          out[tier]![port] =
            out[tier]![port]! + (times * least * load.out[tier * ranks.length + at]!) / share;
          into[tier]![port] =
            into[tier]![port]! + (times * least * load.in[tier * ranks.length + at]!) / share;
        }
      });
    });
  return tiers.map((tier, at) => {
    const below = topology.unitBelow(at);
    const units = [out, into].map((ways) => {
      const sums = new Float64Array(Math.ceil(world / below));
      ways[at]!.forEach((bytes, rank) => (sums[Math.floor(rank / below)]! += bytes));
      return sums;
    });
    const times = out[at]!.map((sent, rank) => {
      const unit = Math.max(...units.map((sums) => sums[Math.floor(rank / below)]!));
      return Math.max(portTime(topology, at, Math.max(sent, into[at]![rank]!)), unitTime(topology, at, unit));
    });
    return busiest(times, `${tier.name} traffic`);
  });
}

interface CarriedLoad {
  readonly load: WireLoad;
  readonly ranks: readonly number[];
  /** How often it is made. */
  readonly times: number;
  /** The share of its ideal time that it was measured to take, where that is less. */
  readonly least: number;
}

/** Every direction of every exchange that the roles' timelines make, with how often each layer makes it. */
function carried(priced: PricedPlan, wires: WireLoads): readonly CarriedLoad[] {
  const { index, traffic } = priced;
  const made = new Map<
    string,
    { exchange: string; layer: number; ranks: Set<number>; batches: Set<number> }
  >();
  for (const { role, program } of priced.roles)
    for (const { launch, layer, microBatch } of program.launches) {
      if (launch.kind !== "transfer") continue;
      const key = `${launch.exchange} ${String(layer)}`;
      const known = made.get(key) ?? {
        exchange: launch.exchange,
        layer,
        ranks: new Set(),
        batches: new Set(),
      };
      made.set(key, known);
      known.batches.add(microBatch);
      for (const rank of role.ranks) known.ranks.add(rank);
    }
  return [...made.values()].flatMap(({ exchange, layer, ranks: taking, batches }) => {
    const counts = traffic.of(exchange, layer);
    return index
      .group(counts.exchange.group)
      .instances.filter((ranks) => ranks.every((rank) => taking.has(rank)))
      .flatMap((ranks) =>
        (["dispatch", "combine"] as const).map((direction) => ({
          load: wires.of(counts, ranks, direction),
          ranks,
          times: batches.size,
          least: priced.measured?.leastOf(exchange, direction) ?? 1,
        })),
      );
  });
}

/** The longest of the ranks' times, and whose it is. */
function busiest(times: Float64Array, what: string): Bound {
  let rank = 0;
  times.forEach((time, at) => {
    if (time > times[rank]!) rank = at;
  });
  const timeUs = times[rank] ?? 0;
  const equal = times.every((time) => time >= timeUs * (1 - 1e-9));
  return { timeUs, boundBy: `${what} of ${equal ? "every rank" : `rank ${String(rank)}`}` };
}
