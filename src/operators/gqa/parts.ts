// The launches of gqa: one product for queries, keys and values; the cache; attention; the product back.
import { product, quotient, sum } from "../../plan/expression.js";
import type { Expr } from "../../plan/types.gen.js";
import { inDims, realOption, rowArguments, valueOf, valuesOf } from "../access.js";
import { attention } from "../kernels/attention.js";
import { defineKernel, rowsOf } from "../kernels/define.js";
import { matmulPart } from "../kernels/matmul.js";
import ropeSource from "../kernels/rope.wgsl";
import type { OperandRole, Part } from "../operator.js";
import { bytesOf, memoryWork, positionsTwice } from "../work.js";
import { cache as cacheOnCpu } from "./cache.cpu.js";
import cacheSource from "./cache.wgsl";

/** Widths over the operator's own names. */
export const queryWidth: Expr = product("heads", "head_dim");
export const stateWidth: Expr = product(2, "kv_heads", "head_dim");
export const projectedWidth: Expr = sum(queryWidth, stateWidth);

const temporary = (name: string, width: Expr): OperandRole => ({
  kind: "temporary",
  temporary: name,
  width: (dims) => inDims(width, dims),
  precision: "activations",
});
const projected = temporary("qkv", projectedWidth);
const queries = temporary("q", queryWidth);
const attended = temporary("attended", queryWidth);
const state: OperandRole = { kind: "state", state: "kv" };

const cacheKernel = defineKernel({
  name: "gqa_cache",
  operands: ["qkv", "q", "state"],
  sizes: ["row_begin", "row_end", "length", "context", "heads", "kv_heads", "head_dim"],
  constants: ["theta"],
  wgsl: ropeSource + cacheSource,
  threads: (p) => (rowsOf(p) * (p.heads + 2 * p.kv_heads) * p.head_dim) / 2,
  cpu: cacheOnCpu,
});

const cache: Part = {
  name: "cache",
  kernel: cacheKernel,
  operands: [
    { name: "qkv", access: "read", role: projected },
    { name: "q", access: "write", role: queries },
    { name: "state", access: "update", role: state },
  ],
  rows: "node",
  divisible: true,
  work: (dims, rows) => {
    const turned = inDims(product(sum("heads", "kv_heads"), "head_dim"), dims);
    return memoryWork(
      product(3, rows, turned),
      bytesOf("activations", rows, inDims(projectedWidth, dims)),
      bytesOf("activations", rows, inDims(queryWidth, dims)),
      bytesOf("cache", rows, inDims(stateWidth, dims)),
    );
  },
  args: ({ dims, options, ...launch }) => ({
    ...rowArguments({ dims, options, ...launch }),
    ...valuesOf(dims, "length", "context", "heads", "kv_heads", "head_dim"),
    theta: realOption(options, "theta"),
  }),
};

const attend: Part = {
  name: "attend",
  kernel: attention,
  operands: [
    { name: "q", access: "read", role: queries },
    { name: "state", access: "read", role: state },
    { name: "out", access: "write", role: attended },
  ],
  rows: "node",
  divisible: true,
  work: (dims, rows) => {
    const width = inDims(queryWidth, dims);
    const sequences = quotient(rows, "length");
    return {
      class: "attention",
      // A multiply-add with the key's element and one with the value's, for each position seen.
      flops: product(2, rows, positionsTwice, width),
      bytes: sum(
        bytesOf("activations", 2, rows, width),
        bytesOf("cache", sequences, sum("context", "length"), inDims(stateWidth, dims)),
      ),
    };
  },
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "length", "context", "heads", "kv_heads"),
    key_dim: valueOf("head_dim", context.dims),
    value_dim: valueOf("head_dim", context.dims),
    state_width: valueOf(stateWidth, context.dims),
    value_begin: valueOf(product("kv_heads", "head_dim"), context.dims),
    scale: 1 / Math.sqrt(valueOf("head_dim", context.dims)),
  }),
};

export const parts: readonly Part[] = [
  matmulPart({
    name: "project",
    x: { kind: "input", port: 0 },
    weight: "w_qkv",
    out: projected,
    k: "in",
    n: projectedWidth,
  }),
  cache,
  attend,
  matmulPart({
    name: "output",
    x: attended,
    weight: "w_out",
    out: { kind: "output" },
    k: queryWidth,
    n: "in",
  }),
];
