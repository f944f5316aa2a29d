// Work of the parts in the usual conventions: a multiply-add is two operations, traffic is each operand once.
import { bytesDimension } from "../plan/dimensions.js";
import { product, sum } from "../plan/expression.js";
import type { Expr, PrecisionClass } from "../plan/types.gen.js";
import type { PartWork } from "./operator.js";

/** Bytes of so many elements of a class of data, without scales. */
export const bytesOf = (precision: PrecisionClass, ...extents: readonly Expr[]): Expr =>
  product(...extents, bytesDimension(precision));

/** A matrix product [m, k] x [k, n], the weights of which are read once for each of `groups`. */
export function gemmWork(
  { m, n, k, groups }: { m: Expr; n: Expr; k: Expr; groups: Expr },
  precision: { weights: PrecisionClass; out: PrecisionClass } = { weights: "weights", out: "activations" },
): PartWork {
  return {
    class: "gemm",
    flops: product(2, m, n, k),
    bytes: sum(
      bytesOf("activations", m, k),
      bytesOf(precision.weights, groups, k, n),
      bytesOf(precision.out, m, n),
    ),
    gemm: { m, n, k },
  };
}

export const memoryWork = (flops: Expr, ...bytes: readonly Expr[]): PartWork => ({
  class: "memory",
  flops,
  bytes: sum(...bytes),
});

/**
 * Twice the mean number of positions that a row of causal attention sees: the t-th of `length` new rows after `context`
 * cached ones sees context + t + 1, on average context + (length + 1) / 2.
 */
export const positionsTwice: Expr = sum(product(2, "context"), "length", 1);
