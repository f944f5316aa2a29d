// Damage to single transfers: lost, doubled, misdirected, or of other atoms at one end or at both.
import type { AtomSet, Expr, LaunchPlan, Ranks, Step } from "../../../src/plan/index.js";
import { mutantsOf, type Damage, type MutantKind } from "./mutant.js";

interface InPhase {
  readonly step: Step;
  readonly steps: Step[];
  readonly at: number;
  /** Ranks of the communicator. */
  readonly ranks: number;
}

const ofSteps = (plan: LaunchPlan, damages: (found: InPhase) => Iterable<Damage<InPhase>>) =>
  mutantsOf(
    plan.exchanges.flatMap((exchange, which) => {
      const ranks = plan.groups.find(({ name }) => name === exchange.group)!.size;
      return exchange.phases.flatMap((phase, inOrder) =>
        phase.steps.map((_, at) => ({
          name: `${exchange.name}.${phase.name} ${at}`,
          find: (mutant: LaunchPlan): InPhase => {
            const { steps } = mutant.exchanges[which]!.phases[inOrder]!;
            return { step: steps[at]!, steps, at, ranks };
          },
        })),
      );
    }),
    plan,
    damages,
  );

const shifted = (rank: Expr, by: number, ranks: number): Expr => ["%", ["+", rank, by], ranks];

/** Other ranks: one further, or a range that begins one further. */
function otherRanks(ranks: Ranks, of: number): Ranks {
  if (ranks === "all") return "rank";
  if (typeof ranks === "object" && !Array.isArray(ranks))
    return { ...ranks, first: shifted(ranks.first, 1, of) };
  return shifted(ranks, 1, of);
}

/** A damage to the atoms of a step at its sending end, at its receiving end, and at both. */
const atEnds = (damage: (set: AtomSet, ranks: number) => void): readonly Damage<InPhase>[] => [
  { what: "sent", apply: ({ step, ranks }) => damage(step.send, ranks) },
  { what: "received", apply: ({ step, ranks }) => damage(step.receive, ranks) },
  {
    what: "at both ends",
    apply: ({ step, ranks }) => {
      damage(step.send, ranks);
      damage(step.receive, ranks);
    },
  },
];

export const stepKinds: readonly MutantKind[] = [
  {
    name: "a transfer step lost",
    mutants: (plan) => ofSteps(plan, ({ at }) => [{ apply: ({ steps }) => void steps.splice(at, 1) }]),
  },
  {
    name: "a transfer step doubled",
    mutants: (plan) => ofSteps(plan, () => [{ apply: ({ steps, step }) => void steps.push(step) }]),
  },
  {
    name: "a step to another rank",
    mutants: (plan) =>
      ofSteps(plan, () => [
        {
          apply: ({ step, ranks }) => {
            step.to = shifted(step.to, 1, ranks);
          },
        },
      ]),
  },
  {
    name: "a step from another rank",
    mutants: (plan) =>
      ofSteps(plan, () => [
        {
          apply: ({ step, ranks }) => {
            step.from = shifted(step.from, 1, ranks);
          },
        },
      ]),
  },
  {
    name: "a step between other ranks, as both ends agree",
    mutants: (plan) =>
      ofSteps(plan, () =>
        [1, 2].map((by) => ({
          what: `by ${by}`,
          apply: ({ step, ranks }) => {
            [step.to, step.from] = [shifted("rank", by, ranks), shifted("rank", -by, ranks)];
          },
        })),
      ),
  },
  {
    name: "a step the other way round",
    mutants: (plan) =>
      ofSteps(plan, () => [
        {
          apply: ({ step }) => {
            [step.to, step.from] = [step.from, step.to];
          },
        },
      ]),
  },
  {
    name: "a step of atoms for other hosts",
    mutants: (plan) =>
      ofSteps(plan, () =>
        atEnds((set, ranks) => {
          set.host = otherRanks(set.host, ranks);
        }),
      ),
  },
  {
    name: "a step of atoms of other sources",
    mutants: (plan) =>
      ofSteps(plan, () =>
        atEnds((set, ranks) => {
          set.source = otherRanks(set.source, ranks);
        }),
      ),
  },
  {
    name: "a step of another slot's atoms",
    mutants: (plan) =>
      ofSteps(plan, ({ step: { send } }) =>
        send.slot === undefined && send.slots === undefined
          ? []
          : atEnds((set) => {
              if (set.slot !== undefined) set.slot = ["+", set.slot, 1];
              if (set.slots !== undefined) set.slots = { ...set.slots, first: set.slots.first + 1 };
            }),
      ),
  },
  {
    name: "a step of the atoms of single slots",
    mutants: (plan) =>
      ofSteps(plan, ({ step: { send } }) =>
        send.slot !== undefined || send.slots !== undefined
          ? []
          : atEnds((set) => {
              set.slot = 0;
            }),
      ),
  },
  {
    name: "a step of fewer ranks' atoms",
    mutants: (plan) =>
      ofSteps(plan, ({ step: { send, receive } }) =>
        [send, receive].some(({ source, host }) => isRange(source) || isRange(host))
          ? atEnds((set) => {
              for (const side of ["source", "host"] as const) {
                const ranks = set[side];
                if (isRange(ranks) && ranks.count > 1) set[side] = { ...ranks, count: ranks.count - 1 };
              }
            })
          : [],
      ),
  },
  {
    name: "what two steps receive exchanged",
    mutants: (plan) =>
      ofSteps(plan, ({ at, steps: { length } }) =>
        at + 1 === length
          ? []
          : [
              {
                apply: ({ step, steps }) => {
                  const next = steps[at + 1]!;
                  [step.receive, next.receive] = [next.receive, step.receive];
                },
              },
            ],
      ),
  },
];

const isRange = (ranks: Ranks): ranks is Exclude<Ranks, Expr> =>
  typeof ranks === "object" && !Array.isArray(ranks);
