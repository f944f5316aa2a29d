// Loads and choices of slots, where a recorder counts replicas apart: what belongs to the experts that live in them.
import { counted, Unreadable, within } from "./fault.js";
import { listAt, wholeAt } from "./numbers.js";
import { MOST_EXPERTS } from "./tally.js";

const HINT = "Write physical_to_logical_map[layer][slot], the expert that lives in each slot.";

export interface SlotMap {
  /** [layer][slot] its expert, -1 where the slot is not in use. */
  readonly expertOfSlot: readonly (readonly number[])[];
  readonly experts: number;
}

/** Reads a map [layer][slot], all layers with the same number of slots. */
export function slotMapAt(value: unknown, place: string): SlotMap {
  const rows = listAt(value, place, "a list with the slots of each layer", HINT);
  const expertOfSlot = rows.map((row, layer) => {
    const where = within(place, `layer ${String(layer)}`);
    return listAt(row, where, "a list with the expert of each slot", HINT).map((expert, slot) =>
      wholeAt(expert, within(where, `slot ${String(slot)}`), -1, MOST_EXPERTS - 1, HINT),
    );
  });
  const slots = expertOfSlot[0]!.length;
  const ragged = expertOfSlot.findIndex((row) => row.length !== slots);
  if (ragged >= 0)
    throw new Unreadable(
      within(place, `layer ${String(ragged)}`),
      `it has ${counted(expertOfSlot[ragged]!.length, "slot")}, and layer 0 has ${String(slots)}`,
      HINT,
    );
  const experts =
    1 + expertOfSlot.reduce((most, row) => row.reduce((all, each) => Math.max(all, each), most), -1);
  if (experts === 0) throw new Unreadable(place, "no slot has an expert", HINT);
  return { expertOfSlot, experts };
}

/** Loads of the experts of a layer: the sums over their slots. */
export function loadsOfSlots(
  loads: readonly number[],
  { expertOfSlot, experts }: SlotMap,
  layer: number,
  place: string,
): readonly number[] {
  const map = slotsOfLayer(expertOfSlot, layer, place);
  if (map.length !== loads.length)
    throw new Unreadable(
      place,
      `it has ${counted(loads.length, "load")}, and the map from slots to experts has ${counted(map.length, "slot")}`,
      HINT,
    );
  const sums = new Array<number>(experts).fill(0);
  loads.forEach((load, slot) => {
    const expert = map[slot]!;
    if (expert >= 0) sums[expert] = sums[expert]! + load;
    else if (load > 0)
      throw new Unreadable(
        within(place, `slot ${String(slot)}`),
        "it has a load, but no expert lives there",
        HINT,
      );
  });
  return sums;
}

/** The slots of a layer, of a map that may lack it. */
export function slotsOfLayer(
  expertOfSlot: readonly (readonly number[])[],
  layer: number,
  place: string,
): readonly number[] {
  const map = expertOfSlot[layer];
  if (map === undefined)
    throw new Unreadable(
      place,
      `the map from slots to experts has only ${counted(expertOfSlot.length, "layer")}`,
      HINT,
    );
  return map;
}
