// The tables that a plan has of a layer's placement: an expert's slots turn by turn, each turn as far from the others of its slot
// as they allow, so that few tokens are divided much as many are.
import type { PlacedLayer } from "../../place/index.js";
import type { LayerPlacement } from "../../plan/types.gen.js";

/** Tables of a placed layer of so many experts, every one of which has a slot. */
export function layerTables({ expertOfSlot, turns }: PlacedLayer, experts: number): LayerPlacement {
  const slotsOf = Array.from({ length: experts }, (): number[] => []);
  expertOfSlot.forEach((expert, slot) => slotsOf[expert]!.push(slot));
  const replicaBegin = [0];
  const replicaSlot: number[] = [];
  for (const slots of slotsOf) {
    replicaSlot.push(...interleaved(slots.map((slot) => turns[slot]!)).map((at) => slots[at]!));
    replicaBegin.push(replicaSlot.length);
  }
  return { expert_of_slot: [...expertOfSlot], replica_begin: replicaBegin, replica_slot: replicaSlot };
}

/**
 * A shortest round in which each takes its part of the turns: the indices of `turns`, in turn. At every turn all gain what they
 * are due of it, and whoever is due most takes it, the first of several (smooth weighted round robin).
 */
function interleaved(turns: readonly number[]): readonly number[] {
  const common = turns.reduce(greatestCommonDivisor, 0);
  const weights = turns.map((each) => each / common);
  const length = weights.reduce((sum, each) => sum + each, 0);
  const due = weights.map(() => 0);
  return Array.from({ length }, () => {
    let next = 0;
    weights.forEach((weight, at) => {
      due[at]! += weight;
      if (due[at]! > due[next]!) next = at;
    });
    due[next]! -= length;
    return next;
  });
}

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other);
