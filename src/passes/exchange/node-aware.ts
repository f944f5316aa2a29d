// Node-aware exchange: a token crosses the slow tier once for each node that has slots for it, to the rank of its source's index
// there (its rail), which forwards it over the fast tier; results come back the same way. Source: DeepSeek-V3 technical report,
// 3.2.2 (tokens go to the GPU of the same index on the target nodes first, then over NVLink).
import { difference, product, quotient, remainder, sum } from "../../plan/expression.js";
import type { AtomLayout, Expr, RankRange, Ranks, Step } from "../../plan/types.gen.js";
import { mirror, type CountsOf, type ExchangeShape } from "./direct.js";
import type { NodeShape } from "../../plan/nodes.js";

/** The communicator that carries what crosses nodes, so that it runs beside what stays in them. */
export const ACROSS_GROUP = "ep.across";

/** Names of layouts. */
export const LAYOUTS = {
  /** Counts of a rank's own tokens for all nodes, and of its rail's and of all for its own, or for all where they are gathered. */
  told: "told",
  railCounts: "rail_counts",
  nodeCounts: "node_counts",
  /** Copies at their source, and where they are forwarded. */
  leavingCopies: "leaving_copies",
  relayedCopies: "relayed_copies",
  /** Rows where they are forwarded: by host, and on the way back by source. */
  forwarding: "forwarding",
  returning: "returning",
  arriving: "arriving",
  byExpert: "by_expert",
  sending: "sending",
} as const;

/**
 * The transfers. Counts go first, over the rail and then to all of the node: every rank learns what all send to its node, or,
 * where they are `gathered`, to any. Where `partialSums`, the results for one token are added on each node before they leave it;
 * else every row goes back.
 */
export function nodeAwareExchange(
  shape: NodeShape,
  partialSums: boolean,
  counts: Exclude<CountsOf, "fixed">,
): ExchangeShape {
  const { nodes, ranksPerNode } = shape;
  const own: Expr = "rank";
  const column = railOf(shape, own);
  const node = nodeOf(shape, own);
  const layout = (
    name: string,
    source: Ranks,
    host: Ranks,
    order: AtomLayout["order"],
    copies?: AtomLayout["copies"],
  ): AtomLayout => ({ name, holds: { source, host }, order, ...(copies === undefined ? {} : { copies }) });
  const across = steps(nodes, (shift) => ahead(shift * ranksPerNode, shape));
  const within = steps(ranksPerNode, (shift) => neighbour(shift, shape));

  const toldOf = (host: Ranks): Ranks => (counts === "gathered" ? "all" : host);
  const tell = across(
    (to) => ({ source: own, host: toldOf(nodeOf(shape, to)) }),
    (from) => ({ source: from, host: toldOf(node) }),
  );
  const gatherOnNode = within(
    () => ({ source: column, host: toldOf(node) }),
    (from) => ({ source: railOf(shape, from), host: toldOf(node) }),
  );
  const out = (): Step[] =>
    across(
      (to) => ({ source: own, host: nodeOf(shape, to) }),
      (from) => ({ source: from, host: node }),
    );
  const forward = within(
    (to) => ({ source: column, host: to }),
    (from) => ({ source: railOf(shape, from), host: own }),
  );
  return {
    layouts: [
      layout(LAYOUTS.told, own, "all", ["source", "slot"], "too"),
      layout(LAYOUTS.railCounts, column, toldOf(node), ["source", "slot"], "too"),
      layout(LAYOUTS.nodeCounts, "all", toldOf(node), ["rail", "source", "slot"], "too"),
      layout(LAYOUTS.leavingCopies, own, "all", ["node", "source"], "only"),
      layout(LAYOUTS.relayedCopies, column, node, ["source", "node"], "only"),
      layout(LAYOUTS.forwarding, column, node, ["host", "source", "slot"]),
      layout(LAYOUTS.arriving, "all", own, ["rail", "source", "slot"]),
      layout(LAYOUTS.byExpert, "all", own, ["slot", "rail", "source"]),
      ...(partialSums
        ? []
        : [
            layout(LAYOUTS.returning, column, node, ["source", "slot"]),
            layout(LAYOUTS.sending, own, "all", ["slot", "source"]),
          ]),
    ],
    phases: [
      { name: "counts_across", carries: "counts", group: ACROSS_GROUP, steps: tell },
      { name: "counts_within", carries: "counts", steps: gatherOnNode },
      { name: "dispatch_across", carries: "copies", group: ACROSS_GROUP, steps: out() },
      { name: "dispatch_within", carries: "rows", steps: forward },
      { name: "combine_within", carries: "rows", steps: mirror(forward) },
      {
        name: "combine_across",
        carries: partialSums ? "copies" : "rows",
        group: ACROSS_GROUP,
        steps: mirror(out()),
      },
    ],
  };
}

type Side = (peer: Expr) => Step["send"];

/** Steps in which every rank sends so many places ahead and receives from as many behind. */
export const steps =
  (count: number, peers: (shift: number) => readonly [to: Expr, from: Expr]) =>
  (send: Side, receive: Side): Step[] =>
    Array.from({ length: count }, (_, shift) => {
      const [to, from] = peers(shift);
      return { to, from, send: send(to), receive: receive(from) };
    });

/** The rank of equal index in a node so many ranks ahead, and as many behind. */
export function ahead(distance: number, { nodes, ranksPerNode }: NodeShape): readonly [Expr, Expr] {
  if (distance === 0) return ["rank", "rank"];
  const size = nodes * ranksPerNode;
  return [remainder(sum("rank", distance), size), remainder(difference("rank", distance), size)];
}

/** The rank so many places ahead on the same node, and as many behind. */
export function neighbour(shift: number, { ranksPerNode }: NodeShape): readonly [Expr, Expr] {
  if (shift === 0) return ["rank", "rank"];
  const first = product(ranksPerNode, quotient("rank", ranksPerNode));
  const at = (index: Expr): Expr => sum(first, remainder(index, ranksPerNode));
  return [at(sum("rank", shift)), at(difference("rank", shift))];
}

/** Ranks of equal index in all nodes. */
export const railOf = ({ nodes, ranksPerNode }: NodeShape, rank: Expr): RankRange => ({
  first: remainder(rank, ranksPerNode),
  step: ranksPerNode,
  count: nodes,
});

/** Ranks of a rank's node. */
export const nodeOf = ({ ranksPerNode }: NodeShape, rank: Expr): RankRange => ({
  first: product(ranksPerNode, quotient(rank, ranksPerNode)),
  step: 1,
  count: ranksPerNode,
});
