// What the parts of dispatch and combine share: operands that an exchange keeps, and arguments that say where a rank is in it.
import { InternalError } from "../diagnostics/internal-error.js";
import { valueOf, valuesOf } from "./access.js";
import type { ExchangeBuffer, LaunchContext, OperandSpec } from "./operator.js";

export const read = (buffer: ExchangeBuffer): OperandSpec => ({
  name: buffer,
  access: "read",
  role: { kind: "exchange", buffer },
});
export const write = (buffer: ExchangeBuffer): OperandSpec => ({ ...read(buffer), access: "write" });

/** What a rank knows of the counts of all ranks, for its node or for all, which kernels call `received`. */
export const nodeCounts: OperandSpec = { ...read("node_counts"), name: "received" };

export function exchangeOf({ exchange }: LaunchContext): NonNullable<LaunchContext["exchange"]> {
  if (exchange === undefined) throw new InternalError("a launch that follows an exchange has none");
  return exchange;
}

function relayOf(context: LaunchContext) {
  const { relay } = exchangeOf(context);
  if (relay === undefined) throw new InternalError("a launch of a node-aware exchange knows no nodes");
  return relay;
}

/** How ranks lie in nodes. */
export function nodeArguments(context: LaunchContext) {
  const { nodes, nodeRanks } = relayOf(context);
  return { nodes, node_ranks: nodeRanks };
}

/** Where a rank that forwards is, and where its node stands among the counts of a source. */
export function relayArguments(context: LaunchContext) {
  const { node, rail, firstCount } = relayOf(context);
  return {
    ...nodeArguments(context),
    ...{ node, rail },
    ...{ stride: exchangeOf(context).countStride, node_first: firstCount },
  };
}

/** A row with what copies carry behind it, in words. */
export function copyArguments(context: LaunchContext) {
  const topK = valuesOf(context.dims, "top_k").top_k;
  return {
    top_k: topK,
    width: valueOf("in", context.dims),
    tags: topK * relayOf(context).pairTags,
  };
}
