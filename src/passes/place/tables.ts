// The tables that a plan has of a layer's placement: an expert's slots turn by turn, in their order.
import type { PlacedLayer } from "../../place/index.js";
import type { LayerPlacement } from "../../plan/types.gen.js";

/** Tables of a placed layer of so many experts, every one of which has a slot. */
export function layerTables({ expertOfSlot, turns }: PlacedLayer, experts: number): LayerPlacement {
  const slotsOf = Array.from({ length: experts }, (): number[] => []);
  expertOfSlot.forEach((expert, slot) => slotsOf[expert]!.push(slot));
  const replicaBegin = [0];
  const replicaSlot: number[] = [];
  for (const slots of slotsOf) {
    replicaSlot.push(...roundOf(slots.map((slot) => turns[slot]!)).map((at) => slots[at]!));
    replicaBegin.push(replicaSlot.length);
  }
  return { expert_of_slot: [...expertOfSlot], replica_begin: replicaBegin, replica_slot: replicaSlot };
}

/**
 * A shortest round in which each takes its part of the turns: the indices of `turns`, in turn. Those of one follow one another, so
 * that tokens which chose several divided experts find their replicas on the same nodes where rounds are equally long.
 */
function roundOf(turns: readonly number[]): readonly number[] {
  const common = turns.reduce(greatestCommonDivisor, 0);
  return turns.flatMap((own, at) => new Array<number>(own / common).fill(at));
}

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other);
