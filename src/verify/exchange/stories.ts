// How counterexamples speak of routes, ranks and shares of an exchange plan.
import type { ExchangePlan, Route } from "../../exchange-plan/index.js";
import { count, grouped } from "../result.js";
import { nodesOf, PARTS, reachOf, stopsOf } from "./stops.js";

/** `routes[3]` (forward). */
export const routeName = (at: number, { way }: Route): string => `\`routes[${at}]\` (${way})`;

/** Launches of a route in the order of its hops. */
export const launchesOf = ({ launches }: ExchangePlan, route: Route): readonly string[] =>
  route.launches.map((launch) => `\`${launches[launch]!.name}\``);

/** A pair of ranks that a route takes, of different indices where a node has several; undefined where it takes none. */
export function examplePair(
  plan: ExchangePlan,
  route: Route,
): { readonly source: number; readonly destination: number } | undefined {
  const { first, end, only } = reachOf(plan, route.pairs);
  if (first === end || route.share[0] === route.share[1]) return undefined;
  const from = only ?? 0;
  // Hops of a pair within a node may lead from a rank to itself.
  const shift = first === 0 && end > 1 ? 1 : first;
  return pairOfRanks(plan, from, (from + shift) % nodesOf(plan));
}

/** The first rank of a node and the last of another, or of the same. */
export const pairOfRanks = (
  { ranks_per_node: size }: ExchangePlan,
  from: number,
  to: number,
): { readonly source: number; readonly destination: number } => ({
  source: from * size,
  destination: (to + 1) * size - 1,
});

/** What a pair has, so many that its rows are numbered like parts. */
export function whatPairHas(plan: ExchangePlan, source: number, destination: number): string {
  const { ranks_per_node: size, copies } = plan;
  const node = Math.floor(destination / size);
  return copies && node !== Math.floor(source / size)
    ? `rank ${source} has ${grouped(PARTS)} tokens for node ${node}`
    : `rank ${source} has ${count(PARTS, "row")} for rank ${destination}`;
}

/** Where the rows of an example stand before and after each hop; over rail 0 where the way has one. */
export const ranksPassed = (
  { ranks_per_node: size }: ExchangePlan,
  { way }: Route,
  source: number,
  destination: number,
): readonly number[] =>
  stopsOf[way].map(({ node, index }) => {
    const end = node === "source" ? source : destination;
    const of = index === "rail" ? 0 : (index === "source" ? source : destination) % size;
    return end - (end % size) + of;
  });
