// The transfers of an exchange by its algorithm.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { ExchangeAlgorithm } from "../candidate.js";
import { directExchange, type CountsOf, type ExchangeShape } from "./direct.js";
import { gatherExchange } from "./gather.js";
import { nodeAwareExchange } from "./node-aware.js";

/**
 * `mostOwnSlots`: of the rank with the most. `counts`: who is told of them. `ranksPerNode` is there for exchanges that
 * pass rows on in nodes, whose counts are never fixed; `partialSums` are for node-aware ones. Direct ones are cut into `chunks`.
 */
export function exchangeShape(
  algorithm: ExchangeAlgorithm,
  ranks: number,
  mostOwnSlots: number,
  counts: CountsOf,
  ranksPerNode: number | undefined,
  partialSums: boolean,
  chunks: number,
): ExchangeShape {
  if (algorithm === "direct_by_slot" || algorithm === "direct_by_peer")
    return directExchange(algorithm, ranks, mostOwnSlots, counts, chunks);
  if (ranksPerNode === undefined) throw new InternalError(`${algorithm} exchanges know nodes`);
  if (counts === "fixed")
    throw new InternalError("what is passed on in nodes has counts that routing decides");
  const shape = { ranksPerNode, nodes: ranks / ranksPerNode };
  return algorithm === "gather" ? gatherExchange(shape) : nodeAwareExchange(shape, partialSums, counts);
}
