// Damage to who takes part: roles, communicators, and ranks that do not all issue the same.
import type { Cell, Group, LaunchPlan, TransferLaunch } from "../../../src/plan/index.js";
import { move, ofNamed, swap, type Damage, type Mutant, type MutantKind } from "./mutant.js";

const SECOND = "second half";

/** Gives the upper half of the ranks a role and cells of their own, which do what they did; `damage` changes these cells. */
function apart(mutant: LaunchPlan, damage: (cells: Cell[], role: LaunchPlan["roles"][number]) => void): void {
  const [role] = mutant.roles;
  if (role === undefined) return;
  const half = role.ranks.length / 2;
  const own = mutant.cells.map((cell) => ({
    ...structuredClone(cell),
    name: `${cell.name} of the ${SECOND}`,
  }));
  const other = {
    ...structuredClone(role),
    name: SECOND,
    ranks: role.ranks.splice(half),
    timeline: role.timeline.map((entry) => ({ ...entry, cell: `${entry.cell} of the ${SECOND}` })),
  };
  mutant.cells.push(...own);
  mutant.roles.push(other);
  damage(own, other);
}

/** Pairs of transfers of one cell: the latter is the next one behind the former. */
const transferPairs = (plan: LaunchPlan): readonly { cell: number; first: number; second: number }[] =>
  plan.cells.flatMap(({ launches }, cell) => {
    const at = launches.flatMap((each, place) => (each.kind === "transfer" ? [place] : []));
    return at.slice(1).map((second, before) => ({ cell, first: at[before]!, second }));
  });

const idAt = (plan: LaunchPlan, cell: number, at: number): string =>
  `${plan.cells[cell]!.name}.${plan.cells[cell]!.launches[at]!.id}`;

/** The communicator of a transfer. */
const communicator = (plan: LaunchPlan, { exchange, phase }: TransferLaunch): string => {
  const found = plan.exchanges.find(({ name }) => name === exchange)!;
  return found.phases.find(({ name }) => name === phase)!.group ?? found.group;
};

