// Most that a rank has to do with in a node-aware exchange, as expressions for the sizes of its buffers.
import { expression, product } from "../../plan/expression.js";
import type { NodeShape } from "../../plan/nodes.js";
import type { Expr } from "../../plan/types.gen.js";

/** Copies that a rank sends at most: a token goes to no more nodes than experts. */
export const mostCopies = (topK: Expr, { nodes }: NodeShape): Expr =>
  product("tokens", expression("min", topK, nodes));

/** Rows that a rank forwards when all tokens of its rail go to its node. */
export const mostForwarded = (topK: Expr, { nodes }: NodeShape): Expr => product(nodes, "tokens", topK);
