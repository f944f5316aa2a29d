// Damage to entries by which an exchange goes on in rounds.
import { PlanIndex, type Launch, type LaunchPlan, type Rounds } from "../../../src/plan/index.js";
import { mutantsOf, move, sites, swap, launchAt, type Damage, type MutantKind } from "./mutant.js";
import { conflict, needsCounts, stepsOf } from "./trace.js";

interface InCell {
  readonly entry: Rounds;
  readonly cell: Launch[];
  readonly at: number;
}

const ofEntries = (plan: LaunchPlan, damages: (found: InCell) => Iterable<Damage<InCell>>) =>
  mutantsOf(
    sites(plan)
      .filter(({ launch }) => launch.kind === "rounds")
      .map((site) => ({
        name: site.name,
        find: (mutant: LaunchPlan): InCell => ({
          entry: launchAt(mutant, site) as Rounds,
          cell: mutant.cells[site.cell]!.launches,
          at: site.at,
        }),
      })),
    plan,
    damages,
  );

export const roundKinds: readonly MutantKind[] = [
  {
    name: "a launch that rounds leave out",
    mutants: (plan) =>
      ofEntries(plan, ({ entry: { launches } }) =>
        launches.map((id, at) => ({ what: id, apply: ({ entry }) => void entry.launches.splice(at, 1) })),
      ),
  },
  {
    name: "a launch twice in a round",
    mutants: (plan) =>
      ofEntries(plan, ({ entry: { launches } }) =>
        launches.map((id) => ({ what: id, apply: ({ entry }) => void entry.launches.push(id) })),
      ),
  },
  {
    name: "launches of a round in another order",
    mutants: (plan) =>
      ofEntries(plan, ({ entry: { launches } }) =>
        launches.slice(1).map((id, at) => ({
          what: id,
          apply: ({ entry }) => swap(entry.launches, at, at + 1),
          harmless: () =>
            commute(plan, launches[at]!, id) ? "neither of the two needs the other" : undefined,
        })),
      ),
  },
  {
    name: "a launch of a round that is none of the exchange",
    mutants: (plan) =>
      ofEntries(plan, ({ entry: { launches }, cell }) =>
        cell
          .filter(({ id, kind }) => !launches.includes(id) && kind !== "rounds")
          .map(({ id }) => ({ what: id, apply: ({ entry }) => void entry.launches.push(id) })),
      ),
  },
  {
    name: "rounds of other tokens",
    mutants: (plan) =>
      ofEntries(plan, ({ entry: { tokens, exchange } }) =>
        [["+", tokens.expr, 1] as const, 0 as const, `${exchange}.received`].map((expr) => ({
          what: JSON.stringify(expr),
          apply: ({ entry }) => {
            entry.tokens.expr = typeof expr === "object" ? [...expr] : expr;
          },
        })),
      ),
  },
  {
    name: "rounds at another place",
    mutants: (plan) =>
      ofEntries(plan, ({ at, cell: { length } }) =>
        Array.from({ length }, (_, place) => place)
          .filter((place) => place !== at)
          .map((place) => ({ what: `at ${place}`, apply: ({ cell }) => move(cell, at, place) })),
      ),
  },
  {
    name: "rounds that wait for an event",
    mutants: (plan) =>
      ofEntries(plan, ({ cell }) => {
        const event = cell.flatMap((each) => ("records" in each ? each.records : []))[0];
        return event === undefined
          ? []
          : [{ what: event, apply: ({ entry }) => void entry.waits.push(event) }];
      }),
  },
];

/** Whether two launches of a round touch no common bytes of which one writes, are not both transfers, and neither reads counts for the other. */
function commute(plan: LaunchPlan, one: string, other: string): boolean {
  const steps = stepsOf(plan).filter(({ launch: { id } }) => id === one || id === other);
  const kinds = steps.map(({ launch }) => launch.kind);
  const index = new PlanIndex(plan);
  const readsFor = kinds.includes("read_counts") && steps.some(({ launch }) => needsCounts(index, launch));
  return (
    !readsFor &&
    kinds.includes("compute") &&
    steps.every(({ launch: { id }, touches }) =>
      steps.every(
        (each) =>
          each.launch.id === id || !touches.some((touch) => each.touches.some((it) => conflict(touch, it))),
      ),
    )
  );
}
