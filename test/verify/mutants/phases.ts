// Damage to the phases of exchanges, and to the orders in which their buffers hold atoms.
import type { AtomLayout, AtomSet, Expr, LaunchPlan, Phase, Step } from "../../../src/plan/index.js";
import { launchesOf, mutantsOf, ofExchanges, ofNamed, swap, type Damage, type MutantKind } from "./mutant.js";

interface InExchange {
  readonly phase: Phase;
  readonly phases: Phase[];
  readonly at: number;
  readonly exchange: LaunchPlan["exchanges"][number];
}

const ofPhases = (plan: LaunchPlan, damages: (found: InExchange) => Iterable<Damage<InExchange>>) =>
  mutantsOf(
    plan.exchanges.flatMap((exchange, which) =>
      exchange.phases.map(({ name }, at) => ({
        name: `${exchange.name}.${name}`,
        find: (mutant: LaunchPlan): InExchange => {
          const { phases } = mutant.exchanges[which]!;
          return { phase: phases[at]!, phases, at, exchange: mutant.exchanges[which]! };
        },
      })),
    ),
    plan,
    damages,
  );

const ofLayouts = (plan: LaunchPlan, damages: (layout: AtomLayout) => Iterable<Damage<AtomLayout>>) =>
  mutantsOf(
    plan.exchanges.flatMap((exchange, which) =>
      exchange.layouts.map(({ name }, at) => ({
        name: `${exchange.name}.${name}`,
        find: (mutant: LaunchPlan) => mutant.exchanges[which]!.layouts[at]!,
      })),
    ),
    plan,
    damages,
  );

/** Steps of no atoms, of which there may be any number but for NCCL's limit: `slot` is one that no rank has. */
function emptySteps(slots: number, ranks: number): readonly Step[] {
  const after: Expr = ["%", ["+", "rank", 1], ranks];
  const before: Expr = ["%", ["+", "rank", ranks - 1], ranks];
  const step: Step = {
    to: after,
    from: before,
    send: { source: "rank", host: after, slot: slots - 1 },
    receive: { source: before, host: "rank", slot: slots - 1 },
  };
  return Array.from({ length: OPERATIONS / 2 + 1 }, () => step);
}

/** Sends and receives that NCCL takes in one group; a step is one of each. Source: NCCL user guide, group calls. */
const OPERATIONS = 2048;

/** Every way to sort that the format knows, and some that tell nothing apart. */
const ORDERS = [
  "slot source",
  "source slot",
  "slot rail source",
  "rail source slot",
  "host source slot",
  "node source",
  "source node",
  "rail source node",
  "slot host",
].map((each) => each.split(" ") as AtomLayout["order"]);

const SETS: readonly AtomSet[] = [
  { source: "rank", host: "all" },
  { source: "all", host: "rank" },
  { source: "all", host: "all" },
  { source: "rank", host: "rank" },
];

