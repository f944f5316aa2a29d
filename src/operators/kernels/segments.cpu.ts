// Which set of weights a row of a lifted node uses; the same as segments.wgsl.
import type { Params } from "./define.js";

export type SegmentParams = Params<"segments" | "ranks" | "own_slots" | "stride" | "first">;

/**
 * Gives the slot of a row, where rows are sorted by slot; 0 where there is one set of weights. `segments` holds counts:
 * those of a source `stride` words behind those of the one before, this rank's slots from word `first` on.
 */
export function weightSets(u32: Uint32Array, p: SegmentParams): (row: number) => number {
  const ends: number[] = [];
  for (let slot = 0; slot + 1 < p.own_slots; slot++) {
    let end = ends[slot - 1] ?? 0;
    for (let source = 0; source < p.ranks; source++)
      end += u32[p.segments + source * p.stride + p.first + slot]!;
    ends.push(end);
  }
  return (row) => {
    let slot = 0;
    while (slot < ends.length && row >= ends[slot]!) slot++;
    return slot;
  };
}
