// Gathering exchange: rows first go over the fast tier to the rank of their host's index in their source's node, which sends those
// of its whole node over the rail straight to the host, in one message; results come back the same way. Over the slow tier a rank
// has a message for each node instead of one for each rank. Rows travel one by one: nothing is copied, and no kernel is needed.
import { product, remainder, sum } from "../../plan/expression.js";
import type { AtomLayout, Exchange, Expr, Step } from "../../plan/types.gen.js";
import type { NodeShape } from "../../plan/nodes.js";
import { ARRIVING, BY_EXPERT, EVERYBODY, SENDING, mirror, type ExchangeShape } from "./direct.js";
import { ACROSS_GROUP, ahead, LAYOUTS, neighbour, nodeOf, railOf, steps } from "./node-aware.js";

/** Name of the layout of counts that a rank knows of its node: what each of its ranks sends to any slot. */
export const NODE_TOLD = "node_told";

/**
 * The transfers. Counts take the same way as rows, and all of them: a rank that passes rows on must know how many, and the table of
 * all is one that every kernel and host can read.
 */
export function gatherExchange(shape: NodeShape): ExchangeShape {
  const { nodes, ranksPerNode } = shape;
  const node = nodeOf(shape, "rank");
  const forwarding: AtomLayout = {
    name: LAYOUTS.forwarding,
    holds: { source: node, host: railOf(shape, "rank") },
    order: ["host", "source", "slot"],
  };
  const told: AtomLayout = {
    name: NODE_TOLD,
    holds: { source: node, host: "all" },
    order: ["source", "slot"],
  };
  const within = steps(ranksPerNode, (shift) => neighbour(shift, shape));
  const across = steps(nodes, (shift) => ahead(shift * ranksPerNode, shape));
  const tellNode = within(
    () => ({ source: "rank", host: "all" }),
    (from) => ({ source: from, host: "all" }),
  );
  const tellAll = across(
    () => ({ source: node, host: "all" }),
    (from) => ({ source: nodeOf(shape, from), host: "all" }),
  );
  const gather = Array.from({ length: nodes }, (_, at): Step[] => {
    const onNode = (rank: Expr): Expr => sum(at * ranksPerNode, remainder(rank, ranksPerNode));
    return within(
      (to) => ({ source: "rank", host: onNode(to) }),
      (from) => ({ source: from, host: onNode("rank") }),
    );
  }).flat();
  const out = across(
    (to) => ({ source: node, host: to }),
    (from) => ({ source: nodeOf(shape, from), host: "rank" }),
  );
  return {
    layouts: [SENDING, told, EVERYBODY, forwarding, ARRIVING, BY_EXPERT],
    phases: [
      { name: "counts_within", carries: "counts", steps: tellNode },
      { name: "counts_across", carries: "counts", group: ACROSS_GROUP, steps: tellAll },
      { name: "dispatch_within", carries: "rows", steps: gather },
      { name: "dispatch_across", carries: "rows", group: ACROSS_GROUP, steps: out },
      { name: "combine_across", carries: "rows", group: ACROSS_GROUP, steps: mirror(out) },
      { name: "combine_within", carries: "rows", steps: mirror(gather) },
    ],
  };
}

/** Ranks of a node whose rows are gathered; undefined for other exchanges. */
export function gatheringRanks({ algorithm, layouts }: Exchange): number | undefined {
  if (algorithm !== "gather") return undefined;
  const source = layouts.find(({ name }) => name === LAYOUTS.forwarding)?.holds.source;
  return typeof source === "object" && "count" in source ? source.count : undefined;
}

/** Rows that a rank passes on where all ranks of its node send all of theirs to its rail. */
export const mostGathered = (ranksPerNode: number, topK: Expr): Expr => product(ranksPerNode, "tokens", topK);
