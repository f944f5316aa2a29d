// Buffers of node-aware exchanges: counts with copies, copies on their way, and rows where they are forwarded.
import type { ExchangeBuffer } from "../../operators/operator.js";
import { bytesDimension } from "../../plan/dimensions.js";
import { product, quotient, sum } from "../../plan/expression.js";
import type { Buffer, Expr, PrecisionClass } from "../../plan/types.gen.js";
import { LAYOUTS } from "../exchange/node-aware.js";
import type { NodeShape } from "../../plan/nodes.js";

/** What a buffer of an exchange is like. */
export interface ExchangeBufferKind {
  readonly kind: Buffer["kind"];
  readonly precision: PrecisionClass;
  readonly shape: Expr[];
  readonly layout?: string;
}

/** What the shapes of an exchange's buffers are made of. */
export interface CopyExtents extends NodeShape {
  readonly topK: Expr;
  readonly slots: Expr;
  /** Slots of the rank with the most. */
  readonly ownSlots: Expr;
  /** Width of a row on its way there, and back. */
  readonly dispatched: Expr;
  readonly combined: Expr;
  /** Copies that a rank sends at most, and rows that it receives or forwards. */
  readonly mostCopies: Expr;
  readonly capacity: Expr;
  readonly partialSums: boolean;
  /** Whether every rank learns what all send to all nodes. */
  readonly gathersCounts: boolean;
}

/** A buffer that is only there, or is otherwise, where an exchange is node-aware; undefined for others. */
export function copyBuffer(which: ExchangeBuffer, of: CopyExtents): ExchangeBufferKind | undefined {
  const { topK, slots, ownSlots, nodes, ranksPerNode, dispatched, combined, capacity } = of;
  const counts = (shape: Expr[], layout?: string): ExchangeBufferKind => ({
    kind: "counts",
    precision: "index",
    shape,
    ...(layout === undefined ? {} : { layout }),
  });
  const rows = (precision: PrecisionClass, shape: Expr[], layout: string): ExchangeBufferKind => ({
    kind: "exchange",
    precision,
    shape,
    layout,
  });
  /** What a source tells: of a node its slots and its copies, or so of all nodes. */
  const columns = of.gathersCounts ? sum(slots, nodes) : sum(product(ranksPerNode, ownSlots), 1);
  // A rank forwards for one rank of each node, and all of their tokens may go to its own.
  const relayed = product(nodes, "tokens");
  const tags = of.partialSums ? product(2, topK) : topK;
  const wordsPerTag = quotient(bytesDimension("index"), bytesDimension("dispatch"));
  const tagged = sum(dispatched, product(tags, wordsPerTag));
  const buffers: Partial<Record<ExchangeBuffer, ExchangeBufferKind>> = {
    sent: counts([slots]),
    told: counts([sum(slots, nodes)], LAYOUTS.told),
    rail_counts: counts([nodes, columns], LAYOUTS.railCounts),
    node_counts: counts([nodes * ranksPerNode, columns], LAYOUTS.nodeCounts),
    copy_row: counts(["tokens", nodes]),
    relay_tags: counts([relayed, tags]),
    send_copies: rows("dispatch", [of.mostCopies, tagged], LAYOUTS.leavingCopies),
    relay_copies: rows("dispatch", [relayed, tagged], LAYOUTS.relayedCopies),
    forward_rows: rows("dispatch", [capacity, dispatched], LAYOUTS.forwarding),
    gathered_rows: rows("combine", [capacity, combined], LAYOUTS.forwarding),
    folded_copies: rows("combine", [relayed, combined], LAYOUTS.relayedCopies),
    returned_copies: rows("combine", [of.mostCopies, combined], LAYOUTS.leavingCopies),
    regrouped_rows: rows("combine", [capacity, combined], LAYOUTS.returning),
  };
  return buffers[which];
}
