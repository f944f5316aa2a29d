// What a rank sends, and what it expects, in the order in which rows stand in each message: worked out from either end by itself,
// from the stops that lead from the rank and from those that lead to it. `progress` holds the two against each other.
import type { ExchangePlan, Route } from "../../exchange-plan/index.js";
import { movesCopies, nodesOf, railShare, reachOf, stopsOf, type Stop } from "./stops.js";

/** Rows of a message that are of one route. */
export interface Part {
  readonly launch: number;
  /** At the other end. */
  readonly peer: number;
  readonly route: number;
  readonly hop: number;
  readonly source: number;
  /** The first of the node for copies. */
  readonly destination: number;
  /** 0 where the way has none. */
  readonly rail: number;
}

/** Visits what a rank sends, or expects, of a dispatch; also what it sends to itself. */
export function forEachPart(
  plan: ExchangePlan,
  rank: number,
  end: "sends" | "expects",
  visit: (part: Part) => void,
): void {
  const { ranks_per_node: size } = plan;
  const node = Math.floor(rank / size);
  for (const [at, route] of plan.routes.entries()) {
    if (route.share[0] === route.share[1]) continue;
    const stops = stopsOf[route.way];
    for (let hop = 0; hop + 1 < stops.length; hop++) {
      const [mine, other] = end === "sends" ? [stops[hop]!, stops[hop + 1]!] : [stops[hop + 1]!, stops[hop]!];
      forEachPartner(plan, route, mine.node, node, (from, to) => {
        partsOfPair(plan, { at, route, hop, mine, other, from, to, index: rank % size }, visit);
      });
    }
  }
}

/** Pairs of nodes of a route in which a node is the source's, or the destination's. */
function forEachPartner(
  plan: ExchangePlan,
  { pairs }: Route,
  side: Stop["node"],
  node: number,
  visit: (from: number, to: number) => void,
): void {
  const nodes = nodesOf(plan);
  const { first, end, only } = reachOf(plan, pairs);
  // All nodes pair in the order of the nodes; what is given by distances, in theirs.
  for (let step = first; step < end; step++) {
    const shift = pairs === "all" ? (side === "source" ? step - node : node - step) : step;
    const other = (((side === "source" ? node + shift : node - shift) % nodes) + nodes) % nodes;
    const [from, to] = side === "source" ? [node, other] : [other, node];
    if (only === undefined || only === from) visit(from, to);
  }
}

interface Leg {
  readonly at: number;
  readonly route: Route;
  readonly hop: number;
  /** Where the rank stands, and where its peer does. */
  readonly mine: Stop;
  readonly other: Stop;
  readonly from: number;
  readonly to: number;
  /** The rank's, in its node. */
  readonly index: number;
}

function partsOfPair(plan: ExchangePlan, leg: Leg, visit: (part: Part) => void): void {
  const { ranks_per_node: size, copies } = plan;
  const { at, route, hop, mine, other, from, to, index } = leg;
  const asCopies = movesCopies(copies && from !== to, route.way, hop);
  const range = (of: Stop["index"], isThere: boolean): readonly [number, number] =>
    !isThere ? [0, 1] : mine.index === of ? [index, index + 1] : [0, size];
  const sources = range("source", true);
  const rails = range("rail", route.spread !== undefined);
  const destinations = range("destination", !asCopies);
  const launch = route.launches[hop]!;
  for (let source = sources[0]; source < sources[1]; source++)
    for (let destination = destinations[0]; destination < destinations[1]; destination++)
      for (let rail = rails[0]; rail < rails[1]; rail++) {
        const ends = { source: from * size + source, destination: to * size + destination };
        const { spread } = route;
        if (spread !== undefined && railShare(plan, spread, ends.source, ends.destination, rail) === 0)
          continue;
        const peerIndex = { source, rail, destination }[other.index];
        const peer = (other.node === "source" ? from : to) * size + peerIndex;
        visit({ launch, peer, route: at, hop, rail, ...ends });
      }
}
