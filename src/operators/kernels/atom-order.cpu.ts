// The two orders of received rows; the same as atom-order.wgsl for all rows at once.
import type { Params } from "./define.js";

export type AtomOrderParams = Params<"received" | "row_end" | "ranks" | "own_slots">;

/** For each row in order of (source, slot) its place in order of (slot, source). `received` holds counts [source][slot]. */
export function rowsBySlot(u32: Uint32Array, p: AtomOrderParams): number[] {
  const counts = u32.subarray(p.received, p.received + p.ranks * p.own_slots);
  const begins = new Float64Array(counts.length);
  let rows = 0;
  for (let slot = 0; slot < p.own_slots; slot++)
    for (let atom = slot; atom < counts.length; atom += p.own_slots) {
      begins[atom] = rows;
      rows += counts[atom]!;
    }
  const places: number[] = [];
  counts.forEach((count, atom) => {
    // No further than the launch's rows: counts that nobody has written are huge.
    for (let i = 0; i < count && places.length < p.row_end; i++) places.push(begins[atom]! + i);
  });
  return places;
}
