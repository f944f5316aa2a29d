// From a placement made anew back to the one that is there: again and again the expert that is missed least goes back to where it was.
// Read from its end, that is a way to the new placement on which every stretch gains much for what it moves.
import type { LayerState } from "./layer-state.js";

/** Slots that are priced anew before one goes back: prices change little from step to step. */
const PRICED = 4;

/**
 * `state` is at the new placement. Calls `visit` with what is left of it after each step, until nothing is or experts that have one
 * replica each wait for each other.
 */
export function retreat(state: LayerState, present: ArrayLike<number>, visit: () => void): void {
  let pending = [...state.expertOf.keys()]
    .filter((slot) => state.expertOf[slot] !== present[slot])
    .map((slot) => ({ slot, costUs: 0 }));
  const canReturn = (slot: number): boolean =>
    state.isSpare(slot) && !state.holds(state.gpuOf[slot]!, present[slot]!);
  for (let count = pending.length; pending.length > 0; count = PRICED) {
    const priced = pending.filter(({ slot }) => canReturn(slot)).slice(0, count);
    if (priced.length === 0) return;
    for (const each of priced) each.costUs = state.costOfPut(each.slot, present[each.slot]!) - state.costUs;
    const best = priced.reduce((least, each) => (each.costUs < least.costUs ? each : least));
    state.put(best.slot, present[best.slot]!);
    visit();
    pending = pending.filter((each) => each !== best).sort((a, b) => a.costUs - b.costUs);
  }
}
