// Overlap across neighbouring layers: the end of the last micro-batch's layer, from its last return transfer on, moves into
// the cell of the next layer, where the first micro-batch has compute to hide it behind.
import type { Launch } from "../../plan/types.gen.js";

export interface SplitLayer {
  /** Launches that stay with their layer. */
  readonly head: readonly Launch[];
  /** Launches that run with the next layer, marked with their layer offset; empty where nothing is to be gained. */
  readonly tail: readonly Launch[];
}

/**
 * Splits a layer's launches. `after` gives, for each launch, the launches it depends on. The tail is the last micro-batch's last
 * transfer with everything that depends on it.
 */
export function splitLayer(launches: readonly Launch[], after: readonly (readonly number[])[]): SplitLayer {
  const lastBatch = Math.max(...launches.map((each) => each.micro_batch));
  const first = launches.findLastIndex((each) => each.kind === "transfer" && each.micro_batch === lastBatch);
  if (first < 0) return { head: launches, tail: [] };
  const inTail = new Set([first]);
  after.forEach((needs, index) => {
    if (needs.some((each) => inTail.has(each))) inTail.add(index);
  });
  return {
    head: launches.filter((_, index) => !inTail.has(index)),
    tail: launches
      .filter((_, index) => inTail.has(index))
      .map((each): Launch => ({ ...each, layer_offset: -1 })),
  };
}