export const rankKinds: readonly MutantKind[] = [
  {
    name: "half of the ranks issue two transfers the other way round",
    mutants: (plan) =>
      transferPairs(plan)
        .filter(({ cell, first, second }) => {
          const [one, other] = [plan.cells[cell]!.launches[first]!, plan.cells[cell]!.launches[second]!];
          return (
            one.kind === "transfer" &&
            other.kind === "transfer" &&
            communicator(plan, one) === communicator(plan, other)
          );
        })
        .map(({ cell, first, second }) => ({
          place: `${idAt(plan, cell, first)}, ${idAt(plan, cell, second)}`,
          apply: (mutant) => apart(mutant, (cells) => swap(cells[cell]!.launches, first, second)),
        })),
  },
  {
    name: "half of the ranks leave out a transfer",
    mutants: (plan) =>
      plan.cells.flatMap(({ launches }, cell) =>
        launches.flatMap((launch, at) =>
          launch.kind !== "transfer"
            ? []
            : {
                place: idAt(plan, cell, at),
                apply: (mutant: LaunchPlan) =>
                  apart(mutant, (cells) => void cells[cell]!.launches.splice(at, 1)),
              },
        ),
      ),
  },
  {
    name: "half of the ranks run a transfer of another micro-batch first",
    mutants: (plan) =>
      plan.cells.flatMap(({ launches, micro_batches: batches }, cell) =>
        launches.flatMap((launch, at) =>
          launch.kind !== "transfer" || batches < 2
            ? []
            : {
                place: idAt(plan, cell, at),
                apply: (mutant: LaunchPlan) =>
                  apart(mutant, (cells) => {
                    for (const each of cells[cell]!.launches)
                      each.micro_batch = (each.micro_batch + 1) % batches;
                  }),
              },
        ),
      ),
  },
  {
    name: "half of the ranks wait for a transfer of theirs before another",
    mutants: (plan) =>
      transferPairs(plan).map(({ cell, first, second }) => ({
        place: `${idAt(plan, cell, first)}, ${idAt(plan, cell, second)}`,
        // The later one first, and the other behind it by an event: across communicators a cycle, if the rest do it the other way.
        apply: (mutant) => {
          chain(mutant.cells[cell]!, first, second);
          apart(mutant, (cells) => {
            const { launches } = cells[cell]!;
            launches[second]!.waits = launches[second]!.waits.filter((each) => each !== "chained");
            const one = launches[first]!;
            if (one.kind === "transfer") one.records = one.records.filter((each) => each !== "chained");
            move(launches, second, first);
            chain(cells[cell]!, first, first + 1);
          });
        },
      })),
  },
  {
    name: "half of the ranks make a layer less",
    mutants: (plan) =>
      plan.roles[0]!.timeline.flatMap(({ cell, layer, repeat }, at) =>
        repeat < 2
          ? []
          : {
              place: `${cell} ${layer}`,
              apply: (mutant: LaunchPlan) =>
                apart(mutant, (_, role) => {
                  role.timeline[at]!.repeat--;
                }),
            },
      ),
  },
  {
    name: "a rank of no role, or of two",
    mutants: (plan) =>
      plan.roles.flatMap(({ name }, at) => [
        { place: `${name}: none`, apply: ({ roles }: LaunchPlan) => void roles[at]!.ranks.pop() },
        {
          place: `${name}: two`,
          apply: ({ roles }: LaunchPlan) =>
            void roles.push({ ...roles[at]!, name: "other", ranks: [roles[at]!.ranks[0]!] }),
        },
      ]),
  },
  {
    name: "a communicator without an instance",
    mutants: (plan) =>
      ofNamed(
        plan,
        ({ groups }) => groups,
        () => [{ apply: (group) => void group.instances.pop() }],
      ),
  },
  {
    name: "two ranks of a communicator exchanged",
    mutants: (plan) =>
      ofNamed(
        plan,
        ({ groups }) => groups,
        ({ size, name }) =>
          Array.from({ length: size - 1 }, (_, at) => ({
            what: String(at),
            apply: (group) => swap(group.instances[0]!, at, at + 1),
            harmless: () =>
              plan.groups.length === 1
                ? `\`${name}\` is the only communicator: ranks are numbered in another way, which slots, steps and tables all follow`
                : undefined,
          })),
      ),
  },
  {
    name: "SMs that NCCL does not take, or that leave none",
    breaks: "limits",
    mutants: (plan) =>
      ofNamed(
        plan,
        ({ groups }) => groups,
        (): readonly Damage<Group>[] =>
          [3, 128].map((sms) => ({
            what: String(sms),
            apply: (group) => {
              group.sms = sms;
            },
          })),
      ),
  },
  {
    name: "more ranks than GPUs",
    breaks: "limits",
    mutants: () => [
      {
        place: "machine",
        apply: ({ machine, world }) => {
          machine.gpus = world - 1;
          machine.tiers.forEach((tier, at) => (tier.joins = at === 0 ? machine.gpus : 1));
        },
      },
    ],
  },
  {
    name: "a phase on a communicator of its own",
    mutants: (plan) => ofCommunicators(plan, () => "its own"),
  },
  {
    name: "a phase on another communicator",
    mutants: (plan) =>
      plan.groups.length < 2
        ? []
        : ofCommunicators(plan, (usual) => plan.groups.find(({ name }) => name !== usual)!.name),
  },
];

/** An event between two transfers of a cell. */
function chain({ launches }: Cell, earlier: number, later: number): void {
  const [one, other] = [launches[earlier]!, launches[later]!];
  if (one.kind === "transfer") one.records.push("chained");
  other.waits.push("chained");
}

/** Each phase on another communicator, of the same ranks; a new one where there is none of that name. */
function ofCommunicators(plan: LaunchPlan, otherThan: (usual: string) => string): readonly Mutant[] {
  return plan.exchanges.flatMap((exchange, which) =>
    exchange.phases.map((phase, at) => ({
      place: `${exchange.name}.${phase.name}`,
      apply: (mutant: LaunchPlan) => {
        const usual = mutant.groups.find(({ name }) => name === (phase.group ?? exchange.group))!;
        const other = otherThan(usual.name);
        mutant.exchanges[which]!.phases[at]!.group = other;
        if (!mutant.groups.some(({ name }) => name === other))
          mutant.groups.push({ ...structuredClone(usual), name: other });
      },
    })),
  );
}
