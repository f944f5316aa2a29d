// Parts of an expert's rows as turns of a round: whole numbers, so that the hottest of its GPUs gets hotter by as little as possible.
import type { LayerState } from "./layer-state.js";

/** The longest round. */
const MOST_TURNS = 32;

/** [slot] turns that come near to the parts of the state's placement. */
export function roundedTurns(state: LayerState): number[] {
  const turns = new Array<number>(state.expertOf.length).fill(1);
  const loads = state.loads.slice();
  state.slotsOf.forEach((slots, expert) => {
    if (slots.length < 2) return;
    for (const slot of slots) loads[state.gpuOf[slot]!]! -= state.parts[slot]!;
    const round = bestRound(state, slots, state.shares[expert]!, loads);
    const length = round.reduce((sum, each) => sum + each, 0);
    slots.forEach((slot, place) => {
      turns[slot] = round[place]!;
      loads[state.gpuOf[slot]!]! += (state.shares[expert]! * round[place]!) / length;
    });
  });
  return turns;
}

/** Turns of one expert's slots over what their GPUs have besides; of equally good rounds the shortest. */
function bestRound(
  { parts, weights, gpuOf }: LayerState,
  slots: readonly number[],
  share: number,
  loads: Float64Array,
): number[] {
  if (share === 0) return slots.map(() => 1);
  const level = (slot: number, part: number): number =>
    weights[gpuOf[slot]!]! * (loads[gpuOf[slot]!]! + part);
  let best = slots.map(() => 1);
  let bestLevel = Infinity;
  for (let length = slots.length; length <= Math.max(MOST_TURNS, slots.length); length++) {
    const turns = slots.map((slot) => Math.max(1, Math.floor((parts[slot]! / share) * length + 1e-9)));
    let left = length - turns.reduce((sum, each) => sum + each, 0);
    const at = (place: number, more: number): number =>
      level(slots[place]!, (share * (turns[place]! + more)) / length);
    for (; left > 0; left--) {
      let coolest = 0;
      for (let place = 1; place < slots.length; place++) if (at(place, 1) < at(coolest, 1)) coolest = place;
      turns[coolest]!++;
    }
    if (left < 0) continue;
    let most = 0;
    for (let place = 0; place < slots.length; place++) most = Math.max(most, at(place, 0));
    if (most < bestLevel * (1 - 1e-9)) [best, bestLevel] = [turns, most];
  }
  return best;
}
