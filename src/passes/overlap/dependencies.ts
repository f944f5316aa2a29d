// Which launches of a cell must follow which: through the buffers they touch, and through counts that the host must have read.
import { isRunTimeCount, slotsOf } from "../../plan/chunks.js";
import { namesIn } from "../../plan/expression.js";
import type { Launch } from "../../plan/types.gen.js";
import { PlaceAccesses } from "./accesses.js";
import type { PlaceOf } from "./synchronise.js";

export interface DependencySettings {
  /** Whether a launch transfers rows, whose number the host must know. */
  readonly carriesRows: (launch: Launch) => boolean;
  /** Names the place that an operand of a launch of a layer touches. */
  readonly placeOf: PlaceOf;
}

/** Any layer whose predecessor exists: which instances two launches share depends on the difference of their layers alone. */
const SAMPLE_LAYER = 1000;

/** For each launch, the indices of those it depends on. Launches stand in an order in which values are made before use. */
export function dependencies(launches: readonly Launch[], settings: DependencySettings): number[][] {
  return dependenciesIn(
    launches.map((launch) => ({ launch, layer: SAMPLE_LAYER })),
    settings,
  );
}

/** The same for launches of a cell that repeats: of the repetition before. */
export function dependenciesOnPrevious(
  launches: readonly Launch[],
  settings: DependencySettings,
): number[][] {
  const twice = [SAMPLE_LAYER, SAMPLE_LAYER + 1].flatMap((layer) =>
    launches.map((launch) => ({ launch, layer })),
  );
  return dependenciesIn(twice, settings)
    .slice(launches.length)
    .map((needs) => needs.filter((each) => each < launches.length));
}

function dependenciesIn(
  sequence: readonly { readonly launch: Launch; readonly layer: number }[],
  { carriesRows, placeOf }: DependencySettings,
): number[][] {
  const accesses = new PlaceAccesses();
  const reads = new Map<string, number>();
  return sequence.map(({ launch, layer }, index) => {
    const needs = new Set<number>();
    for (const operand of launch.operands) {
      const own = layer + (launch.layer_offset ?? 0);
      const access = { index, layer: own, slots: slotsOf(launch), writes: operand.access !== "read" };
      for (const earlier of accesses.touch(placeOf(operand, own), access)) needs.add(earlier);
    }
    if (launch.kind === "read_counts") reads.set(countsKey(launch, layer), index);
    else if (needsCounts(launch, carriesRows)) {
      const read = reads.get(countsKey(launch, layer));
      if (read !== undefined) needs.add(read);
    }
    return [...needs].sort((a, b) => a - b);
  });
}

const countsKey = (
  { exchange = "", micro_batch: batch, layer_offset: offset = 0 }: Launch,
  layer: number,
): string => `${exchange}@${String(batch)} ${String(layer + offset)}`;

/** Whether the host must know run-time counts to issue a launch: sizes of messages, numbers of rows. */
function needsCounts(launch: Launch, carriesRows: (launch: Launch) => boolean): boolean {
  switch (launch.kind) {
    case "compute":
      return [...namesIn(launch.rows.begin.expr), ...namesIn(launch.rows.end.expr)].some(isRunTimeCount);
    case "transfer":
      return carriesRows(launch);
    case "read_counts":
    case "rounds":
      return false;
    default:
      return launch satisfies never;
  }
}
