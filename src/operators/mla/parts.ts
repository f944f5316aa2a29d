// The launches of mla, in the absorbed form.
import { expression, product, quotient, sum } from "../../plan/expression.js";
import type { Expr } from "../../plan/types.gen.js";
import { inDims, realOption, rowArguments, valueOf, valuesOf } from "../access.js";
import { attention } from "../kernels/attention.js";
import { matmulPart } from "../kernels/matmul.js";
import type { OperandRole, OperandSpec, Part } from "../operator.js";
import { bytesOf, gemmWork, memoryWork, positionsTwice } from "../work.js";
import { absorbKernel, cacheKernel, queryKernel, valueKernel } from "./kernels.js";
import {
  absorbedWidth,
  attendedWidth,
  cachedWidth,
  downWidth,
  querySource,
  queryWidth,
  valueWidth,
} from "./widths.js";

const temporary = (name: string, width: Expr): OperandRole => ({
  kind: "temporary",
  temporary: name,
  width: (dims) => inDims(width, dims),
  precision: "activations",
});
const input: OperandRole = { kind: "input", port: 0 };
const latents = temporary("down", downWidth);
const queries = temporary("q", queryWidth);
const absorbed = temporary("absorbed", absorbedWidth);
const attended = temporary("attended", attendedWidth);
const values = temporary("values", valueWidth);
const state: OperandRole = { kind: "state", state: "latent" };

const read = (name: string, role: OperandRole): OperandSpec => ({ name, access: "read", role });
const write = (name: string, role: OperandRole): OperandSpec => ({ name, access: "write", role });
const weight = (name: string): OperandRole => ({ kind: "weight", weight: name });

const query: Part = {
  name: "query",
  kernel: queryKernel,
  operands: [
    read("x", input),
    read("latent", latents),
    read("gain", weight("q_gain")),
    read("w", weight("w_q")),
    write("out", queries),
  ],
  rows: "node",
  divisible: true,
  work: (dims, rows) =>
    gemmWork({ m: rows, k: inDims(querySource, dims), n: inDims(queryWidth, dims), groups: 1 }),
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "q_rank"),
    width: valueOf("in", context.dims),
    latent_width: valueOf(downWidth, context.dims),
    n: valueOf(queryWidth, context.dims),
    epsilon: realOption(context.options, "epsilon"),
  }),
};

const cache: Part = {
  name: "cache",
  kernel: cacheKernel,
  operands: [
    read("latent", latents),
    read("gain", weight("kv_gain")),
    { name: "state", access: "update", role: state },
  ],
  rows: "node",
  divisible: true,
  work: (dims, rows) => {
    const width = inDims(cachedWidth, dims);
    return memoryWork(
      product(4, rows, width),
      bytesOf("activations", rows, width),
      bytesOf("cache", rows, width),
      bytesOf("weights", inDims("kv_rank", dims)),
    );
  },
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "length", "context", "q_rank", "kv_rank", "rope"),
    theta: realOption(context.options, "theta"),
    epsilon: realOption(context.options, "epsilon"),
  }),
};

/** A product with one matrix [k, n] for each head. */
const perHead = (rows: Expr, heads: Expr, k: Expr, n: Expr) =>
  gemmWork({ m: product(rows, heads), k, n, groups: heads });

const absorb: Part = {
  name: "absorb",
  kernel: absorbKernel,
  operands: [read("q", queries), read("w_uk", weight("w_uk")), write("out", absorbed)],
  rows: "node",
  divisible: true,
  work: (dims, rows) => perHead(rows, inDims("heads", dims), inDims("nope", dims), inDims("kv_rank", dims)),
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "length", "context", "heads", "kv_rank", "nope", "rope"),
    theta: realOption(context.options, "theta"),
  }),
};

/**
 * Attention prices the cheaper of two forms that give the same result. Absorbed (what the kernels do), each head meets
 * the latents. Expanded, keys and values of all positions are made first: for new positions at the price of `absorb` and
 * `value`, for cached ones on top. Long prefills want the second, decoding wants the first.
 */
const attend: Part = {
  name: "attend",
  kernel: attention,
  operands: [read("q", absorbed), read("state", state), write("out", attended)],
  rows: "node",
  divisible: true,
  work: (dims, rows) => {
    const [heads, rank] = [inDims("heads", dims), inDims("kv_rank", dims)];
    const sequences = quotient(rows, "length");
    const meets = product(rows, positionsTwice, heads);
    const headWidth = inDims(sum("nope", "rope", "value"), dims);
    const expansion = product(2, sequences, "context", heads, rank, inDims(sum("nope", "value"), dims));
    return {
      class: "attention",
      flops: expression(
        "min",
        product(meets, inDims(sum(cachedWidth, "kv_rank"), dims)),
        sum(product(meets, headWidth), expansion),
      ),
      bytes: sum(
        bytesOf("activations", rows, inDims(sum(absorbedWidth, attendedWidth), dims)),
        bytesOf("cache", sequences, sum("context", "length"), inDims(cachedWidth, dims)),
      ),
    };
  },
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "length", "context", "heads"),
    kv_heads: 1,
    key_dim: valueOf(cachedWidth, context.dims),
    value_dim: valueOf("kv_rank", context.dims),
    state_width: valueOf(cachedWidth, context.dims),
    value_begin: 0,
    scale: 1 / Math.sqrt(valueOf(sum("nope", "rope"), context.dims)),
  }),
};

const value: Part = {
  name: "value",
  kernel: valueKernel,
  operands: [read("latent", attended), read("w_uv", weight("w_uv")), write("out", values)],
  rows: "node",
  divisible: true,
  work: (dims, rows) => perHead(rows, inDims("heads", dims), inDims("kv_rank", dims), inDims("value", dims)),
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "heads", "kv_rank", "value"),
  }),
};

export const parts: readonly Part[] = [
  matmulPart({ name: "down", x: input, weight: "w_down", out: latents, k: "in", n: downWidth }),
  query,
  cache,
  absorb,
  attend,
  value,
  matmulPart({ name: "output", x: values, weight: "w_out", out: { kind: "output" }, k: valueWidth, n: "in" }),
];
