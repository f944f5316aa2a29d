// Which slot each pair (token, k) of a layer goes to: found once more from executed choices and the placement alone, beside the
// kernels that assign rows by it.
import { placementOfLayer, type Exchange } from "../../plan/index.js";
import type { ExecutionContext } from "../context.js";

/**
 * [tokens * top_k] slots of the exchange's communicator instance; `experts`: the choice of all tokens of the layer, in order of
 * rank, micro-batch and row. Of n turns the k-th is that of tokens with (rank + row) % n = k.
 */
export function chosenSlots(
  context: ExecutionContext,
  exchange: Exchange,
  layer: number,
  experts: Uint32Array,
): Uint32Array {
  const { captures } = context;
  const topK = experts.length / captures.tokensOf(layer);
  const placement = context.index.placement(exchange.placement);
  const tables = placementOfLayer(placement, context.index.runOfLayer(layer).within);
  const slots = new Uint32Array(experts.length);
  for (let first = 0; first < experts.length; first += topK) {
    const { rank, row } = captures.ownerOf(layer, first / topK);
    const { self } = context.groupOf(exchange, rank);
    for (let pair = first; pair < first + topK; pair++) {
      const begin = tables.replica_begin[experts[pair]!]!;
      const turns = tables.replica_begin[experts[pair]! + 1]! - begin;
      slots[pair] = tables.replica_slot[begin + ((self + row) % turns)]!;
    }
  }
  return slots;
}
