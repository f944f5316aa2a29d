// Whether a schedule that pins the number of chunks of an exchange can have it: chunks divide the expert slots of a GPU, and
// only exchanges that go straight to the experts are cut.
import type { Context } from "../context.js";
import type { ScheduleSpec } from "../program.js";
import type { Gate } from "./environment.js";
import { slotCount } from "./slots.js";

/** Expert slots of the GPU with the most, for a gate. */
function slotsOfGpu(placement: ScheduleSpec["placement"], ep: number, experts: number): number {
  const { slots, excluded } = placement.constraints?.gpus ?? {};
  const even = Math.ceil(slotCount(placement, ep, experts) / Math.max(1, ep - new Set(excluded).size));
  return Math.max(even, ...(slots ?? []));
}

/** Reports a pin that cannot be met. */
export function checkChunks(
  {
    overlap,
    exchange,
    placement,
    parallel,
  }: Pick<ScheduleSpec, "overlap" | "exchange" | "placement" | "parallel">,
  gates: readonly Gate[],
  context: Context,
): void {
  const { chunks } = overlap;
  if (chunks.kind !== "pinned" || chunks.value === 1) return;
  const most = Math.max(1, ...gates.map(({ experts }) => slotsOfGpu(placement, parallel.ep, experts)));
  const { algorithm, tokens } = exchange;
  const uncut =
    algorithm.kind === "pinned" && (algorithm.value === "node_aware" || algorithm.value === "gather")
      ? `1 where the exchange is ${algorithm.value}`
      : tokens.overflow === "rounds"
        ? "1 where an overflow goes on in rounds"
        : undefined;
  const range = uncut ?? (chunks.value > most ? `from 1 to ${most}, the expert slots of a GPU` : undefined);
  // Without gates there is an error in the model, or nothing to exchange.
  if (range === undefined || gates.length === 0) return;
  context.diagnostics.report("out-of-range", chunks.span, {
    what: '"chunks"',
    value: chunks.value,
    range,
    advice: `The nearest legal value is ${uncut === undefined ? most : 1}.`,
  });
}
