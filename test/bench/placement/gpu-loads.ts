// What GPUs are given, from the loads alone.
import type { Gpus, PlacedLayer } from "../../../src/place/index.js";

/** The placement with all replicas of an expert alike, which is how placements of other systems are executed. */
export const evenly = (expertOfSlot: readonly number[]): PlacedLayer => ({
  expertOfSlot,
  turns: expertOfSlot.map(() => 1),
});

/** [gpu] sum over its slots of the expert's load times the slot's share of its turns. */
export function gpuLoads(
  loads: readonly number[],
  { expertOfSlot, turns }: PlacedLayer,
  { slots }: Gpus,
): number[] {
  const rounds = new Map<number, number>();
  expertOfSlot.forEach((expert, slot) => rounds.set(expert, (rounds.get(expert) ?? 0) + turns[slot]!));
  let slot = 0;
  return slots.map((own) => {
    let sum = 0;
    for (const end = slot + own; slot < end; slot++) {
      const expert = expertOfSlot[slot]!;
      sum += (loads[expert]! * turns[slot]!) / rounds.get(expert)!;
    }
    return sum;
  });
}

/** Mean over greatest of the GPUs' loads: 1 where all have the same. */
export const balancedness = (loads: readonly number[]): number =>
  loads.reduce((sum, load) => sum + load, 0) / loads.length / Math.max(...loads);

/** Replicas that share a GPU with another one of their expert. */
export function doubled({ expertOfSlot }: PlacedLayer, { slots }: Gpus): number {
  let begin = 0;
  return slots.reduce((sum, own) => {
    const here = expertOfSlot.slice(begin, (begin += own));
    return sum + here.length - new Set(here).size;
  }, 0);
}