export const phaseKinds: readonly MutantKind[] = [
  {
    name: "a phase lost with its launches",
    mutants: (plan) =>
      ofPhases(plan, ({ at }) => [
        {
          apply: ({ phases, phase, exchange }, mutant) => {
            phases.splice(at, 1);
            for (const cell of mutant.cells)
              cell.launches = cell.launches.filter(
                (each) =>
                  each.kind !== "transfer" || each.exchange !== exchange.name || each.phase !== phase.name,
              );
          },
        },
      ]),
  },
  {
    name: "a phase that carries something else",
    mutants: (plan) =>
      ofPhases(plan, ({ phase: { carries: usual } }) =>
        (["counts", "rows", "copies"] as const)
          .filter((each) => each !== usual)
          .map((carries) => ({
            what: carries,
            apply: ({ phase }) => {
              phase.carries = carries;
            },
          })),
      ),
  },
  {
    name: "the steps of two phases exchanged",
    mutants: (plan) =>
      ofPhases(plan, ({ at, phases: all }) =>
        all.slice(at + 1).map(({ name }, behind) => ({
          what: name,
          apply: ({ phase, phases }) => {
            const other = phases[at + 1 + behind]!;
            [phase.steps, other.steps] = [other.steps, phase.steps];
          },
        })),
      ),
  },
  {
    name: "a step of another phase",
    mutants: (plan) =>
      ofPhases(plan, ({ at, phases: all }) =>
        all.flatMap(({ name }, other) =>
          other === at
            ? []
            : {
                what: name,
                apply: ({ phase, phases }) => void phases[other]!.steps.push(phase.steps.pop()!),
              },
        ),
      ),
  },
  {
    name: "phases of a use in another order",
    mutants: (plan) =>
      ofPhases(plan, ({ at, phases: all }) =>
        all.slice(at + 1).map(({ name: other }, behind) => ({
          what: other,
          apply: ({ phase: { name }, phases, exchange }, mutant) => {
            swap(phases, at, at + 1 + behind);
            for (const launch of launchesOf(mutant))
              if (launch.kind === "transfer" && launch.exchange === exchange.name)
                launch.phase = launch.phase === name ? other : launch.phase === other ? name : launch.phase;
          },
        })),
      ),
  },
  {
    name: "a phase beyond NCCL's operations of a group",
    breaks: "limits",
    mutants: (plan) =>
      ofPhases(plan, ({ exchange }) => {
        const { slots } = plan.placements.find(({ name }) => name === exchange.placement)!;
        const { size } = plan.groups.find(({ name }) => name === exchange.group)!;
        return [{ apply: ({ phase }) => void phase.steps.push(...emptySteps(slots, size)) }];
      }),
  },
  {
    name: "a layout in another order",
    mutants: (plan) =>
      ofLayouts(plan, ({ order: usual }) =>
        ORDERS.filter((order) => order.join() !== usual.join()).map((order) => ({
          what: order.join(" "),
          apply: (layout) => {
            layout.order = order;
          },
        })),
      ),
  },
  {
    name: "a layout of other atoms",
    mutants: (plan) =>
      ofLayouts(plan, ({ holds: usual }) =>
        SETS.filter((holds) => JSON.stringify(holds) !== JSON.stringify(usual)).map((holds) => ({
          what: `${JSON.stringify(holds.source)}, ${JSON.stringify(holds.host)}`,
          apply: (layout) => {
            layout.holds = holds;
          },
        })),
      ),
  },
  {
    name: "a layout with other copies",
    mutants: (plan) =>
      ofLayouts(plan, ({ copies: usual }) =>
        (["only", "too", undefined] as const)
          .filter((copies) => copies !== usual)
          .map((copies) => ({
            what: copies ?? "none",
            apply: (layout) => {
              if (copies === undefined) delete layout.copies;
              else layout.copies = copies;
            },
          })),
      ),
  },
  {
    name: "a buffer in another layout",
    mutants: (plan) =>
      ofNamed(
        plan,
        ({ memory }) => memory.buffers,
        ({ layout: usual }) =>
          plan.exchanges.flatMap((exchange) =>
            exchange.layouts
              .filter(({ name }) => usual !== undefined && name !== usual.layout)
              .map(({ name }) => ({
                what: name,
                apply: (buffer) => {
                  buffer.layout = { exchange: exchange.name, layout: name };
                },
              })),
          ),
      ),
  },
  {
    name: "a buffer that holds atoms in no order",
    mutants: (plan) =>
      ofNamed(
        plan,
        ({ memory }) => memory.buffers,
        ({ layout }) => (layout === undefined ? [] : [{ apply: (buffer) => delete buffer.layout }]),
      ),
  },
  {
    name: "an exchange whose dispatch and combine are exchanged",
    mutants: (plan) =>
      ofExchanges(plan, () => [
        {
          apply: (exchange) => {
            [exchange.dispatch, exchange.combine] = [exchange.combine, exchange.dispatch];
          },
        },
      ]),
  },
];
