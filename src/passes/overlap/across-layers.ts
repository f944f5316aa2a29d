// Overlap across neighbouring layers: the end of the last micro-batch's layer moves into the cell of the next layer, where the
// first micro-batch has compute to hide it behind.
import type { Launch } from "../../plan/types.gen.js";
import type { TailStart } from "../candidate.js";

export interface SplitLayer {
  /** Launches that stay with their layer. */
  readonly head: readonly Launch[];
  /** Launches that run with the next layer, marked with their layer offset; empty where nothing is to be gained. */
  readonly tail: readonly Launch[];
}

/** Splits a layer's launches. `after` gives, for each launch, the launches it depends on. */
export function splitLayer(
  launches: readonly Launch[],
  after: readonly (readonly number[])[],
  start: TailStart,
): SplitLayer {
  const first = firstOfTail(launches, start);
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

/** The launch of the last micro-batch with which, and with all that depends on it, the tail begins; -1 where there is none. */
function firstOfTail(launches: readonly Launch[], start: TailStart): number {
  const lastBatch = Math.max(...launches.map((each) => each.micro_batch));
  const transfers = launches.flatMap((each, index) =>
    each.kind === "transfer" && each.micro_batch === lastBatch ? [{ node: each.node, index }] : [],
  );
  const last = transfers.at(-1);
  if (last === undefined) return -1;
  switch (start) {
    case "return":
      return last.index;
    case "combine":
      return transfers.find(({ node }) => node === last.node)?.index ?? -1;
    case "dispatch": {
      // The host reads the numbers of rows in the next layer's cell, so that it can issue the first micro-batch's work before.
      const read = launches.findLastIndex(
        (each) => each.kind === "read_counts" && each.micro_batch === lastBatch,
      );
      return read >= 0 ? read : (transfers.findLast(({ node }) => node !== last.node)?.index ?? -1);
    }
    default:
      return start satisfies never;
  }
}
