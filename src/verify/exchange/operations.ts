// How many sends and receives a rank may have in each launch. Hops of routes of many pairs are counted by distance, which is the same
// for all nodes; those of single pairs beside them. Where a rail may have no share of anything its messages are counted all the same.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import { nodesOf, reachOf, stopsOf } from "./stops.js";

/** Of a launch: the node whose ranks have most operations, and how many peers one of them has in either direction. */
export interface Operations {
  readonly node: number;
  readonly sends: number;
  readonly receives: number;
}

/** Distances from the first up to, not including, the end. */
type Range = readonly [first: number, end: number];

/** What a launch's hops join. */
interface Joined {
  /** By distance: all ranks of a node with all of another, and those of equal index. */
  readonly all: Range[];
  readonly rails: Range[];
  /** Whether the ranks of every node exchange among themselves; else the nodes that do. */
  within: boolean;
  readonly nodesWithin: Set<number>;
  /** [distance * nodes + source's node] whether all ranks, rather than those of equal index. */
  readonly pairs: Map<number, boolean>;
}

export function operationsOf(plan: ExchangePlan): readonly Operations[] {
  const nodes = nodesOf(plan);
  const joined: Joined[] = plan.launches.map(() => ({
    all: [],
    rails: [],
    within: false,
    nodesWithin: new Set(),
    pairs: new Map(),
  }));
  for (const { pairs, share, way, launches } of plan.routes) {
    const { first, end, only } = reachOf(plan, pairs);
    if (share[0] === share[1] || first === end) continue;
    for (const [hop, launch] of launches.entries()) {
      const [start, stop] = [stopsOf[way][hop]!, stopsOf[way][hop + 1]!];
      const into = joined[launch]!;
      const isRail = start.index === stop.index;
      if (start.node === stop.node) {
        if (only === undefined) into.within = true;
        else into.nodesWithin.add(start.node === "source" ? only : (only + first) % nodes);
      } else if (only === undefined) {
        (isRail ? into.rails : into.all).push([first, end]);
      } else {
        const key = first * nodes + only;
        into.pairs.set(key, (into.pairs.get(key) ?? false) || !isRail);
      }
    }
  }
  return joined.map((each) => worstOf(plan, each));
}

function worstOf(plan: ExchangePlan, { all, rails, within, nodesWithin, pairs }: Joined): Operations {
  const { ranks_per_node: size } = plan;
  const nodes = nodesOf(plan);
  const [full, some] = [union(all), union([...all, ...rails])];
  const own = within || isIn(full, 0) ? size - 1 : 0;
  const away = (ranges: readonly Range[]): number =>
    ranges.reduce((sum, [first, end]) => sum + end - first, 0) - (isIn(ranges, 0) ? 1 : 0);
  const base = own + size * away(full) + (away(some) - away(full));
  const sends = new Float64Array(nodes).fill(base);
  const receives = new Float64Array(nodes).fill(base);
  const add = (counts: Float64Array, node: number, more: number): void => {
    counts[node] = counts[node]! + more;
  };
  const inside = new Set(nodesWithin);
  for (const [key, isAll] of pairs) {
    const from = key % nodes;
    const shift = Math.floor(key / nodes);
    if (shift === 0) {
      if (isAll) inside.add(from);
      continue;
    }
    const more =
      (isIn(full, shift) ? size : isAll ? size : 1) - (isIn(full, shift) ? size : isIn(some, shift) ? 1 : 0);
    add(sends, from, more);
    add(receives, (from + shift) % nodes, more);
  }
  if (own === 0)
    for (const node of inside) for (const counts of [sends, receives]) add(counts, node, size - 1);
  let node = 0;
  for (let each = 1; each < nodes; each++)
    if (sends[each]! + receives[each]! > sends[node]! + receives[node]!) node = each;
  return { node, sends: sends[node]!, receives: receives[node]! };
}

/** Disjoint ranges in order that hold the same. */
function union(ranges: readonly Range[]): readonly Range[] {
  const merged: [number, number][] = [];
  for (const [first, end] of [...ranges].sort((left, right) => left[0] - right[0])) {
    const last = merged.at(-1);
    if (last !== undefined && first <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([first, end]);
  }
  return merged;
}

/** Whether disjoint ranges in order hold a number. */
function isIn(ranges: readonly Range[], wanted: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[middle]![1] > wanted) high = middle;
    else low = middle + 1;
  }
  return low < ranges.length && ranges[low]![0] <= wanted;
}
