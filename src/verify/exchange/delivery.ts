// Law: every row of every pair of ranks arrives, once, whatever the traffic. For each pair of nodes the shares of the routes that
// take it partition the whole; each hop starts where the one before it has ended, in a launch that is not before its own; a copy for
// a node goes to a rank that takes it apart for all of the node. A combine goes back over the same ways, so the same makes it bring
// each row back once, and partial sums are added where the copy was taken apart.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import { count, grouped, type Counterexample, type Verdict } from "../result.js";
import { aboutPlan } from "../story.js";
import { partitionFault } from "./partition.js";
import { nodesOf, PARTS, reachOf, takesCopiesApart } from "./stops.js";
import { examplePair, launchesOf, pairOfRanks, ranksPassed, routeName, whatPairHas } from "./stories.js";

export function delivery(plan: ExchangePlan): Verdict {
  const { routes, direction, copies, partial_sums: sums } = plan;
  const nodes = nodesOf(plan);
  const moved = copies ? "copies" : "rows";
  const back = sums
    ? ", and back with the rows of a copy added where it was taken apart"
    : direction === "combine"
      ? ", and back"
      : "";
  const checked = `${count(routes.length, "route takes", "routes take")} all ${moved} between ${count(nodes * nodes, "pair")} of nodes, whatever there are, once${back}`;
  const assumptions = [
    "both ends of a message work out from the same counts which rows a share is: those from floor(rows * begin) up to floor(rows * end)",
  ];
  for (const fault of [sharesFault, orderFault, copiesFault]) {
    const counterexample = fault(plan);
    if (counterexample !== undefined) return { checked, assumptions, counterexample };
  }
  return { checked, assumptions };
}

function sharesFault(plan: ExchangePlan): Counterexample | undefined {
  const fault = partitionFault(plan);
  if (fault === undefined) return undefined;
  const { from, to, at, routes } = fault;
  const { source, destination } = pairOfRanks(plan, from, to);
  const each = plan.copies && from !== to ? "token" : "row";
  const which = `${each} ${grouped(at)} of them`;
  const first = whatPairHas(plan, source, destination);
  if (routes === undefined) {
    return aboutPlan([
      first,
      `${which}, which begins at ${at} / ${PARTS} of the pair's, is in the share of no route from node ${from} to node ${to}: it is lost`,
    ]);
  }
  const [one, other] = routes.map((route) => {
    const { share } = plan.routes[route]!;
    return `${routeName(route, plan.routes[route]!)}, whose share is ${share[0]} to ${share[1]}`;
  });
  return aboutPlan([first, `${which} goes with ${one}`, `and again with ${other}: it is there twice`]);
}

function orderFault(plan: ExchangePlan): Counterexample | undefined {
  for (const [at, route] of plan.routes.entries()) {
    const hop = route.launches.findIndex((launch, hop) => launch < (route.launches[hop - 1] ?? 0));
    const pair = hop < 0 ? undefined : examplePair(plan, route);
    if (pair === undefined) continue;
    const { source, destination } = pair;
    const passed = ranksPassed(plan, route, source, destination);
    const names = launchesOf(plan, route);
    const isBack = plan.direction === "combine";
    const [leaves, arrives] = isBack ? [names[hop - 1], names[hop]] : [names[hop], names[hop - 1]];
    const way = isBack ? "back to rank" : "for rank";
    const [first, last] = isBack ? [destination, source] : [source, destination];
    return aboutPlan([
      `a row from rank ${first} ${way} ${last} goes with ${routeName(at, route)}, over rank ${passed[hop]}`,
      `it leaves rank ${passed[hop]} in launch ${leaves}`,
      `it arrives there in launch ${arrives}, which is later: another row leaves in its place`,
    ]);
  }
  return undefined;
}

function copiesFault(plan: ExchangePlan): Counterexample | undefined {
  if (!plan.copies) return undefined;
  for (const [at, route] of plan.routes.entries()) {
    const pair = examplePair(plan, route);
    const { first, end } = reachOf(plan, route.pairs);
    const crosses = end > Math.max(first, 1);
    if (pair === undefined || !crosses || takesCopiesApart(route.way)) continue;
    const node = Math.floor(pair.destination / plan.ranks_per_node);
    return aboutPlan([
      `rank ${pair.source} has a token for several ranks of node ${node}, which crosses as one copy`,
      `it goes with ${routeName(at, route)}, which ends with the hop between nodes: no rank takes the copy apart for the others`,
    ]);
  }
  return undefined;
}
