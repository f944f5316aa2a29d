// Whether the shares of all routes that take a pair of nodes partition the whole of it, for every pair: none left out, none taken
// twice. Routes of many pairs are swept by distance, so that the pairs they take are never listed; routes of one pair only have to
// fill what those leave. O(routes log routes), and the number of nodes for each distance at which something is left.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import { nodesOf, PARTS, reachOf, type Reach } from "./stops.js";

/** A part of a pair's rows that no route takes, or two do. */
export interface PartitionFault {
  readonly from: number;
  readonly to: number;
  /** In parts of PARTS: the first that is at fault. */
  readonly at: number;
  /** The two routes that take it; none where it is lost. */
  readonly routes?: readonly [number, number];
}

interface Taken {
  readonly route: number;
  readonly begin: number;
  readonly end: number;
}
interface Swept extends Taken {
  readonly reach: Reach;
}
interface Gap {
  readonly begin: number;
  readonly end: number;
}

/** The first pair, in order of distance, whose shares are no partition; undefined where there is none. */
export function partitionFault(plan: ExchangePlan): PartitionFault | undefined {
  const nodes = nodesOf(plan);
  const swept: Swept[] = [];
  const single = new Map<number, Taken[]>();
  for (const [route, { pairs, share }] of plan.routes.entries()) {
    const [begin, end] = share;
    const reach = reachOf(plan, pairs);
    if (begin === end || reach.first === reach.end) continue;
    if (reach.only === undefined) swept.push({ route, begin, end, reach });
    else {
      const key = reach.first * nodes + reach.only;
      const known = single.get(key);
      if (known === undefined) single.set(key, [{ route, begin, end }]);
      else known.push({ route, begin, end });
    }
  }
  const keys = [...single.keys()].sort((left, right) => left - right);
  for (const taken of single.values()) taken.sort((left, right) => left.begin - right.begin);
  return sweep(nodes, swept, single, keys);
}

function sweep(
  nodes: number,
  swept: readonly Swept[],
  single: ReadonlyMap<number, readonly Taken[]>,
  keys: readonly number[],
): PartitionFault | undefined {
  const starting = [...swept].sort((left, right) => left.reach.first - right.reach.first);
  const ending = [...swept].sort((left, right) => left.reach.end - right.reach.end);
  const cuts = [...new Set([0, nodes, ...swept.flatMap(({ reach }) => [reach.first, reach.end])])].sort(
    (left, right) => left - right,
  );
  const active: Swept[] = [];
  let [started, ended, key] = [0, 0, 0];
  for (const [at, shift] of cuts.slice(0, -1).entries()) {
    for (; ended < ending.length && ending[ended]!.reach.end === shift; ended++)
      active.splice(placeOf(active, ending[ended]!.begin), 1);
    for (; started < starting.length && starting[started]!.reach.first === shift; started++) {
      const next = starting[started]!;
      const place = placeOf(active, next.begin);
      for (const other of [active[place - 1], active[place]])
        if (other !== undefined && other.begin < next.end && next.begin < other.end)
          return doubled(shift * nodes, nodes, Math.max(other.begin, next.begin), other, next);
      active.splice(place, 0, next);
    }
    const gaps = gapsOf(active);
    const untilKey = cuts[at + 1]! * nodes;
    for (let expected = shift * nodes; ; expected++) {
      const pair = keys[key];
      const isLast = pair === undefined || pair >= untilKey;
      // Pairs without routes of their own lack what is left.
      if (gaps.length > 0 && expected < (isLast ? untilKey : pair))
        return { ...pairOf(expected, nodes), at: gaps[0]!.begin };
      if (isLast) break;
      const fault = faultOfPair(pair, nodes, single.get(pair)!, gaps, active);
      if (fault !== undefined) return fault;
      key++;
      expected = pair;
    }
  }
  return undefined;
}

/** Whether routes of one pair fill what the others leave, and no more. */
function faultOfPair(
  pair: number,
  nodes: number,
  own: readonly Taken[],
  gaps: readonly Gap[],
  active: readonly Taken[],
): PartitionFault | undefined {
  let gap = 0;
  let at = gaps[0]?.begin ?? PARTS;
  for (const taken of own) {
    if (taken.begin > at) break;
    if (taken.begin < at)
      return doubled(pair, nodes, taken.begin, holderOf([...active, ...own], taken.begin, taken), taken);
    const { end } = gaps[gap]!;
    if (taken.end > end) return doubled(pair, nodes, end, holderOf(active, end, taken), taken);
    at = taken.end;
    if (at === end) at = gaps[++gap]?.begin ?? PARTS;
  }
  return gap === gaps.length ? undefined : { ...pairOf(pair, nodes), at };
}

/** What is left of the whole by disjoint shares in order. */
function gapsOf(active: readonly Taken[]): Gap[] {
  const gaps: Gap[] = [];
  let at = 0;
  for (const { begin, end } of active) {
    if (begin > at) gaps.push({ begin: at, end: begin });
    at = end;
  }
  if (at < PARTS) gaps.push({ begin: at, end: PARTS });
  return gaps;
}

/** Where a share that begins there stands, or would stand, among disjoint ones in order. */
function placeOf(active: readonly Taken[], begin: number): number {
  let low = 0;
  let high = active.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (active[middle]!.begin >= begin) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The other one that takes a part. */
const holderOf = (all: readonly Taken[], part: number, but: Taken): Taken =>
  all.find((each) => each !== but && each.begin <= part && part < each.end) ?? but;

const doubled = (pair: number, nodes: number, at: number, one: Taken, other: Taken): PartitionFault => ({
  ...pairOf(pair, nodes),
  at,
  routes: [Math.min(one.route, other.route), Math.max(one.route, other.route)],
});

function pairOf(key: number, nodes: number): { readonly from: number; readonly to: number } {
  const from = key % nodes;
  return { from, to: (from + Math.floor(key / nodes)) % nodes };
}
