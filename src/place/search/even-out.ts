// Where a search by time ends with a busier GPU than it may: what follows looks at loads with equal shares alone, and looks longer.
import { InternalError } from "../../diagnostics/internal-error.js";
import { Dice } from "./dice.js";
import { level } from "./level.js";
import { climbNodes } from "./node-packing.js";
import { enoughIn } from "./solve.js";
import { spreadStart } from "./starts.js";
import { LayerState } from "./state.js";
import type { LayerTerms } from "./terms.js";

/** Changes of one levelling, and pairs of slots that they look at, at the usual effort. */
const MOST_CHANGES = 400;
const LEVELLING = 4_000_000;
/** Pairs of slots that are looked at, at the usual effort, by packings, kicks and caps together. */
const LOOKS = 2_000_000;
const MOST_KICKS = 300;
const MOST_CAPS = 24;
/** Random swaps between two levellings. */
const KICKS = 3;

/**
 * Of placements, what they become when they are levelled: the first whose greatest load is at most `floor`, or the one with the
 * least. Experts stay within `parts` of the GPUs.
 */
export function evenedOut(
  terms: LayerTerms,
  from: readonly Int32Array[],
  parts: readonly (readonly number[])[],
  { floor, effort }: { readonly floor: number; readonly effort: number },
): Int32Array {
  const { cluster } = terms;
  const enough = Math.min(floor, enoughIn(cluster));
  const tries = Math.ceil((LOOKS * effort) / cluster.slots ** 2);
  const changes = Math.min(MOST_CHANGES, (LEVELLING * cluster.world) / cluster.slots ** 2) * effort;
  let best: { readonly expertOf: Int32Array; readonly most: number } | undefined;
  for (const expertOf of ways()) {
    const found = levelled(expertOf);
    if (best === undefined || found.most < best.most) best = found;
    if (best.most <= floor) break;
  }
  if (best === undefined) throw new InternalError("no placement to even out");
  return best.expertOf;

  function* ways(): Iterable<Int32Array> {
    yield* from;
    if (parts.length === 1) yield* cappedStarts(terms, Math.min(tries, MOST_CAPS));
    const packings = { enough, floor, effort: Math.min(effort, tries / 1200) };
    yield climbNodes(terms, best!.expertOf, packings, parts);
    const dice = new Dice(terms.layer);
    for (let kick = Math.min(tries, MOST_KICKS); kick > 0; kick--) yield kicked(best!.expertOf, dice);
  }

  function levelled(expertOf: Int32Array): { readonly expertOf: Int32Array; readonly most: number } {
    const state = new LayerState(terms, expertOf, undefined);
    for (const gpus of parts) level(state, gpus, { changes, enough, replicas: true });
    return { expertOf: state.expertOf, most: state.loads.reduce((most, load) => Math.max(most, load), 0) };
  }

  function kicked(expertOf: Int32Array, dice: Dice): Int32Array {
    const state = new LayerState(terms, expertOf, undefined);
    for (let kick = 0; kick < KICKS; kick++) {
      const gpus = parts[dice.below(parts.length)]!;
      const slotOf = (gpu: number): number =>
        cluster.begins[gpu]! + dice.below(cluster.begins[gpu + 1]! - cluster.begins[gpu]!);
      const one = slotOf(gpus[dice.below(gpus.length)]!);
      const other = slotOf(gpus[dice.below(gpus.length)]!);
      if (state.maySwap(one, other)) state.swap(one, other);
    }
    return state.expertOf;
  }
}

/** An expert that is everywhere leaves no GPU to those that would be alone beside lighter ones: with fewer replicas of the hottest. */
function* cappedStarts(terms: LayerTerms, most: number): Iterable<Int32Array> {
  const { slots, experts, gpusOf } = terms.cluster;
  const gpus = gpusOf.flat().length;
  const fewest = Math.ceil(slots / experts);
  const step = Math.max(1, (gpus - fewest) / most);
  for (let cap = gpus - 1; cap >= fewest; cap -= step) yield spreadStart(terms, Math.ceil(cap));
}
