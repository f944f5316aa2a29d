// Adds events where two launches on different streams touch the same buffer and nothing yet orders them, within a cell and
// across cells. Every event has one recorder and one waiter, and no wait is added that others already imply.
import { slotsOf } from "../../plan/chunks.js";
import { isOnHost } from "../../plan/expand.js";
import type { Cell, Launch, TimelineEntry } from "../../plan/types.gen.js";
import { PlaceAccesses } from "./accesses.js";
import { HappensBefore, streamOf, type Issued } from "./happens-before.js";

/** Instances of a buffer alternate with a period of two layers at most, so four layers of a run show every kind of neighbour. */
const LAYERS_THAT_SHOW_ALL = 4;

/** The host issue order with long runs of equal layers cut short. */
export function representative(cells: readonly Cell[], timeline: readonly TimelineEntry[]): Issued[] {
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  return timeline.flatMap(({ cell, layer, repeat }) =>
    Array.from({ length: Math.min(repeat, LAYERS_THAT_SHOW_ALL) }, (_, offset) =>
      (byName.get(cell)?.launches ?? []).map((launch) => ({
        cell,
        layer: layer + offset + (launch.layer_offset ?? 0),
        launch,
      })),
    ).flat(),
  );
}

/** Name of a place that launches touch; two accesses conflict when they name the same place and one writes. */
export type PlaceOf = (access: Launch["operands"][number], layer: number) => string;

/** Cells with the events that their launches need. */
export function synchronise(
  cells: readonly Cell[],
  timeline: readonly TimelineEntry[],
  placeOf: PlaceOf,
): Cell[] {
  let current = [...cells];
  // Each round adds the events that one walk finds missing; later rounds see them in earlier instances too.
  for (;;) {
    const missing = missingEvents(representative(current, timeline), placeOf);
    if (missing.length === 0) return current;
    current = current.map((cell) => withEvents(cell, missing));
  }
}

interface Edge {
  readonly from: Issued;
  readonly to: Issued;
}

const eventName = ({ from, to }: Edge): string =>
  `${from.cell}.${from.launch.id} > ${to.cell}.${to.launch.id}`;

function missingEvents(sequence: readonly Issued[], placeOf: PlaceOf): Edge[] {
  const order = new HappensBefore();
  const accesses = new PlaceAccesses();
  const missing = new Map<string, Edge>();
  sequence.forEach((issued, index) => {
    order.issue(issued.launch);
    // Where they act, the host waits for everything; where they do not, they touch nothing.
    if (issued.launch.kind === "rounds") return;
    const { layer, launch } = issued;
    const before = launch.operands.flatMap((operand) =>
      accesses.touch(placeOf(operand, layer), {
        index,
        layer,
        slots: slotsOf(launch),
        writes: operand.access !== "read",
      }),
    );
    // The latest first: what it already waits for need not be waited for again.
    for (const earlier of [...new Set(before)].sort((a, b) => b - a)) {
      if (order.ordered(earlier, index)) continue;
      const from = sequence[earlier];
      if (from === undefined || streamOf(from.launch) === "host") continue;
      missing.set(eventName({ from, to: issued }), { from, to: issued });
      order.order(earlier, index);
    }
  });
  return [...missing.values()];
}

function withEvents(cell: Cell, edges: readonly Edge[]): Cell {
  const launches = cell.launches.map((launch): Launch => {
    const waits = edges
      .filter(({ to }) => to.cell === cell.name && to.launch.id === launch.id)
      .map(eventName);
    const records = edges
      .filter(({ from }) => from.cell === cell.name && from.launch.id === launch.id)
      .map(eventName);
    const allWaits = [...new Set([...launch.waits, ...waits])];
    if (isOnHost(launch)) return { ...launch, waits: allWaits };
    return { ...launch, waits: allWaits, records: [...new Set([...launch.records, ...records])] };
  });
  return { ...cell, launches };
}
