// How many rows every rank holds for others, and packs for one launch, at the demand of a plan. Each stop on a way counts as though
// every row went through an area of its own there, those that stay on their rank included, so it may be a little more than is held.
import type { ExchangePlan, Route } from "../../exchange-plan/index.js";
import { NodeDemand, type Carried } from "./demand.js";
import { crossingOf, movesCopies, nodesOf, PARTS, reachOf, stopsOf, type Stop } from "./stops.js";

/** [rank] rows. */
export interface Holdings {
  readonly given: Float64Array;
  readonly received: Float64Array;
  /** For others, over all launches. */
  readonly held: Float64Array;
  /** Sent in the launch in which that is most. */
  readonly packed: Float64Array;
}

export function holdingsOf(plan: ExchangePlan): Holdings {
  const { ranks, launches, direction, copies, partial_sums: sums } = plan;
  const demand = new NodeDemand(plan);
  const held = new Float64Array(ranks);
  const sent = launches.map(() => new Float64Array(ranks));
  for (const route of plan.routes) {
    const stops = stopsOf[route.way];
    forEachPair(plan, route, (from, to) => {
      const add = (into: Float64Array, stop: Stop, carried: Carried): void => {
        addRows(plan, demand, route, from, to, into, stop, carried);
      };
      const copied = copies && from !== to;
      for (let hop = 0; hop + 1 < stops.length; hop++) {
        const asCopies = movesCopies(copied, route.way, hop);
        const leaving = sent[route.launches[hop]!]!;
        if (direction === "dispatch") {
          add(leaving, stops[hop]!, asCopies ? "copies" : "rows");
          if (hop + 2 < stops.length) add(held, stops[hop + 1]!, asCopies ? "copies" : "rows");
          continue;
        }
        // Back: from the hop's end to its start. Without partial sums rows stay single.
        add(leaving, stops[hop + 1]!, asCopies && sums ? "copies" : "rows");
        if (hop > 0) add(held, stops[hop]!, asCopies && sums ? "copies" : "rows");
        if (sums && copied && hop === crossingOf(route.way)) add(held, stops[hop + 1]!, "copies");
      }
    });
  }
  const [rowsOut, rowsIn] = [new Float64Array(ranks), new Float64Array(ranks)];
  for (let rank = 0; rank < ranks; rank++) {
    rowsOut[rank] = demand.given(rank);
    rowsIn[rank] = demand.received(rank);
  }
  const packed = new Float64Array(ranks).map((_, rank) =>
    sent.reduce((most, each) => Math.max(most, each[rank]!), 0),
  );
  const [given, received] = direction === "dispatch" ? [rowsOut, rowsIn] : [rowsIn, rowsOut];
  return { given, received, held, packed };
}

/** Adds to each rank at a stop the rows of a route between two nodes that pass there. */
function addRows(
  { ranks_per_node: size }: ExchangePlan,
  demand: NodeDemand,
  { share, spread }: Route,
  from: number,
  to: number,
  into: Float64Array,
  { node, index }: Stop,
  carried: Carried,
): void {
  const part = (share[1] - share[0]) / PARTS;
  const first = (node === "source" ? from : to) * size;
  const over = index === "rail" ? demand.overRails(spread!, from, to, carried) : undefined;
  for (let at = 0; at < size; at++) {
    const has =
      over !== undefined
        ? over[at]!
        : index === "source"
          ? demand.from(from * size + at, to, carried)
          : demand.to(to * size + at, from);
    into[first + at] = into[first + at]! + has * part;
  }
}

/** Visits the pairs of nodes that a route takes. */
function forEachPair(plan: ExchangePlan, { pairs }: Route, visit: (from: number, to: number) => void): void {
  const nodes = nodesOf(plan);
  const { first, end, only } = reachOf(plan, pairs);
  for (let shift = first; shift < end; shift++)
    for (let from = only ?? 0; from < (only === undefined ? nodes : only + 1); from++)
      visit(from, (from + shift) % nodes);
}
