// The ways of a plan: which ranks rows pass, and which part of a pair's rows takes which of them.
import type { ExchangePlan, Pairs, Route, Spread } from "./types.gen.js";

/** Shares are in parts of so many. */
export const SHARES = 65_536;

/** Which ranks make a node. */
export type Nodes = Pick<ExchangePlan, "ranks" | "ranks_per_node">;

/** Hops of each way. */
export const hopsOf = { direct: 1, gather: 2, forward: 2, spread: 3 } as const satisfies Record<
  Route["way"],
  number
>;

/** Ranks that rows pass on one way from source to destination, both included; one hop more than launches. */
export function ranksOnWay(
  { ranks_per_node: size }: Nodes,
  way: Route["way"],
  source: number,
  destination: number,
  rail: number,
): readonly number[] {
  const [sourceNode, destinationNode] = [source - (source % size), destination - (destination % size)];
  switch (way) {
    case "direct":
      return [source, destination];
    case "gather":
      return [source, sourceNode + (destination % size), destination];
    case "forward":
      return [source, destinationNode + (source % size), destination];
    case "spread":
      return [source, sourceNode + rail, destinationNode + rail, destination];
    default:
      throw new Error(`unknown way ${String(way satisfies never)}`);
  }
}

/** The hop that crosses nodes: before it a copy is for all of a node's destinations, after it rows are for one. */
export const crossingHop = { direct: 0, gather: 1, forward: 0, spread: 1 } as const satisfies Record<
  Route["way"],
  number
>;

/** Visits the pairs of nodes that a route takes. */
export function forEachPairOfNodes(
  { ranks, ranks_per_node: size }: Nodes,
  pairs: Pairs,
  visit: (from: number, to: number) => void,
): void {
  const nodes = ranks / size;
  if (pairs === "all") {
    for (let from = 0; from < nodes; from++) for (let to = 0; to < nodes; to++) visit(from, to);
  } else if (pairs === "within") {
    for (let node = 0; node < nodes; node++) visit(node, node);
  } else if ("from" in pairs) {
    visit(pairs.from, pairs.to);
  } else {
    const [first, end] = pairs.shifts;
    for (let shift = first; shift < end; shift++)
      for (let from = 0; from < nodes; from++) visit(from, (from + shift) % nodes);
  }
}

/** Where the parts of rails begin in what is spread, as shares: begins[rail], and the end behind the last. */
export function railsOf(
  { spreads, ranks_per_node: size }: Pick<ExchangePlan, "spreads" | "ranks_per_node">,
  spread: number,
  source: number,
  destination: number,
): number[] {
  const { by, rails } = spreads[spread]!;
  const begins = [0];
  for (const share of rails[rowOfSpread(by, size, source, destination)]!) begins.push(begins.at(-1)! + share);
  return begins;
}

function rowOfSpread(by: Spread["by"], size: number, source: number, destination: number): number {
  switch (by) {
    case "source_index":
      return source % size;
    case "pair":
      return (source % size) * size + (destination % size);
    case "destination":
      return destination;
    default:
      throw new Error(`unknown kind of spread ${String(by satisfies never)}`);
  }
}

/**
 * Where a part begins or ends, of 1: `share` of the route's share, which is that of a rail (all of it where it is SHARES). Exact
 * in double precision, so that whoever works it out gets the same.
 */
export function partAt([begin, end]: readonly number[], share: number): number {
  return (begin! * SHARES + (end! - begin!) * share) / (SHARES * SHARES);
}
