// Levelling: experts of the busiest GPU of a set change places with others of the set, or leave some of their tokens to one replica
// more, until nothing lowers the greatest load.
import type { LayerState } from "./state.js";

/** A change must lower the greatest load by so much of it. */
const LEAST_GAIN = 1e-9;

export interface Levelling {
  /** Changes that are made at most. */
  readonly changes: number;
  /** A greatest load that is low enough. */
  readonly enough: number;
  /** Whether replicas may go to other experts. */
  readonly replicas: boolean;
}

/** Levels the loads of some GPUs. Returns the number of changes. */
export function level(
  state: LayerState,
  gpus: readonly number[],
  { changes, enough, replicas }: Levelling,
): number {
  let made = 0;
  for (; made < changes; made++) {
    let busiest = -1;
    for (const gpu of gpus) if (busiest < 0 || state.loads[gpu]! > state.loads[busiest]!) busiest = gpu;
    if (busiest < 0 || state.loads[busiest]! <= enough) break;
    if (!swapFrom(state, busiest, gpus) && !(replicas && relieve(state, busiest, gpus))) break;
  }
  return made;
}

/** The swap with another GPU after which the busier of the two is least busy. */
function swapFrom(state: LayerState, busiest: number, gpus: readonly number[]): boolean {
  const { begins, slowness } = state.cluster;
  const { parts, loads } = state;
  const from = loads[busiest]!;
  let best = from * (1 - LEAST_GAIN);
  let one = -1;
  let other = -1;
  for (let s = begins[busiest]!; s < begins[busiest + 1]!; s++) {
    const piece = parts[s]!;
    for (const gpu of gpus) {
      if (gpu === busiest) continue;
      const gap = slowness[gpu]!;
      for (let t = begins[gpu]!; t < begins[gpu + 1]!; t++) {
        const more = parts[t]! - piece;
        if (more >= 0) continue;
        const left = from + more * slowness[busiest]!;
        const right = loads[gpu]! - more * gap;
        const greater = left > right ? left : right;
        if (greater >= best || !state.maySwap(s, t)) continue;
        best = greater;
        one = s;
        other = t;
      }
    }
  }
  if (one < 0) return false;
  state.swap(one, other);
  return true;
}

/** One more replica of an expert of the busiest GPU, in place of a replica that can be spared. */
function relieve(state: LayerState, busiest: number, gpus: readonly number[]): boolean {
  const { begins } = state.cluster;
  const { expertOf } = state;
  const most = state.loads[busiest]!;
  for (let s = begins[busiest]!; s < begins[busiest + 1]!; s++) {
    const expert = expertOf[s]!;
    if (state.terms.shares[expert] === 0) continue;
    let best = most * (1 - LEAST_GAIN);
    let chosen = -1;
    for (const gpu of gpus) {
      if (gpu === busiest) continue;
      for (let t = begins[gpu]!; t < begins[gpu + 1]!; t++) {
        if (!state.mayReplace(t, expert)) continue;
        const after = greatestAfter(state, t, expert, best);
        if (after < best) [best, chosen] = [after, t];
      }
    }
    if (chosen >= 0) {
      state.replace(chosen, expert);
      return true;
    }
  }
  return false;
}

/** The greatest load among the GPUs that a replacement changes; no less than `enough` where it is no better. */
function greatestAfter(state: LayerState, slot: number, expert: number, enough: number): number {
  const { world, gpuOf, slowness } = state.cluster;
  const old = state.expertOf[slot]!;
  const gpu = gpuOf[slot]!;
  const shares = state.terms.shares;
  const [oldPiece, newPiece] = [state.piece(old), state.piece(expert)];
  const oldAfter = shares[old]! / (state.count[old]! - 1);
  const newAfter = shares[expert]! / (state.count[expert]! + 1);
  let greatest = state.loads[gpu]! + (newAfter - oldPiece) * slowness[gpu]!;
  for (let each = 0; each < world && greatest < enough; each++) {
    if (each === gpu) continue;
    const [hasOld, hasNew] = [state.holds(old, each), state.holds(expert, each)];
    if (!hasOld && !hasNew) continue;
    let load = state.loads[each]!;
    if (hasOld) load += (oldAfter - oldPiece) * slowness[each]!;
    if (hasNew) load += (newAfter - newPiece) * slowness[each]!;
    if (load > greatest) greatest = load;
  }
  return greatest;
}
