// swiglu: the gated feed-forward layer, (silu(x Wg) * (x Wu)) Wd. Source: Shazeer, GLU Variants Improve Transformer.
import { product, sum } from "../../plan/expression.js";
import { inDims, rowArguments, segmentArguments, segments, valueOf } from "../access.js";
import { defineKernel, rowsOf } from "../kernels/define.js";
import { matmulPart } from "../kernels/matmul.js";
import segmentsSource from "../kernels/segments.wgsl";
import tileSource from "../kernels/tile.wgsl";
import type { OperandRole, Operator, Part } from "../operator.js";
import { bytesOf } from "../work.js";
import { gateUp as gateUpOnCpu } from "./gate-up.cpu.js";
import source from "./gate-up.wgsl";
import { reference } from "./reference.js";

const gateUpKernel = defineKernel({
  name: "swiglu_gate_up",
  operands: ["x", "w_gate", "w_up", "segments", "out"],
  sizes: ["row_begin", "row_end", "k", "width", "ranks", "own_slots", "stride", "first"],
  wgsl: segmentsSource + tileSource + source,
  threads: (p) => Math.ceil(rowsOf(p) / 4) * Math.ceil(p.width / 4),
  cpu: gateUpOnCpu,
});

const inner: OperandRole = {
  kind: "temporary",
  temporary: "inner",
  width: (dims) => inDims("width", dims),
  precision: "activations",
};

const gateUp: Part = {
  name: "gate_up",
  kernel: gateUpKernel,
  operands: [
    { name: "x", access: "read", role: { kind: "input", port: 0 } },
    { name: "w_gate", access: "read", role: { kind: "weight", weight: "w_gate" } },
    { name: "w_up", access: "read", role: { kind: "weight", weight: "w_up" } },
    segments,
    { name: "out", access: "write", role: inner },
  ],
  rows: "node",
  divisible: true,
  work: (dims, rows, groups) => {
    const [outer, width] = [inDims("in", dims), inDims("width", dims)];
    const n = product(2, width);
    return {
      class: "gemm",
      flops: product(2, rows, outer, n),
      // Only the combination of both products is written.
      bytes: sum(
        bytesOf("activations", rows, outer),
        bytesOf("weights", groups, outer, n),
        bytesOf("activations", rows, width),
      ),
      gemm: { m: rows, n, k: outer },
    };
  },
  args: (context) => ({
    ...rowArguments(context),
    ...segmentArguments(context),
    k: valueOf("in", context.dims),
    width: valueOf("width", context.dims),
  }),
};

export const swiglu: Operator = {
  name: "swiglu",
  summary: "The gated feed-forward layer: (silu(x Wg) * (x Wu)) Wd.",
  ports: [{ name: "x", accepts: ["tokens", "routed"], summary: "Rows.", extent: "in" }],
  attributes: [
    { kind: "dimension", dimension: "width", name: "width", summary: "Width between the products." },
  ],
  constraints: [],
  tokenWise: true,
  output: (_inputs, dims) => ({ kind: "tokens", shape: ["tokens", inDims("in", dims)] }),
  weights: (dims) => {
    const [outer, width] = [inDims("in", dims), inDims("width", dims)];
    const matrix = { precision: "weights", init: "matrix" } as const;
    return [
      { name: "w_gate", shape: [outer, width], ...matrix, fanIn: outer, residual: false },
      { name: "w_up", shape: [outer, width], ...matrix, fanIn: outer, residual: false },
      { name: "w_down", shape: [width, outer], ...matrix, fanIn: width, residual: true },
    ];
  },
  states: () => [],
  parts: [
    gateUp,
    matmulPart({
      name: "down",
      x: inner,
      weight: "w_down",
      out: { kind: "output" },
      k: "width",
      n: "in",
      liftable: true,
    }),
  ],
  reference,
};
