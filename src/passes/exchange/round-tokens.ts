// How many tokens of a rank a round has: so few that every rank has room for what any routing of them gives it.
import { expression, largest, product, quotient } from "../../plan/expression.js";
import type { Expr } from "../../plan/types.gen.js";

/** What the rows of a round depend on; `nodes` where rows are forwarded on each of them. */
export interface RoundExtents {
  readonly ranks: number;
  readonly nodes: number | undefined;
  readonly topK: Expr;
  /** Slots of the rank with the most. */
  readonly ownSlots: Expr;
}

export const roundTokens = (capacityRows: Expr, extents: RoundExtents): Expr =>
  quotient(capacityRows, rowsOfOneToken(extents));

/**
 * Rows that a rank receives where one token of each rank goes to as many of its slots as it can, or that it forwards where the
 * tokens of its rail have all of their experts on its node.
 */
export function rowsOfOneToken({ ranks, nodes, topK, ownSlots }: RoundExtents): Expr {
  const received = product(ranks, expression("min", topK, ownSlots));
  return nodes === undefined ? received : largest(received, product(nodes, topK));
}
