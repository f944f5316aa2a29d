// The overlap pass: the launches of a cell in host issue order.
import type { Cell, Launch } from "../../plan/types.gen.js";
import { withCostless, withoutCostless } from "./costless.js";
import { dependencies, type DependencySettings } from "./dependencies.js";
import { streamOf } from "./happens-before.js";
import { bestSchedule } from "./list-schedule.js";

/** Predicted time of a launch, in microseconds. */
export type Estimate = (launch: Launch) => number;

export interface CellDraft {
  readonly name: string;
  readonly block: string;
  readonly microBatches: number;
  /** Launches of all its micro-batches, each micro-batch in an order in which values are made before use. */
  readonly launches: readonly Launch[];
}

/** Orders the launches of a cell so that transfers of one micro-batch run beside another's compute. */
export function scheduleCell(draft: CellDraft, estimate: Estimate, settings: DependencySettings): Cell {
  const { launches } = draft;
  const after = dependencies(launches, settings);
  const costly = withoutCostless(launches, after);
  const { order } = bestSchedule(
    costly.kept.flatMap((index, position) => {
      const launch = launches[index];
      if (launch === undefined) return [];
      return {
        resource: streamOf(launch),
        duration_us: estimate(launch),
        after: costly.after[position] ?? [],
        thread: launch.micro_batch,
        blocksHost: launch.kind === "read_counts",
      };
    }),
  );
  const issued = order.flatMap((position) => costly.kept[position] ?? []);
  return {
    name: draft.name,
    block: draft.block,
    micro_batches: draft.microBatches,
    launches: withCostless(issued, launches, after).flatMap((index) => launches[index] ?? []),
  };
}
