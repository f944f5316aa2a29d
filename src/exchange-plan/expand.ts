// A plan's messages for actual traffic: which rows every rank sends to every other in each launch, and where they come from.
import {
  crossingHop,
  forEachPairOfNodes,
  hopsOf,
  partAt,
  railsOf,
  ranksOnWay,
  SHARES,
  type Nodes,
} from "./ways.js";
import type { ExchangePlan, Route } from "./types.gen.js";

/**
 * Rows that move together: of those from `source`, the part from `begin` to `end` (of 1). `rows`: those for one destination
 * rank. `copies`: one for each token that has a destination on a node.
 */
export interface Piece {
  readonly launch: number;
  /** Ranks whose memories they leave and reach; equal where a hop stays on its rank. */
  readonly from: number;
  readonly to: number;
  /** Hops that these rows have behind them: 0 where they leave their source. */
  readonly hop: number;
  /** Whether `to` is where they are wanted. */
  readonly last: boolean;
  readonly carries: "rows" | "copies";
  readonly source: number;
  /** A rank, or for copies a node. */
  readonly destination: number;
  readonly begin: number;
  readonly end: number;
}

/**
 * Visits every piece of every hop of a dispatch, route by route; those of a combine are the same, backwards. Pieces of one
 * message (of equal launch, `from` and `to`, those two different) stand in it in this order, at both of its ends.
 */
export function forEachPiece(plan: ExchangePlan, visit: (piece: Piece) => void): void {
  for (const route of plan.routes)
    forEachPairOfNodes(plan, route.pairs, (fromNode, toNode) => {
      piecesOfRoute(plan, route, fromNode, toNode, visit);
    });
}

function piecesOfRoute(
  plan: ExchangePlan,
  route: Route,
  fromNode: number,
  toNode: number,
  visit: (piece: Piece) => void,
): void {
  const { ranks_per_node: size } = plan;
  const { way, share, launches } = route;
  const copied = plan.copies && fromNode !== toNode && (way === "forward" || way === "spread");
  for (let hop = 0; hop < hopsOf[way]; hop++)
    for (let source = fromNode * size; source < (fromNode + 1) * size; source++) {
      const visitParts = (
        destination: number,
        visitPart: (rail: number, begin: number, end: number) => void,
      ): void => {
        const begins =
          route.spread === undefined ? [0, SHARES] : railsOf(plan, route.spread, source, destination);
        for (let rail = 0; rail + 1 < begins.length; rail++) {
          const [begin, end] = [partAt(share, begins[rail]!), partAt(share, begins[rail + 1]!)];
          if (begin < end) visitPart(rail, begin, end);
        }
      };
      // Large plans have millions of pieces: nothing is made for one but itself.
      const launch = launches[hop]!;
      if (copied && hop <= crossingHop[way]) {
        // The way of a copy ends, as such, at the rank that takes it apart.
        visitParts(toNode * size, (rail, begin, end) => {
          const ranks = ranksOnWay(plan, way, source, toNode * size, rail);
          const [from, to] = [ranks[hop]!, ranks[hop + 1]!];
          const destination = toNode;
          visit({ launch, from, to, hop, last: false, carries: "copies", source, destination, begin, end });
        });
        continue;
      }
      const last = hop + 1 === hopsOf[way];
      for (let destination = toNode * size; destination < (toNode + 1) * size; destination++)
        visitParts(destination, (rail, begin, end) => {
          const ranks = ranksOnWay(plan, way, source, destination, rail);
          const [from, to] = [ranks[hop]!, ranks[hop + 1]!];
          visit({ launch, from, to, hop, last, carries: "rows", source, destination, begin, end });
        });
    }
}

/** What a rank has for another, in tokens: how the parts of a piece become whole rows. */
export interface Counts {
  /** Rows from a source for a destination rank. */
  readonly rows: (source: number, destination: number) => number;
  /** Tokens of a source with a destination on a node. */
  readonly copies: (source: number, node: number) => number;
  /** How many of the first so many of those tokens have a given destination on that node. */
  readonly rowsOfCopies: (source: number, destination: number, copies: number) => number;
}

/** Rows of a piece: the first, and the one after the last, among its pair's rows (or its node's copies). */
export function rowsOfPiece(
  { ranks_per_node: size, copies }: Nodes & Pick<ExchangePlan, "copies">,
  { carries, source, destination, begin, end }: Piece,
  counts: Counts,
): readonly [first: number, end: number] {
  const cut = (rows: number): readonly [number, number] => [Math.floor(rows * begin), Math.floor(rows * end)];
  if (carries === "copies") return cut(counts.copies(source, destination));
  const node = Math.floor(destination / size);
  if (!copies || node === Math.floor(source / size)) return cut(counts.rows(source, destination));
  // Rows go where their token's copy went.
  const [first, last] = cut(counts.copies(source, node));
  return [counts.rowsOfCopies(source, destination, first), counts.rowsOfCopies(source, destination, last)];
}
