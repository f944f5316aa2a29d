// Ways in which an exchange plan can be wrong, each with the law that it breaks. `chance` picks where; undefined where the plan has
// no place for that damage.
import { SHARES, type ExchangePlan, type Route } from "../../../src/exchange-plan/index.js";
import type { PropertyName } from "../../../src/verify/index.js";

export interface Damage {
  readonly name: string;
  readonly law: PropertyName;
  readonly of: (plan: ExchangePlan, chance: (below: number) => number) => ExchangePlan | undefined;
}

/** Changes one route among those that are fit for it. */
function changed(
  plan: ExchangePlan,
  chance: (below: number) => number,
  fit: (route: Route) => boolean,
  change: (route: Route) => Route | readonly Route[],
): ExchangePlan | undefined {
  const places = [...plan.routes.entries()].filter(([, each]) => takesSome(each) && fit(each));
  const [at] = places[chance(Math.max(places.length, 1))] ?? [];
  if (at === undefined) return undefined;
  return { ...plan, routes: plan.routes.flatMap((route, each) => (each === at ? change(route) : route)) };
}

const takesSome = ({ pairs, share }: Route): boolean =>
  share[0] < share[1] &&
  !(typeof pairs !== "string" && "shifts" in pairs && pairs.shifts[0] === pairs.shifts[1]);
const any = (): boolean => true;
const crosses = ({ pairs }: Route): boolean =>
  typeof pairs !== "string" && ("shifts" in pairs ? pairs.shifts[1] > 1 : pairs.from !== pairs.to);
const isSingle = ({ pairs }: Route): boolean => typeof pairs !== "string" && "from" in pairs;

/** Everything over the first rail. */
const byDestination = ({ ranks, ranks_per_node: size }: ExchangePlan): ExchangePlan["spreads"][number] => ({
  by: "destination",
  rails: Array.from({ length: ranks }, () =>
    Array.from({ length: size }, (_, rail) => (rail === 0 ? SHARES : 0)),
  ),
});

