// Law: the plan says something definite. Ranks are the machine's GPUs in whole nodes, indices are in range, tables and spreads have
// the extents that ranks and nodes give them, and each route has what its way needs. All else relies on this.
import type { ExchangePlan, Route, Table } from "../../exchange-plan/index.js";
import { count, grouped, type Verdict } from "../result.js";
import { complaint, duplicates, wholeNumber, type Complaint } from "../wellformed/complaint.js";
import { tiersJoinAll } from "../wellformed/tiers.js";
import { nodesOf, PARTS, reachOf, rowsOfSpread, stopsOf } from "./stops.js";

/** Larger plans are refused, so that a proof ends in seconds. */
const MOST_RANKS = 16_384;
/** As many numbers are kept for each launch as there are ranks, and for each node. */
const MOST_RANK_LAUNCHES = 2 ** 26;
const MOST_RANK_NODES = 2 ** 24;
/** Each route goes through its pairs of nodes, rank by rank. */
const MOST_ROUTE_RANKS = 2 ** 30;

/** Rules in order; each relies on those before it. */
const rules: readonly ((plan: ExchangePlan) => Iterable<Complaint>)[] = [
  ranksAreNodes,
  launchesAreNamed,
  demandHasItsExtents,
  spreadsAreShares,
  routesAreDefinite,
];

export function wellformed(plan: ExchangePlan): Verdict {
  const { ranks, launches, routes } = plan;
  const checked = `${count(ranks, "rank")}, ${count(launches.length, "launch", "launches")}, ${count(routes.length, "route")}`;
  for (const rule of rules)
    for (const { message, spans } of rule(plan))
      return { checked, assumptions: [], counterexample: { story: [message], spans, launches: [] } };
  return { checked, assumptions: [] };
}

function* ranksAreNodes(plan: ExchangePlan): Iterable<Complaint> {
  const { machine, ranks, ranks_per_node: size, direction, copies, partial_sums: sums } = plan;
  yield* wholeNumber("the number of ranks", ranks, 1, MOST_RANKS);
  if (ranks !== machine.gpus)
    yield complaint(`the plan has ${grouped(ranks)} ranks, the machine ${grouped(machine.gpus)} GPUs`);
  const unit = machine.tiers[0]?.joins ?? 1;
  if (size !== unit)
    yield complaint(
      `a node has ${count(size, "rank")}, but the machine's fastest tier joins ${count(unit, "GPU")}`,
    );
  if (ranks % size !== 0)
    yield complaint(`${grouped(ranks)} ranks are not a multiple of the ${size} of a node`);
  if (ranks * nodesOf(plan) > MOST_RANK_NODES)
    yield complaint(`${grouped(ranks)} ranks in ${grouped(nodesOf(plan))} nodes are more than are checked`);
  yield* tiersJoinAll(plan);
  if (sums && (direction !== "combine" || !copies))
    yield complaint("partial sums are for a combine whose dispatch sends copies, which this is not");
}

function* launchesAreNamed({ ranks, launches }: ExchangePlan): Iterable<Complaint> {
  yield* duplicates(
    "launches",
    launches.map((each) => each.name),
  );
  if (launches.length * ranks > MOST_RANK_LAUNCHES)
    yield complaint(
      `${grouped(launches.length)} launches of ${grouped(ranks)} ranks are more than are checked`,
    );
}

function* demandHasItsExtents(plan: ExchangePlan): Iterable<Complaint> {
  const { ranks, demand } = plan;
  yield* tableHasExtents("`demand.rows`", demand.rows, ranks, ranks);
  if (demand.copies !== undefined)
    yield* tableHasExtents("`demand.copies`", demand.copies, ranks, nodesOf(plan));
}

