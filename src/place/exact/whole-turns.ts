// Whole turns for a small placement, expert by expert: none of them alone has turns by which the greatest load is lower.
import { gpuOfSlots, type PlaceProblem } from "../problem.js";
import { bestTurns, MOST_TURNS, reducedTurns } from "../split.js";

const SWEEPS = 20;
/** A change must lower the greatest load by so much of it. */
const LEAST_GAIN = 1e-9;

/** [slot] turns of rounds up to 32, the best that descents from even turns and from poured ones end at. */
export function wholeTurns(
  shares: Float64Array,
  expertOfSlot: readonly number[],
  problem: PlaceProblem,
): readonly number[] {
  const even = expertOfSlot.map(() => 1);
  if (problem.evenSplit === true) return even;
  const [first, second] = [bestTurns(shares, expertOfSlot, problem), even].map((turns) =>
    descended(shares, expertOfSlot, turns, problem),
  ) as [Turns, Turns];
  return reducedTurns(expertOfSlot, (second.peak < first.peak ? second : first).turns);
}

interface Turns {
  readonly turns: readonly number[];
  readonly peak: number;
}

function descended(
  shares: Float64Array,
  expertOfSlot: readonly number[],
  start: readonly number[],
  { gpus }: PlaceProblem,
): Turns {
  const gpuOf = gpuOfSlots(gpus);
  const turns = [...start];
  const slotsOf = new Map<number, number[]>();
  expertOfSlot.forEach((expert, slot) => slotsOf.set(expert, [...(slotsOf.get(expert) ?? []), slot]));
  const loads = new Float64Array(gpus.slots.length);
  /** Adds an expert's rows by its turns, or takes them away. */
  const put = (expert: number, slots: readonly number[], sign: 1 | -1): void => {
    const round = slots.reduce((sum, slot) => sum + turns[slot]!, 0);
    for (const slot of slots) {
      const gpu = gpuOf[slot]!;
      loads[gpu]! += (sign * shares[expert]! * turns[slot]!) / round / gpus.speeds[gpu]!;
    }
  };
  for (const [expert, slots] of slotsOf) put(expert, slots, 1);
  const shared = [...slotsOf].filter(([expert, slots]) => slots.length > 1 && shares[expert]! > 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let gained = false;
    for (const [expert, slots] of shared) {
      const before = Math.max(...slots.map((slot) => loads[gpuOf[slot]!]!));
      put(expert, slots, -1);
      let [least, best] = [before * (1 - LEAST_GAIN), slots.map((slot) => turns[slot]!)];
      for (let round = slots.length; round <= Math.max(MOST_TURNS, slots.length); round++) {
        const one = slots.map((slot) => shares[expert]! / round / gpus.speeds[gpuOf[slot]!]!);
        const { dealt, peak } = leastPeak(
          slots.map((slot) => loads[gpuOf[slot]!]!),
          one,
          round,
        );
        if (peak < least) [least, best, gained] = [peak, dealt, true];
      }
      slots.forEach((slot, at) => (turns[slot] = best[at]!));
      put(expert, slots, 1);
    }
    if (!gained) break;
  }
  return { turns, peak: Math.max(...loads) };
}

/** Turns dealt one by one to whoever is lowest with one more, each having one: no others of that round have a lower peak. */
function leastPeak(
  others: readonly number[],
  one: readonly number[],
  round: number,
): { readonly dealt: number[]; readonly peak: number } {
  const dealt = others.map(() => 1);
  const loads = others.map((load, at) => load + one[at]!);
  for (let left = round - others.length; left > 0; left--) {
    let lowest = 0;
    for (let at = 1; at < loads.length; at++)
      if (loads[at]! + one[at]! < loads[lowest]! + one[lowest]!) lowest = at;
    loads[lowest]! += one[lowest]!;
    dealt[lowest]!++;
  }
  return { dealt, peak: Math.max(...loads) };
}
