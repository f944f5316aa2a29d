// The overlap pass: the launches of a cell in host issue order.
import { slotsOf } from "../../plan/chunks.js";
import type { Cell, Launch } from "../../plan/types.gen.js";
import { withCostless, withoutCostless } from "./costless.js";
import { dependencies, dependenciesOnPrevious, type DependencySettings } from "./dependencies.js";
import { streamOf } from "./happens-before.js";
import { improveOrder } from "./improve-order.js";
import { listSchedule, rules } from "./list-schedule.js";
import { periodOf, type Period, type RepeatedTask } from "./steady-state.js";

/** Times that differ by less than this are equal. */
const RELATIVE_TIE = 1e-9;

/** Predicted time of a launch, in microseconds. */
export type Estimate = (launch: Launch) => number;

export interface CellDraft {
  readonly name: string;
  readonly block: string;
  readonly microBatches: number;
  /** Launches of all its micro-batches, each micro-batch in an order in which values are made before use. */
  readonly launches: readonly Launch[];
  /** Whether it repeats over equal layers. */
  readonly repeats: boolean;
}

/** Orders the launches of a cell so that transfers of one micro-batch run beside another's compute. */
export function scheduleCell(draft: CellDraft, estimate: Estimate, settings: DependencySettings): Cell {
  const { launches } = draft;
  const after = dependencies(launches, settings);
  const previous = draft.repeats ? dependenciesOnPrevious(launches, settings) : [];
  const costly = withoutCostless(launches, after);
  const tasks = costly.kept.flatMap((index, position): RepeatedTask[] => {
    const launch = launches[index];
    if (launch === undefined) return [];
    return [
      {
        resource: streamOf(launch),
        duration_us: estimate(launch),
        after: costly.after[position] ?? [],
        afterPrevious: (previous[index] ?? []).flatMap((each) => {
          const at = costly.kept.indexOf(each);
          return at < 0 ? [] : [at];
        }),
        thread: threadOf(launch),
        blocksHost: launch.kind === "read_counts",
      },
    ];
  });
  const order = bestOrder(tasks, periodOf(tasks, draft.repeats));
  const issued = order.flatMap((position) => costly.kept[position] ?? []);
  return {
    name: draft.name,
    block: draft.block,
    micro_batches: draft.microBatches,
    launches: withCostless(issued, launches, after).flatMap((index) => launches[index] ?? []),
  };
}

/** More than the slots of a rank. */
const MOST_SLOTS = 1 << 16;

/** What a stream stays with: a micro-batch, and in it one chunk after the other. */
const threadOf = (launch: Launch): number => launch.micro_batch * MOST_SLOTS + (slotsOf(launch)?.first ?? 0);

/**
 * The best order that list scheduling and moves from there give, by the time of a repetition; the first among equals. None
 * is better than one in which the busiest stream never waits.
 */
function bestOrder(tasks: readonly RepeatedTask[], period: Period): readonly number[] {
  const least = busiest(tasks) * (1 + RELATIVE_TIE);
  let best: { readonly order: readonly number[]; readonly time: number } | undefined;
  for (const rule of rules) {
    const order = improveOrder(tasks, listSchedule(tasks, rule).order, period, least);
    const time = period(order);
    if (best === undefined || time < best.time) best = { order, time };
    if (best.time <= least) break;
  }
  return best?.order ?? [];
}

/** Time in which the busiest stream works, in microseconds. */
function busiest(tasks: readonly RepeatedTask[]): number {
  const busy = new Map<string, number>();
  for (const { resource, duration_us: time } of tasks) busy.set(resource, (busy.get(resource) ?? 0) + time);
  return Math.max(0, ...busy.values());
}
