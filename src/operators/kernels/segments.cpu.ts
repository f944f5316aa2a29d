// Which set of weights a row of a lifted node uses; the same as segments.wgsl.
import type { Params } from "./define.js";

export type SegmentParams = Params<"segments" | "ranks" | "own_slots">;

/**
 * Gives the slot of a row, where rows are sorted by slot and `segments` holds counts [source][slot]; 0 where there is one
 * set of weights.
 */
export function weightSets(u32: Uint32Array, p: SegmentParams): (row: number) => number {
  const ends: number[] = [];
  for (let slot = 0; slot + 1 < p.own_slots; slot++) {
    let end = ends[slot - 1] ?? 0;
    for (let source = 0; source < p.ranks; source++) end += u32[p.segments + source * p.own_slots + slot]!;
    ends.push(end);
  }
  return (row) => {
    let slot = 0;
    while (slot < ends.length && row >= ends[slot]!) slot++;
    return slot;
  };
}
