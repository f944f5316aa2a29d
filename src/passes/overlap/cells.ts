// The overlap pass: the launches of a cell in host issue order.
import type { Cell, Launch } from "../../plan/types.gen.js";
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
  const after = dependencies(draft.launches, settings);
  const { order } = bestSchedule(
    draft.launches.map((launch, index) => ({
      resource: streamOf(launch),
      duration_us: estimate(launch),
      after: after[index] ?? [],
      thread: launch.micro_batch,
      blocksHost: launch.kind === "read_counts",
    })),
  );
  return {
    name: draft.name,
    block: draft.block,
    micro_batches: draft.microBatches,
    launches: order.flatMap((index) => draft.launches[index] ?? []),
  };
}
