// The matrix product that most operators are made of, with one set of weights or one for each slot of a lifted node.
import type { Expr, PrecisionClass } from "../../plan/types.gen.js";
import { inDims, rowArguments, segmentArguments, segments, valueOf } from "../access.js";
import type { OperandRole, Part } from "../operator.js";
import { gemmWork } from "../work.js";
import { defineKernel, rowsOf } from "./define.js";
import { matmul as matmulOnCpu } from "./matmul.cpu.js";
import matmulSource from "./matmul.wgsl";
import segmentsSource from "./segments.wgsl";
import tileSource from "./tile.wgsl";

/** x [rows, k] by w [k, n], or [slots, k, n], to out [rows, n]. */
export const matmul = defineKernel({
  name: "matmul",
  operands: ["x", "w", "segments", "out"],
  sizes: ["row_begin", "row_end", "k", "n", "ranks", "own_slots", "stride", "first"],
  wgsl: segmentsSource + tileSource + matmulSource,
  threads: (p) => Math.ceil(rowsOf(p) / 4) * Math.ceil(p.n / 8),
  cpu: matmulOnCpu,
});

interface Product {
  readonly name: string;
  readonly x: OperandRole;
  readonly weight: string;
  readonly out: OperandRole;
  /** Length of the dot products and number of columns, over the operator's own names. */
  readonly k: Expr;
  readonly n: Expr;
  /** True for parts of token-wise operators. */
  readonly liftable?: boolean;
  /** Classes of the weights and the result, where they are not `weights` and `activations`. */
  readonly precision?: { readonly weights: PrecisionClass; readonly out: PrecisionClass };
}

/** A part that is a matrix product with one of the operator's weights. */
export const matmulPart = ({ name, x, weight, out, k, n, liftable, precision }: Product): Part => ({
  name,
  kernel: matmul,
  operands: [
    { name: "x", access: "read", role: x },
    { name: "w", access: "read", role: { kind: "weight", weight } },
    ...(liftable === true ? [segments] : []),
    { name: "out", access: "write", role: out },
  ],
  rows: "node",
  divisible: true,
  work: (dims, rows, groups) =>
    gemmWork({ m: rows, k: inDims(k, dims), n: inDims(n, dims), groups }, precision),
  args: (context) => ({
    k: valueOf(k, context.dims),
    n: valueOf(n, context.dims),
    ...rowArguments(context),
    ...segmentArguments(context),
  }),
});