export const damages: readonly Damage[] = [
  {
    name: "a route is dropped",
    law: "delivery",
    of: (plan, chance) => changed(plan, chance, any, () => []),
  },
  {
    name: "a route is there twice",
    law: "delivery",
    of: (plan, chance) => changed(plan, chance, any, (route) => [route, route]),
  },
  {
    name: "a share ends too early",
    law: "delivery",
    of: (plan, chance) =>
      changed(plan, chance, any, (route) => ({ ...route, share: [route.share[0], route.share[1] - 1] })),
  },
  {
    name: "a share begins in another",
    law: "delivery",
    of: (plan, chance) =>
      changed(
        plan,
        chance,
        ({ share }) => share[0] > 0,
        (route) => ({ ...route, share: [route.share[0] - 1, route.share[1]] }),
      ),
  },
  {
    name: "a pair's route is that of another pair",
    law: "delivery",
    of: (plan, chance) =>
      plan.ranks === plan.ranks_per_node
        ? undefined
        : changed(plan, chance, isSingle, (route) => {
            const { from, to } = route.pairs as { from: number; to: number };
            return { ...route, pairs: { from, to: (to + 1) % (plan.ranks / plan.ranks_per_node) } };
          }),
  },
  {
    name: "hops are in each other's launches",
    law: "delivery",
    of: (plan, chance) =>
      changed(
        plan,
        chance,
        ({ launches }) => launches.length > 1,
        (route) => ({ ...route, launches: [...route.launches].reverse() }),
      ),
  },
  {
    name: "a copy crosses and is not taken apart",
    law: "delivery",
    of: (plan, chance) =>
      plan.copies
        ? changed(plan, chance, crosses, ({ spread: _, ...route }) => ({
            ...route,
            way: "gather",
            launches: [0, 1],
          }))
        : undefined,
  },
  {
    name: "a hop is in the launch of the one before",
    law: "races",
    of: (plan, chance) =>
      changed(
        plan,
        chance,
        ({ launches }) => launches.length > 1,
        (route) => {
          const [first, , ...others] = route.launches;
          return { ...route, launches: [first!, first!, ...others] };
        },
      ),
  },
  {
    name: "a route has a launch too few",
    law: "wellformed",
    of: (plan, chance) =>
      changed(plan, chance, any, (route) => ({ ...route, launches: route.launches.slice(1) })),
  },
  {
    name: "a route has a launch that there is not",
    law: "wellformed",
    of: (plan, chance) =>
      changed(plan, chance, any, (route) => ({
        ...route,
        launches: [...route.launches.slice(1), plan.launches.length],
      })),
  },
  {
    name: "a share ends beyond the whole",
    law: "wellformed",
    of: (plan, chance) =>
      changed(plan, chance, any, (route) => ({ ...route, share: [route.share[0], SHARES + 1] })),
  },
  {
    name: "a route is of a node that there is not",
    law: "wellformed",
    of: (plan, chance) =>
      changed(plan, chance, any, (route) => ({
        ...route,
        pairs: { from: 0, to: plan.ranks / plan.ranks_per_node },
      })),
  },
  {
    name: "a route spreads as nothing says",
    law: "wellformed",
    of: (plan, chance) =>
      changed(
        plan,
        chance,
        ({ way }) => way === "spread",
        (route) => ({ ...route, spread: plan.spreads.length }),
      ),
  },
  {
    name: "rails get more than there is",
    law: "wellformed",
    of: (plan) => {
      const copy = structuredClone(plan);
      copy.spreads[0]!.rails[0]![0]!++;
      return copy;
    },
  },
  {
    name: "a spread lacks a source",
    law: "wellformed",
    of: (plan) => {
      const copy = structuredClone(plan);
      copy.spreads[0]!.rails.pop();
      return copy;
    },
  },
  {
    name: "copies are spread by their destinations",
    law: "wellformed",
    of: (plan, chance) =>
      plan.copies
        ? changed(
            { ...plan, spreads: plan.spreads.map(() => byDestination(plan)) },
            chance,
            (route) => crosses(route) && route.way === "spread",
            (route) => route,
          )
        : undefined,
  },
  {
    name: "two launches have one name",
    law: "wellformed",
    of: (plan) => ({ ...plan, launches: plan.launches.map(() => ({ name: "step" })) }),
  },
  {
    name: "ranks are not the machine's GPUs",
    law: "wellformed",
    of: (plan) => ({ ...plan, machine: { ...plan.machine, gpus: plan.machine.gpus + 1 } }),
  },
  {
    name: "nodes are not a unit of the fastest tier",
    law: "wellformed",
    of: (plan) => ({ ...plan, ranks_per_node: plan.ranks_per_node + 1 }),
  },
  {
    name: "a row of the demand is too short",
    law: "wellformed",
    of: (plan) => ({
      ...plan,
      demand: { rows: { profiles: [[1].slice(plan.ranks === 1 ? 1 : 0)], of: [0] } },
    }),
  },
  {
    name: "a row of the demand is none of those there are",
    law: "wellformed",
    of: (plan) => ({
      ...plan,
      demand: { rows: { ...plan.demand.rows, of: [plan.demand.rows.profiles.length] } },
    }),
  },
  {
    name: "partial sums without copies to add up to",
    law: "wellformed",
    of: (plan) => ({ ...plan, partial_sums: true, copies: false }),
  },
  {
    name: "rows are too large",
    law: "memory",
    of: (plan) => ({ ...plan, row_bytes: 2 ** 40 }),
  },
  {
    name: "the capacity does not fit",
    law: "memory",
    of: (plan) => ({ ...plan, capacity_rows: 2 ** 32 }),
  },
  {
    name: "the communicator has three SMs",
    law: "limits",
    of: (plan) => ({ ...plan, communicator: { name: "exchange", sms: 3 } }),
  },
  {
    name: "the communicator has more SMs than NCCL takes",
    law: "limits",
    of: (plan) => ({ ...plan, communicator: { name: "exchange", sms: 128 } }),
  },
];
