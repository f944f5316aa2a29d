// What no schedule of an exchange can beat, from its traffic and its machine alone. Schedules meant are those in which no row
// visits a third node: a detour would take capacity twice.
import { tierPorts, type CostParameters, type Topology } from "../../cost/index.js";
import type { Demand } from "../demand.js";
import { unitLoads } from "./units.js";

/** A time in microseconds that no schedule goes below, and why. */
export interface ExchangeBound {
  readonly us: number;
  /** What takes that long, in words. */
  readonly of: string;
}

/** The largest of the bounds; 0 where nothing has to move between GPUs. */
export function exchangeBound(demand: Demand, topology: Topology, parameters: CostParameters): ExchangeBound {
  let best: ExchangeBound = { us: 0, of: "nothing to move" };
  for (const each of [
    ...unitBounds(demand, topology),
    gpuBound(demand, topology),
    latencyBound(demand, topology, parameters),
  ])
    if (each.us > best.us) best = each;
  return best;
}

/** Every unit of GPUs below a tier has to send, and receive, what is for others of that tier through its adapters. */
function unitBounds(demand: Demand, topology: Topology): ExchangeBound[] {
  return topology.machine.tiers.map(({ name }, tier) => {
    const below = topology.unitBelow(tier);
    const { ports, rate, cut } = tierPorts(topology, tier);
    const units = Math.ceil(demand.ranks / below);
    const capacity = Math.min((ports / units) * rate, cut?.rate ?? Infinity);
    const { out, into } = unitLoads(demand, topology, tier);
    let best: ExchangeBound = { us: 0, of: "" };
    for (let unit = 0; unit < units; unit++)
      for (const [load, side] of [
        [out[unit]!, "out of"],
        [into[unit]!, "into"],
      ] as const) {
        const us = (load * demand.rowBytes) / capacity;
        if (us > best.us) best = { us, of: `${name} ${side} ${unitName(below, demand, unit)}` };
      }
    return best;
  });
}

const unitName = (below: number, { ranksPerNode }: Demand, unit: number): string =>
  below === 1
    ? `GPU ${String(unit)}`
    : below === ranksPerNode
      ? `node ${String(unit)}`
      : `GPUs ${String(unit * below)} to ${String((unit + 1) * below - 1)}`;

/** Whatever the ways, a GPU sends each of its tokens at least once to each node, and receives all of its rows. */
function gpuBound(demand: Demand, topology: Topology): ExchangeBound {
  const { ranks, nodes, ranksPerNode: size, rows, crossing, rowBytes } = demand;
  const rate = topology.machine.tiers.reduce((sum, _, tier) => sum + tierPorts(topology, tier).rate, 0);
  const out = new Float64Array(ranks);
  const into = new Float64Array(ranks);
  for (let source = 0, at = 0; source < ranks; source++) {
    const node = demand.nodeOf(source);
    for (let to = 0; to < nodes; to++) out[source]! += crossing[source * nodes + to]!;
    for (let destination = 0; destination < ranks; destination++, at++) {
      if (destination === source) continue;
      into[destination]! += rows[at]!;
      if (destination >= node * size && destination < (node + 1) * size) out[source]! += rows[at]!;
    }
  }
  let best: ExchangeBound = { us: 0, of: "" };
  for (let rank = 0; rank < ranks; rank++)
    for (const [load, side] of [
      [out[rank]!, "out of"],
      [into[rank]!, "into"],
    ] as const) {
      const us = (load * rowBytes) / rate;
      if (us > best.us) best = { us, of: `all links ${side} GPU ${String(rank)}` };
    }
  return best;
}

/**
 * A launch starts, and a message takes its way; of the nodes that one has something for, its adapters have at least so many each,
 * and messages of one adapter follow one another.
 */
function latencyBound(
  { ranks, nodes, ranksPerNode: size, rows, betweenNodes }: Demand,
  topology: Topology,
  { transferStart }: CostParameters,
): ExchangeBound {
  const { tiers } = topology.machine;
  let best: ExchangeBound = { us: 0, of: "" };
  const consider = (tier: number, partners: number): void => {
    const { latency_us: latency, message_gap_us: gap, name } = tiers[tier]!;
    const us = transferStart + latency + (partners - 1) * gap;
    if (us > best.us) best = { us, of: `the latency of ${name}` };
  };
  for (let node = 0; node < nodes; node++) {
    // By tier, nodes that it has something for, and that have something for it.
    const out = new Float64Array(tiers.length);
    const into = new Float64Array(tiers.length);
    for (let other = 0; other < nodes; other++) {
      if (other === node) continue;
      const tier = topology.tierOf(node * size, other * size);
      if (betweenNodes[node * nodes + other]! > 0) out[tier]!++;
      if (betweenNodes[other * nodes + node]! > 0) into[tier]!++;
    }
    for (let tier = 1; tier < tiers.length; tier++) {
      const partners = Math.max(out[tier]!, into[tier]!);
      const adapters = size * (topology.adaptersOf(tier) / topology.unitBelow(tier));
      if (partners > 0) consider(tier, Math.ceil(partners / Math.max(1, adapters)));
    }
  }
  const inNodes = (): boolean => {
    for (let source = 0; source < ranks; source++)
      for (let to = source - (source % size), end = to + size; to < end; to++)
        if (to !== source && rows[source * ranks + to]! > 0) return true;
    return false;
  };
  if (inNodes()) consider(0, 1);
  return best;
}
