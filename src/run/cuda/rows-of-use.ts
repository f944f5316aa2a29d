// Rows and copies that one use of an exchange moves, counted from the slots that its tokens' experts live in.
import type { Exchange } from "../../plan/index.js";
import type { ExecutionContext } from "../context.js";

/** Tokens of a micro-batch of every rank: all, or those of a round. */
export interface TokenRange {
  readonly begin: number;
  readonly end: number;
}

/** Of one communicator instance, in a layer and micro-batch. */
export interface RowsOfUse {
  readonly layer: number;
  /** [rank of the instance] */
  readonly received: readonly number[];
  /** [rank of the instance]; of node-aware exchanges alone. */
  readonly forwarded: readonly number[];
  /** Copies to other nodes; of node-aware exchanges alone. */
  readonly copiesAway?: number;
  /** What a rank sends on average to each slot, and behind them copies to each node. */
  readonly mean: readonly number[];
}

export interface Use {
  readonly exchange: Exchange;
  readonly layer: number;
  readonly microBatch: number;
  /** Of the communicator instance. */
  readonly ranks: readonly number[];
  /** [tokens * top_k] of the whole layer. */
  readonly slots: Uint32Array;
}

export function rowsOfUse(context: ExecutionContext, use: Use, range: TokenRange): RowsOfUse {
  const { captures } = context;
  const { exchange, layer, microBatch, ranks, slots } = use;
  const space = context.spaceOf(exchange);
  const topK = slots.length / captures.tokensOf(layer);
  const knowsNodes = exchange.ranks_per_node !== undefined;
  const sums = new Array<number>(knowsNodes ? space.columns : space.slots).fill(0);
  const received = ranks.map(() => 0);
  const forwarded = knowsNodes ? ranks.map(() => 0) : [];
  let copiesAway = 0;
  ranks.forEach((rank, self) => {
    const position = captures.ranksOfLayer[layer]!.indexOf(rank);
    if (position < 0) return;
    const first = (position * captures.microBatches + microBatch) * captures.tokens;
    for (let token = first + range.begin; token < first + range.end; token++) {
      const nodes = new Set<number>();
      for (const slot of slots.subarray(token * topK, (token + 1) * topK)) {
        const host = space.hostOf(slot);
        sums[slot]!++;
        received[host]!++;
        if (!knowsNodes) continue;
        const node = space.nodeOf(host);
        nodes.add(node);
        forwarded[node * space.ranksPerNode + (self % space.ranksPerNode)]!++;
      }
      for (const node of nodes) sums[space.slots + node]!++;
      copiesAway += nodes.size - (nodes.has(space.nodeOf(self)) ? 1 : 0);
    }
  });
  const mean = sums.map((sum) =>
    exchange.atom_rows === undefined ? sum / ranks.length : exchange.atom_rows.value,
  );
  return { layer, received, forwarded, mean, ...(knowsNodes ? { copiesAway } : {}) };
}

/** Whether some rank would receive or forward more than fits. */
export function exceedsBound({ capacity_rows }: Exchange, { received, forwarded }: RowsOfUse): boolean {
  return [...received, ...forwarded].some((rows) => rows > capacity_rows.value);
}
