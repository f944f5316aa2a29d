// Law: what a launch reads was written by an earlier one, and stays until it has been read. A launch is one group, whose sends and
// receives run in any order, so a hop must not share the launch of the hop before it. That nothing is overwritten holds by how rows
// are laid out: what a rank holds for others after a launch has an area of its own, as have the rows given and those received.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import { count, type Verdict } from "../result.js";
import { aboutPlan } from "../story.js";
import { stopsOf } from "./stops.js";
import { examplePair, launchesOf, ranksPassed, routeName } from "./stories.js";

export function races(plan: ExchangePlan): Verdict {
  const hops = plan.routes.reduce((sum, { way }) => sum + stopsOf[way].length - 2, 0);
  const checked = `${count(hops, "hop")} from where an earlier launch brought rows`;
  const assumptions = [
    "all launches are on one stream, one after another",
    "rows held for others have an area of their own for each launch, apart from those given and those received",
  ];
  for (const [at, route] of plan.routes.entries()) {
    const hop = route.launches.findIndex((launch, each) => launch === route.launches[each - 1]);
    const pair = hop < 0 ? undefined : examplePair(plan, route);
    if (pair === undefined) continue;
    const { source, destination } = pair;
    const between = ranksPassed(plan, route, source, destination)[hop];
    const launch = launchesOf(plan, route)[hop];
    const counterexample = aboutPlan([
      `a row from rank ${source} for rank ${destination} goes with ${routeName(at, route)}, over rank ${between}`,
      `rank ${between} receives it in launch ${launch}`,
      `rank ${between} sends it in the same group, which does not wait for what it receives`,
    ]);
    return { checked, assumptions, counterexample };
  }
  return { checked, assumptions };
}