function* tableHasExtents(
  what: string,
  { profiles, of }: Table,
  rows: number,
  columns: number,
): Iterable<Complaint> {
  for (const [at, profile] of profiles.entries()) {
    if (profile.length !== columns)
      yield complaint(
        `profile ${at} of ${what} has ${count(profile.length, "entry", "entries")} instead of ${grouped(columns)}`,
      );
    const wrong = profile.find((each) => !(each >= 0 && Number.isFinite(each)));
    if (wrong !== undefined)
      yield complaint(`profile ${at} of ${what} has ${wrong}, which is no number of rows`);
  }
  if (of.length !== 1 && of.length !== rows)
    yield complaint(
      `${what} has ${count(of.length, "row")}; it takes ${grouped(rows)}, or one for all of them`,
    );
  for (const [row, profile] of of.entries())
    yield* wholeNumber(`the profile of row ${row} of ${what}`, profile, 0, profiles.length - 1);
}

function* spreadsAreShares(plan: ExchangePlan): Iterable<Complaint> {
  const { ranks_per_node: size } = plan;
  for (const [at, { by, rails }] of plan.spreads.entries()) {
    const what = `\`spreads[${at}]\``;
    const rows = rowsOfSpread(plan, by);
    if (rails.length !== rows)
      yield complaint(
        `${what} has ${count(rails.length, "row")} by ${by}; there are ${grouped(rows)} of these`,
      );
    for (const [row, shares] of rails.entries()) {
      if (shares.length !== size)
        yield complaint(`row ${row} of ${what} has ${count(shares.length, "rail")}; a node has ${size}`);
      const sum = shares.reduce((total, each) => total + each, 0);
      if (sum !== PARTS || shares.some((each) => !Number.isSafeInteger(each) || each < 0))
        yield complaint(`the shares of row ${row} of ${what} add up to ${sum} instead of ${PARTS}`);
    }
  }
}

function* routesAreDefinite(plan: ExchangePlan): Iterable<Complaint> {
  let visited = 0;
  for (const [at, route] of plan.routes.entries()) {
    yield* routeIsDefinite(plan, `\`routes[${at}]\``, route);
    const { first, end, only } = reachOf(plan, route.pairs);
    visited += (end - first) * (only === undefined ? plan.ranks : plan.ranks_per_node);
  }
  if (visited > MOST_ROUTE_RANKS)
    yield complaint(`routes of ${grouped(visited)} ranks and nodes are more than are checked`);
}

function* routeIsDefinite(plan: ExchangePlan, what: string, route: Route): Iterable<Complaint> {
  const { pairs, share, way, launches, spread } = route;
  const nodes = nodesOf(plan);
  yield* wholeNumber(`the end of the share of ${what}`, share[1], 0, PARTS);
  yield* wholeNumber(`the beginning of the share of ${what}`, share[0], 0, share[1]);
  if (typeof pairs !== "string" && "shifts" in pairs) {
    yield* wholeNumber(`the end of the shifts of ${what}`, pairs.shifts[1], 0, nodes);
    yield* wholeNumber(`the first shift of ${what}`, pairs.shifts[0], 0, pairs.shifts[1]);
  } else if (typeof pairs !== "string") {
    yield* wholeNumber(`the source's node of ${what}`, pairs.from, 0, nodes - 1);
    yield* wholeNumber(`the destination's node of ${what}`, pairs.to, 0, nodes - 1);
  }
  const hops = stopsOf[way].length - 1;
  if (launches.length !== hops)
    yield complaint(
      `${what} has ${count(launches.length, "launch", "launches")}; the way \`${way}\` has ${count(hops, "hop")}`,
    );
  for (const launch of launches)
    yield* wholeNumber(`a launch of ${what}`, launch, 0, plan.launches.length - 1);
  if (way === "spread" && spread === undefined) yield complaint(`${what} names no spread`);
  if (way !== "spread" && spread !== undefined)
    yield complaint(`${what} names a spread, which the way \`${way}\` has no use for`);
  if (spread === undefined) return;
  yield* wholeNumber(`the spread of ${what}`, spread, 0, plan.spreads.length - 1);
  const { by } = plan.spreads[spread]!;
  const crosses = reachOf(plan, pairs).end > 1;
  if (plan.copies && crosses && by !== "source_index")
    yield complaint(`${what} spreads copies by ${by}, but a copy is for a whole node`);
}
