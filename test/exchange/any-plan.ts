// Any plan that is right, small: every pair of nodes has its rows cut into shares that go ways of their own, at times of their own;
// and any traffic.
import fc from "fast-check";
import {
  forEachPairOfNodes,
  hopsOf,
  SHARES,
  type ExchangePlan,
  type Pairs,
  type Route,
  type Routing,
  type Spread,
} from "../../src/exchange-plan/index.js";
import { planOf } from "./plans.js";

const LAUNCHES = 6;
const ways = ["direct", "gather", "forward", "spread"] as const;
/** Those on which a copy is taken apart. */
const waysOfCopies = ["forward", "spread"] as const;

/** Cuts of the whole into parts, at the eighths. */
const parts = fc.subarray([1, 2, 3, 4, 5, 6, 7], { maxLength: 2 }).map((cuts) => {
  const ends = [...cuts, 8].map((cut) => (cut * SHARES) / 8);
  return ends.map((end, index): [number, number] => [ends[index - 1] ?? 0, end]);
});

/** So many launches, ascending. */
const launchesOf = (hops: number): fc.Arbitrary<number[]> =>
  fc.subarray(
    Array.from({ length: LAUNCHES }, (_, launch) => launch),
    { minLength: hops, maxLength: hops },
  );

const routesOf = (pairs: Pairs, allowed: readonly Route["way"][]): fc.Arbitrary<Route[]> =>
  parts.chain((shares) =>
    fc.tuple(
      ...shares.map((share) =>
        fc.constantFrom(...allowed).chain((way) =>
          launchesOf(hopsOf[way]).map((launches): Route => ({
            pairs,
            share,
            way,
            launches,
            ...(way === "spread" ? { spread: 0 } : {}),
          })),
        ),
      ),
    ),
  );

/** Pairs of different nodes: all shifts at once, by shift, or one by one. */
function groupsOf(nodes: number): fc.Arbitrary<Pairs[]> {
  const shifts = Array.from({ length: nodes - 1 }, (_, at) => at + 1);
  const single: Pairs[] = [];
  forEachPairOfNodes({ ranks: nodes, ranks_per_node: 1 }, "all", (from, to) => {
    if (from !== to) single.push({ from, to });
  });
  return fc.constantFrom<Pairs[]>(
    nodes === 1 ? [] : [{ shifts: [1, nodes] }],
    shifts.map((shift) => ({ shifts: [shift, shift + 1] })),
    single,
  );
}

/** [whatever has a row of its own] shares of the rails, some of them possibly none. */
const railsOf = (rows: number, rails: number): fc.Arbitrary<number[][]> =>
  fc.array(
    fc.array(fc.nat(SHARES), { minLength: rails - 1, maxLength: rails - 1 }).map((cuts) => {
      const ends = [...cuts.sort((left, right) => left - right), SHARES];
      return ends.map((end, index) => end - (ends[index - 1] ?? 0));
    }),
    { minLength: rows, maxLength: rows },
  );

interface Kind {
  readonly nodes: number;
  readonly ranksPerNode: number;
  readonly direction: ExchangePlan["direction"];
  readonly copies: boolean;
  readonly sums: boolean;
  readonly by: Spread["by"];
}

const kinds: fc.Arbitrary<Kind> = fc.record({
  nodes: fc.integer({ min: 1, max: 4 }),
  ranksPerNode: fc.integer({ min: 1, max: 4 }),
  direction: fc.constantFrom("dispatch", "combine"),
  copies: fc.boolean(),
  sums: fc.boolean(),
  by: fc.constantFrom("source_index", "pair", "destination"),
});

function plansOf({ nodes, ranksPerNode, direction, copies, sums, by: wanted }: Kind) {
  // A copy has many destinations.
  const by = copies ? "source_index" : wanted;
  const rows = { source_index: ranksPerNode, pair: ranksPerNode ** 2, destination: nodes * ranksPerNode };
  const routes = groupsOf(nodes).chain((groups) =>
    fc.tuple(
      routesOf("within", ways),
      ...groups.map((pairs) => routesOf(pairs, copies ? waysOfCopies : ways)),
    ),
  );
  return fc.tuple(routes, railsOf(rows[by], ranksPerNode)).map(([each, rails]): ExchangePlan => ({
    ...planOf({ nodes, ranksPerNode }, "direct"),
    direction,
    copies,
    partial_sums: direction === "combine" && copies && sums,
    launches: Array.from({ length: LAUNCHES }, (_, launch) => ({ name: `launch.${launch}` })),
    spreads: [{ by, rails }],
    routes: each.flat(),
  }));
}

/** Dispatches and combines, with copies and sums or without. */
export const anyPlan: fc.Arbitrary<ExchangePlan> = kinds.chain(plansOf);

/** Traffic of so many ranks, with tokens that go nowhere, and ranks that have none. */
export const anyRouting = (ranks: number): fc.Arbitrary<Routing> =>
  fc.array(fc.array(fc.subarray(Array.from({ length: ranks }, (_, rank) => rank)), { maxLength: 12 }), {
    minLength: ranks,
    maxLength: ranks,
  });
