// Damage to which cells run for which layers and micro-batches.
import type { LaunchPlan, TimelineEntry } from "../../../src/plan/index.js";
import { mutantsOf, swap, type Damage, type MutantKind } from "./mutant.js";

interface InTimeline {
  readonly entry: TimelineEntry;
  readonly timeline: TimelineEntry[];
  readonly at: number;
}

const ofEntries = (plan: LaunchPlan, damages: (found: InTimeline) => Iterable<Damage<InTimeline>>) =>
  mutantsOf(
    plan.roles[0]!.timeline.map((entry, at) => ({
      name: `${entry.cell} ${entry.layer}`,
      find: (mutant: LaunchPlan): InTimeline => {
        const { timeline } = mutant.roles[0]!;
        return { entry: timeline[at]!, timeline, at };
      },
    })),
    plan,
    damages,
  );

export const timelineKinds: readonly MutantKind[] = [
  {
    name: "a timeline entry dropped",
    mutants: (plan) =>
      ofEntries(plan, ({ at }) => [{ apply: ({ timeline }) => void timeline.splice(at, 1) }]),
  },
  {
    name: "a timeline entry doubled",
    mutants: (plan) =>
      ofEntries(plan, ({ at }) => [
        { apply: ({ timeline, entry }) => void timeline.splice(at, 0, { ...entry }) },
      ]),
  },
  {
    name: "a layer of a timeline entry made again",
    mutants: (plan) =>
      ofEntries(plan, ({ at }) => [
        { apply: ({ timeline, entry }) => void timeline.splice(at + 1, 0, { ...entry, repeat: 1 }) },
      ]),
  },
  {
    name: "timeline entries swapped",
    mutants: (plan) =>
      ofEntries(plan, ({ at, timeline: all }) =>
        all.slice(at + 1).map((_, behind) => ({
          what: `with ${at + 1 + behind}`,
          apply: ({ timeline }) => swap(timeline, at, at + 1 + behind),
        })),
      ),
  },
  {
    name: "a timeline entry of one layer less",
    mutants: (plan) =>
      ofEntries(plan, ({ entry: { repeat } }) =>
        repeat < 2
          ? []
          : [
              {
                what: "the last",
                apply: ({ entry }) => {
                  entry.repeat--;
                },
              },
              {
                what: "the first",
                apply: ({ entry }) => {
                  entry.repeat--;
                  entry.layer++;
                },
              },
            ],
      ),
  },
  {
    name: "a timeline entry of one layer more",
    mutants: (plan) =>
      ofEntries(plan, () => [
        {
          apply: ({ entry }) => {
            entry.repeat++;
          },
        },
      ]),
  },
  {
    name: "a timeline entry one layer later",
    mutants: (plan) =>
      ofEntries(plan, () => [
        {
          apply: ({ entry }) => {
            entry.layer++;
          },
        },
      ]),
  },
  {
    name: "another cell in a timeline entry",
    mutants: (plan) =>
      ofEntries(plan, ({ entry: { cell } }) =>
        plan.cells
          .filter(({ name }) => name !== cell)
          .map(({ name }) => ({
            what: name,
            apply: ({ entry }) => {
              entry.cell = name;
            },
          })),
      ),
  },
  {
    name: "a timeline entry from another micro-batch on",
    mutants: (plan) =>
      ofEntries(plan, () => [
        {
          apply: ({ entry }) => {
            entry.micro_batch++;
          },
        },
      ]),
  },
];
