// From a placement downhill: again and again the change around the hottest GPU that lowers the cost most for each expert it moves.
import { FREE, type LayerState } from "./layer-state.js";
import type { Rules } from "./rules.js";

/** Swaps that are priced exactly, of those that look best by the loads alone. */
const SWAPS_TRIED = 12;
/** Less of the cost than this is noise. */
const LEAST_GAIN = 1e-7;
/** Changes in a row after which no placement was better than one before them. */
const MOST_STALLED = 8;

interface Change {
  readonly slot: number;
  /** The expert that comes, or the other slot of a swap. */
  readonly expert: number;
  readonly other: number;
  readonly moves: number;
  readonly gainUs: number;
}

/** Calls `visit` at every placement on the way, until about `mostMoves` are made: true, or nothing helps any more: false. */
export function descend(state: LayerState, rules: Rules, mostMoves: number, visit: () => void): boolean {
  let least = state.costUs;
  let stalled = 0;
  for (let moves = 0; moves < mostMoves;) {
    const best = bestChange(state, rules);
    if (best === undefined) return false;
    if (best.other >= 0) state.swap(best.slot, best.other);
    else state.put(best.slot, best.expert);
    // Dividing all rows anew levels the greatest loads, not their mean of high order: what looked better may not be, and without
    // an end to that it could go round in circles.
    stalled = state.costUs < least ? 0 : stalled + 1;
    if (stalled > MOST_STALLED) return false;
    least = Math.min(least, state.costUs);
    moves += best.moves;
    visit();
  }
  return true;
}

function bestChange(state: LayerState, rules: Rules): Change | undefined {
  const hot = hottest(state);
  const least = state.costUs * LEAST_GAIN;
  let best: Change | undefined;
  const isBetter = (gainUs: number, moves: number): boolean =>
    gainUs > least && (best === undefined || gainUs / moves > best.gainUs / best.moves);
  for (let slot = 0; slot < state.expertOf.length; slot++) {
    if (!yields(state, rules, slot)) continue;
    const gpu = state.gpuOf[slot]!;
    // Replicas of the hottest GPU's experts elsewhere, and other experts instead of its own.
    for (let expert = 0; expert < state.experts; expert++) {
      if (gpu !== hot && !state.holds(hot, expert)) continue;
      if (state.holds(gpu, expert) || !rules.allows(expert, gpu)) continue;
      const gainUs = state.costUs - state.costOfPut(slot, expert);
      if (isBetter(gainUs, 1)) best = { slot, expert, other: -1, moves: 1, gainUs };
    }
  }
  for (const { slot, other, moves } of swaps(state, rules, hot)) {
    const gainUs = state.costUs - state.costOfSwap(slot, other);
    if (isBetter(gainUs, moves)) best = { slot, expert: FREE, other, moves, gainUs };
  }
  return best;
}

function hottest(state: LayerState): number {
  let hot = 0;
  state.loads.forEach((_, gpu) => {
    if (state.levelOf(gpu) > state.levelOf(hot)) hot = gpu;
  });
  return hot;
}

/** Whether a slot may be overwritten. */
const yields = (state: LayerState, rules: Rules, slot: number): boolean =>
  state.isSpare(slot) && !rules.isPinned(state.expertOf[slot]!, state.gpuOf[slot]!);

/** Exchanges of an expert of the hottest GPU for one of another that has less to do. */
function swaps(
  state: LayerState,
  rules: Rules,
  hot: number,
): { readonly slot: number; readonly other: number; readonly moves: number }[] {
  const found: { slot: number; other: number; level: number }[] = [];
  const level = state.levelOf(hot);
  const spareOn = new Uint8Array(state.loads.length);
  state.expertOf.forEach((_, slot) => {
    if (state.isSpare(slot)) spareOn[state.gpuOf[slot]!] = 1;
  });
  if (!spareOn.includes(1)) return [];
  state.expertOf.forEach((expert, slot) => {
    if (state.gpuOf[slot] !== hot || expert === FREE || rules.isPinned(expert, hot)) return;
    state.expertOf.forEach((back, other) => {
      const gpu = state.gpuOf[other]!;
      if (gpu === hot || back === FREE || state.parts[other]! >= state.parts[slot]!) return;
      const less = state.parts[slot]! - state.parts[other]!;
      const after = Math.max(
        level - less * state.weights[hot]!,
        state.levelOf(gpu) + less * state.weights[gpu]!,
      );
      if (after >= level || state.holds(gpu, expert) || state.holds(hot, back)) return;
      if (!rules.allows(expert, gpu) || !rules.allows(back, hot) || rules.isPinned(back, gpu)) return;
      found.push({ slot, other, level: after });
    });
  });
  found.sort((a, b) => a.level - b.level);
  return found.slice(0, SWAPS_TRIED).map(({ slot, other }) => ({
    slot,
    other,
    moves: movesOfSwap(state, slot, other, spareOn),
  }));
}

/** Two where one of them has another replica; else one of either GPU makes way for a while, or one elsewhere. */
function movesOfSwap(state: LayerState, slot: number, other: number, spareOn: Uint8Array): number {
  if (state.isSpare(slot) || state.isSpare(other)) return 2;
  return spareOn[state.gpuOf[slot]!] === 1 || spareOn[state.gpuOf[other]!] === 1 ? 3 : 4;
}
