// The two orders of received rows; the same as atom-order.wgsl for all rows at once.
import type { Params } from "./define.js";

export type AtomOrderParams = Params<"received" | "row_end" | "ranks" | "own_slots">;

/** For each row in order of (source, slot) its place in order of (slot, source). `received` holds counts [source][slot]. */
export function rowsBySlot(u32: Uint32Array, p: AtomOrderParams): number[] {
  const count = (source: number, slot: number) => u32[p.received + source * p.own_slots + slot]!;
  const begins = new Map<number, number>();
  let rows = 0;
  for (let slot = 0; slot < p.own_slots; slot++)
    for (let source = 0; source < p.ranks; source++) {
      begins.set(source * p.own_slots + slot, rows);
      rows += count(source, slot);
    }
  const places: number[] = [];
  for (let source = 0; source < p.ranks; source++)
    for (let slot = 0; slot < p.own_slots; slot++)
      // No further than the launch's rows: counts that nobody has written are huge.
      for (let i = 0; i < count(source, slot) && places.length < p.row_end; i++)
        places.push(begins.get(source * p.own_slots + slot)! + i);
  return places;
}
