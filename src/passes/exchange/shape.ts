// The transfers of an exchange by its algorithm.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { ExchangeAlgorithm } from "../candidate.js";
import { directExchange, type CountsOf, type ExchangeShape } from "./direct.js";
import { nodeAwareExchange } from "./node-aware.js";

/**
 * `mostOwnSlots`: of the rank with the most. `counts`: who is told of them. `ranksPerNode` is there for node-aware exchanges,
 * which `partialSums` are for, and whose counts are never fixed. Direct ones are cut into `chunks`.
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
  if (algorithm !== "node_aware") return directExchange(algorithm, ranks, mostOwnSlots, counts, chunks);
  if (ranksPerNode === undefined) throw new InternalError("a node-aware exchange knows no nodes");
  if (counts === "fixed")
    throw new InternalError("a node-aware exchange has copies, whose number routing decides");
  return nodeAwareExchange({ ranksPerNode, nodes: ranks / ranksPerNode }, partialSums, counts);
}
