// Questions about a placement: which slot a token takes, how many slots a rank has, what a layer's tables are.
import { InternalError } from "../diagnostics/internal-error.js";
import type { LayerPlacement, Placement, TableInit } from "./types.gen.js";

/** Tables of the `layer`-th layer (counted within its run of layers). */
export function placementOfLayer(placement: Placement, layer: number): LayerPlacement {
  const found = placement.layers.length === 1 ? placement.layers[0] : placement.layers[layer];
  if (found === undefined)
    throw new InternalError(`placement ${placement.name} has no layer ${String(layer)}`);
  return found;
}

/** Whether a table is that of a layer, where layers have placements of their own; the others say nothing of experts. */
export const variesByLayer = (table: TableInit["table"]): boolean =>
  table === "replica_begin" || table === "replica_slot";

/** Slots of a rank of the group: [first, after the last]. */
export function slotsOfRank(placement: Placement, rank: number): readonly [number, number] {
  const first = placement.slot_begin[rank];
  const end = placement.slot_begin[rank + 1];
  if (first === undefined || end === undefined)
    throw new InternalError(`placement ${placement.name} has no rank ${String(rank)}`);
  return [first, end];
}

/** The most slots that any rank has. */
export function mostSlots(placement: Placement): number {
  let most = 0;
  for (let rank = 0; rank + 1 < placement.slot_begin.length; rank++) {
    const [first, end] = slotsOfRank(placement, rank);
    most = Math.max(most, end - first);
  }
  return most;
}

/** The most turns that any layer has: the entries that memory has room for in each layer's `replica_slot`. */
export const mostTurns = ({ layers }: Placement): number =>
  layers.reduce((most, { replica_slot }) => Math.max(most, replica_slot.length), 0);

/** [turn] slots that take an expert's tokens, each once for each of its turns. */
export const turnsOf = ({ replica_begin, replica_slot }: LayerPlacement, expert: number): readonly number[] =>
  replica_slot.slice(replica_begin[expert], replica_begin[expert + 1]);

/** Of so many tokens of a source, those whose turn is the `turn`-th of a round. */
export function tokensOfTurn(turn: number, round: number, source: number, tokens: number): number {
  const first = (((turn - source) % round) + round) % round;
  return first >= tokens ? 0 : Math.ceil((tokens - first) / round);
}

/** Rank of the group that holds a slot. */
export function rankOfSlot(placement: Placement, slot: number): number {
  const after = placement.slot_begin.findIndex((first) => first > slot);
  if (after < 1) throw new InternalError(`placement ${placement.name} has no slot ${String(slot)}`);
  return after - 1;
}
