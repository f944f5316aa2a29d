// Which set of weights a row of a lifted node uses; the same as segments.wgsl.
import type { Params } from "./define.js";

export type SegmentParams = Params<"segments" | "ranks" | "own_slots">;

/** Slot of a row, where rows are sorted by slot and `segments` holds counts [source][slot]; 0 where there is one set of weights. */
export function weightSet(u32: Uint32Array, p: SegmentParams, row: number): number {
  let end = 0;
  for (let slot = 0; slot + 1 < p.own_slots; slot++) {
    for (let source = 0; source < p.ranks; source++) end += u32[p.segments + source * p.own_slots + slot]!;
    if (row < end) return slot;
  }
  return Math.max(p.own_slots, 1) - 1;
}
