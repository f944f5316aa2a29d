// The two orders of received rows; the same as atom-order.wgsl for all rows at once.
import type { Params } from "./define.js";

export type AtomOrderParams = Params<"received" | "row_end" | "ranks" | "own_slots" | "stride" | "first">;

/**
 * For each row in order of (slot, source) its place in order of (source, slot). `received` holds counts: those of a source
 * `stride` words behind those of the one before, this rank's slots from word `first` on.
 */
export function rowsBySource(u32: Uint32Array, p: AtomOrderParams): number[] {
  const counts = Uint32Array.from({ length: p.ranks * p.own_slots }, (_, atom) => {
    const source = Math.floor(atom / p.own_slots);
    return u32[p.received + source * p.stride + p.first + (atom % p.own_slots)]!;
  });
  const begins = new Float64Array(counts.length);
  let rows = 0;
  counts.forEach((count, atom) => {
    begins[atom] = rows;
    rows += count;
  });
  const places: number[] = [];
  for (let slot = 0; slot < p.own_slots; slot++)
    for (let atom = slot; atom < counts.length; atom += p.own_slots)
      // No further than the launch's rows: counts that nobody has written are huge.
      for (let i = 0; i < counts[atom]! && places.length < p.row_end; i++) places.push(begins[atom]! + i);
  return places;
}
