// What each launch of a plan moves over which tier, at the traffic that the plan was made for. Sums over pairs of nodes, so that
// no list of all pairs of ranks is needed; parts of rows are not rounded to whole rows, as means need not be.
import {
  crossingHop,
  denseTable,
  forEachPairOfNodes,
  hopsOf,
  SHARES,
  type ExchangePlan,
  type Route,
} from "../../exchange-plan/index.js";
import { NodeSums } from "./node-sums.js";
import { tiersBetween, unitSizes } from "./tiers.js";

/** What a hop does with its rows. */
export type Doing = "within nodes" | "across nodes" | "to where they cross" | "from where they crossed";

export interface LaunchAccount {
  readonly name: string;
  /** [tier] bytes between GPUs. */
  readonly bytes: readonly number[];
  readonly doing: readonly Doing[];
}

/** [launch] in the order in which they run. */
export function launchAccounts(plan: ExchangePlan): readonly LaunchAccount[] {
  const { machine, ranks, ranks_per_node: size, launches, routes, row_bytes: rowBytes } = plan;
  const units = unitSizes(machine);
  const nodes = ranks / size;
  const rows = denseTable(plan.demand.rows, ranks, ranks, (rank) => rank);
  const copies = copiesOf(plan, nodes);
  const sums = new NodeSums({ plan, rows, ...(copies === undefined ? {} : { copies }) });
  const bytes = launches.map(() => machine.tiers.map(() => 0));
  const doing = launches.map(() => new Set<Doing>());
  /** Tiers between ranks of two nodes, of equal index and of others. */
  const across = (from: number, to: number, isAligned: boolean): readonly number[] =>
    tiersBetween(machine, units, from * size, to * size + (isAligned ? 0 : 1));
  const add = (launch: number, tiers: readonly number[], amount: number, what: Doing): void => {
    if (amount === 0) return;
    doing[launch]!.add(what);
    for (const tier of tiers) bytes[launch]![tier]! += amount * rowBytes;
  };
  for (const route of routes) {
    const part = (route.share[1] - route.share[0]) / SHARES;
    forEachPairOfNodes(plan, route.pairs, (from, to) => {
      if (from === to) {
        for (let hop = 0; hop < hopsOf[route.way]; hop++)
          add(route.launches[hop]!, [0], part * sums.hopWithin(route, from, to, hop), "within nodes");
        return;
      }
      for (let hop = 0; hop < hopsOf[route.way]; hop++) {
        const launch = route.launches[hop]!;
        if (hop !== crossingHop[route.way])
          add(launch, [0], part * sums.hopWithin(route, from, to, hop), besideOf(route, hop));
        else if (route.way !== "direct")
          add(launch, across(from, to, true), part * sums.crossing(from, to), "across nodes");
        else {
          const aligned = sums.aligned(from, to);
          add(launch, across(from, to, true), part * aligned, "across nodes");
          if (size > 1)
            add(launch, across(from, to, false), part * (sums.all(from, to) - aligned), "across nodes");
        }
      }
    });
  }
  const accounts = launches.map(({ name }, at) => ({ name, bytes: bytes[at]!, doing: [...doing[at]!] }));
  return plan.direction === "combine" ? accounts.reverse() : accounts;
}

const besideOf = ({ way }: Route, hop: number): Doing =>
  hop < crossingHop[way] ? "to where they cross" : "from where they crossed";

function copiesOf(
  { demand, copies, ranks, ranks_per_node: size }: ExchangePlan,
  nodes: number,
): Float64Array | undefined {
  if (!copies || demand.copies === undefined) return undefined;
  return denseTable(demand.copies, ranks, nodes, (rank) => Math.floor(rank / size));
}
