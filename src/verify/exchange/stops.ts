// What a route means, worked out from the schema's words alone: where rows stand before and after each hop of a way. Not taken from
// those who make plans or expand them; a test compares the two.
import type { ExchangePlan, Route, Spread } from "../../exchange-plan/index.js";

/** Shares and rails are given in parts of so many. */
export const PARTS = 65_536;

/**
 * A rank that rows stand at: of the source's or the destination's node, the one whose index is that of the source, of the
 * destination, or of the rail.
 */
export interface Stop {
  readonly node: "source" | "destination";
  readonly index: "source" | "destination" | "rail";
}

const stop = (node: Stop["node"], index: Stop["index"]): Stop => ({ node, index });
const source = stop("source", "source");
const destination = stop("destination", "destination");

/** Where rows stand on each way, first and last included; a hop leads from each to the next. */
export const stopsOf: Readonly<Record<Route["way"], readonly Stop[]>> = {
  direct: [source, destination],
  gather: [source, stop("source", "destination"), destination],
  forward: [source, stop("destination", "source"), destination],
  spread: [source, stop("source", "rail"), stop("destination", "rail"), destination],
};

/** The hop of a way that leaves the source's node. */
export const crossingOf = (way: Route["way"]): number =>
  stopsOf[way].findIndex((each) => each.node === "destination") - 1;

/**
 * Whether a way can carry one copy for all of a node: up to where it has crossed it must not depend on who in the node wants it, and
 * from there it must go on to each.
 */
export const takesCopiesApart = (way: Route["way"]): boolean =>
  stopsOf[way].slice(0, crossingOf(way) + 2).every((each) => each.index !== "destination");

/** Whether a hop moves a copy for a node, rather than rows for a rank; `copied`: whether tokens cross so between the two nodes. */
export const movesCopies = (copied: boolean, way: Route["way"], hop: number): boolean =>
  copied && takesCopiesApart(way) && hop <= crossingOf(way);

/** Nodes of a plan. */
export const nodesOf = ({ ranks, ranks_per_node: size }: ExchangePlan): number => ranks / size;

/** Pairs of nodes as distances: all nodes and those so many places behind them, from `first` up to, not including, `end`; or one node alone. */
export interface Reach {
  readonly first: number;
  readonly end: number;
  /** The one source's node, where it is not all of them. */
  readonly only?: number;
}

export function reachOf(plan: ExchangePlan, pairs: Route["pairs"]): Reach {
  const nodes = nodesOf(plan);
  if (pairs === "all") return { first: 0, end: nodes };
  if (pairs === "within") return { first: 0, end: 1 };
  if ("shifts" in pairs) return { first: pairs.shifts[0], end: pairs.shifts[1] };
  const shift = (pairs.to - pairs.from + nodes) % nodes;
  return { first: shift, end: shift + 1, only: pairs.from };
}

/** Rows that a spread has: one for each of what its shares are `by`. */
export const rowsOfSpread = ({ ranks, ranks_per_node: size }: ExchangePlan, by: Spread["by"]): number =>
  ({ source_index: size, pair: size * size, destination: ranks })[by];

/** Parts of what a source has for a destination that go over a rail. */
export function railShare(
  { spreads, ranks_per_node: size }: ExchangePlan,
  spread: number,
  source: number,
  destination: number,
  rail: number,
): number {
  const { by, rails } = spreads[spread]!;
  const index = source % size;
  const row =
    by === "destination" ? destination : by === "pair" ? index * size + (destination % size) : index;
  return rails[row]![rail]!;
}
