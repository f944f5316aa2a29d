// GPUs change nodes, experts and all: that leaves their loads as they are, and fewer copies may cross.
import { Dice } from "./dice.js";
import type { LayerTerms } from "./terms.js";

/** Exchanges that are tried. */
const TRIES = 60;

/** [slot] experts, where GPUs of different nodes have traded theirs as long as `slowUs` falls. GPUs must be alike for that. */
export function regrouped(
  { cluster, layer }: LayerTerms,
  start: Int32Array,
  slowUs: (expertOf: Int32Array, turns: readonly number[]) => number,
): Int32Array {
  const { begins, gpusOf, nodeOf, slowness } = cluster;
  const used = gpusOf.flat();
  const dice = new Dice(layer);
  const slotsOf = (gpu: number): number => begins[gpu + 1]! - begins[gpu]!;
  let best = start;
  let least = slowUs(best, cluster.evenTurns);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const one = used[dice.below(used.length)]!;
    const other = used[dice.below(used.length)]!;
    const isAlike = slotsOf(one) === slotsOf(other) && slowness[one] === slowness[other];
    if (nodeOf[one] === nodeOf[other] || !isAlike) continue;
    const trial = best.slice();
    trial.set(best.subarray(begins[one], begins[one + 1]), begins[other]);
    trial.set(best.subarray(begins[other], begins[other + 1]), begins[one]);
    const slow = slowUs(trial, cluster.evenTurns);
    if (slow < least) [best, least] = [trial, slow];
  }
  return best;
}
