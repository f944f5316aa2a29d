// What the units of a tier have to send to one another, and to receive: rows of GPUs, copies of nodes, and of larger units.
import type { Topology } from "../../cost/index.js";
import type { Demand } from "../demand.js";

export interface UnitLoads {
  /** Rows by unit of the tier below. */
  readonly out: Float64Array;
  readonly into: Float64Array;
}

/**
 * Loads of units of the tier below that must cross this one. Copies are for nodes: a unit of several nodes has to be sent those
 * of the node that needs most, since the others' tokens may be among them.
 */
export function unitLoads(demand: Demand, topology: Topology, tier: number): UnitLoads {
  const { ranks, nodes, ranksPerNode: size, rows, crossing, copies } = demand;
  const below = topology.unitBelow(tier);
  const units = Math.ceil(ranks / below);
  const out = new Float64Array(units);
  const into = new Float64Array(units);
  const add = (source: number, to: number, count: number): void => {
    out[Math.floor(source / below)]! += count;
    into[to]! += count;
  };
  for (let source = 0; source < ranks; source++) {
    const unit = Math.floor(source / below);
    const joined = topology.unitSizes[tier]!;
    const first = source - (source % joined);
    const end = Math.min(ranks, first + joined);
    if (tier === 0) {
      for (let to = first; to < end; to++) if (to !== source) add(source, to, rows[source * ranks + to]!);
      continue;
    }
    for (let other = first; other < end; other += below) {
      const to = other / below;
      if (to === unit) continue;
      let count = 0;
      for (let node = other / size; node < Math.min(nodes, (other + below) / size); node++) {
        const each = crossing[source * nodes + node]!;
        count = copies ? Math.max(count, each) : count + each;
      }
      add(source, to, count);
    }
  }
  return { out, into };
}
