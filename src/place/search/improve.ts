// Local search over nodes: experts of busy GPUs and of busy nodes change places with others anywhere, while that lowers the time.
import { Dice } from "./dice.js";
import { Objective, type Power, type Weights } from "./objective.js";
import type { LayerState } from "./state.js";

/** A change must lower the time by so much of it. */
const LEAST_GAIN = 2e-5;

export interface Tries {
  /** Swaps that are made at most. */
  readonly swaps: number;
  /** Swaps that are tried for each that is made. */
  readonly tries: number;
  /** Of so many of the busiest GPUs and nodes one must yield a swap, or the search ends. */
  readonly patience: number;
}

/** Swaps experts, half of the time out of the busiest GPU and half out of the busiest node. Returns how many were made. */
export function improve(
  state: LayerState,
  weights: Weights,
  power: Power,
  {
    swaps,
    tries,
    patience,
    whole,
  }: Tries & {
    /** Whether experts of several replicas stay where they are. */
    readonly whole: boolean;
  },
  seed: number,
): number {
  const { cluster, expertOf } = state;
  const { begins, slots } = cluster;
  const objective = new Objective(state, weights, power);
  const dice = new Dice(seed);
  let made = 0;
  let misses = 0;
  while (made < swaps && misses < 2 * patience) {
    const fromNode = state.reach !== undefined && (made + misses) % 2 === 1;
    const rank = Math.floor(misses / 2);
    const [first, end] = fromNode ? nodeRange(rank) : gpuRange(rank);
    // What leaves the busiest GPU is to relieve it.
    const mostLoad = fromNode ? Infinity : 0;
    let best = -LEAST_GAIN * objective.value;
    let one = -1;
    let other = -1;
    // An excluded GPU has no slots to try.
    const most = end > first ? tries : 0;
    for (let attempt = 0; attempt < most; attempt++) {
      const s = first + dice.below(end - first);
      const t = dice.below(slots);
      if (!state.maySwap(s, t)) continue;
      if (whole && (state.count[expertOf[s]!]! > 1 || state.count[expertOf[t]!]! > 1)) continue;
      const change = objective.ofSwap(s, t, best, mostLoad);
      if (change >= best) continue;
      best = change;
      one = s;
      other = t;
    }
    if (one < 0) {
      misses++;
      continue;
    }
    misses = 0;
    state.swap(one, other);
    objective.renew();
    made++;
  }
  return made;

  function gpuRange(rank: number): readonly [number, number] {
    const gpu = ranked(state.loads, rank);
    return [begins[gpu]!, begins[gpu + 1]!];
  }

  function nodeRange(rank: number): readonly [number, number] {
    const { reached } = state.reach!;
    const gpus =
      cluster.gpusOf[
        ranked(
          reached.map((share, node) => share * weights.reach[node]!),
          rank,
        )
      ]!;
    return [begins[gpus[0]!]!, begins[gpus.at(-1)! + 1]!];
  }
}

/** Index of the greatest value, or of one that so many others exceed; of equal ones the first. */
function ranked(values: Float64Array, rank: number): number {
  if (rank === 0) {
    let most = 0;
    for (let at = 1; at < values.length; at++) if (values[at]! > values[most]!) most = at;
    return most;
  }
  const order = Array.from(values, (_, at) => at).sort((a, b) => values[b]! - values[a]! || a - b);
  return order[Math.min(rank, order.length - 1)]!;
}
