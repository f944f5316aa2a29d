// combine: brings the experts' results back to their tokens and adds them by the gate's weights. Its first input is `result_rows`.
import { product } from "../../plan/expression.js";
import { inDims, rowArguments, countArguments, valueOf, valuesOf } from "../access.js";
import { read, write } from "../exchange-parts.js";
import atomOrderSource from "../kernels/atom-order.wgsl";
import { defineKernel, rowsOf } from "../kernels/define.js";
import type { Operator, Part } from "../operator.js";
import { bytesOf, memoryWork } from "../work.js";
import { fold, gather, regroup } from "./copies.js";
import { reduce as reduceOnCpu } from "./reduce.cpu.js";
import reduceSource from "./reduce.wgsl";
import { reduceCapacity as reduceCapacityOnCpu } from "./reduce-capacity.cpu.js";
import reduceCapacitySource from "./reduce-capacity.wgsl";
import { reference } from "./reference.js";
import { repack as repackOnCpu } from "./repack.cpu.js";
import repackSource from "./repack.wgsl";

/** rows of result_rows, sorted by (slot, source), to leaving_rows, sorted by (source, slot); received as in atom-order. */
const repackKernel = defineKernel({
  name: "combine_repack",
  operands: ["result_rows", "received", "leaving_rows"],
  sizes: ["row_begin", "row_end", "width", "ranks", "own_slots", "stride", "first"],
  wgsl: atomOrderSource + repackSource,
  threads: rowsOf,
  cpu: repackOnCpu,
});

/** returned_rows [tokens * top_k, width] with weights [tokens, top_k] to out [tokens, width]. */
const reduceKernel = defineKernel({
  name: "combine_reduce",
  operands: ["returned_rows", "pair_row", "weights", "out"],
  sizes: ["row_begin", "row_end", "top_k", "width"],
  wgsl: reduceSource,
  threads: (p) => rowsOf(p) * p.width,
  cpu: reduceOnCpu,
});

/** The same where a pair that was dropped has no row: it adds nothing, and the other weights stay as they are. */
const reduceCapacityKernel = defineKernel({
  name: "combine_reduce_capacity",
  operands: ["returned_rows", "pair_row", "weights", "out"],
  sizes: ["row_begin", "row_end", "top_k", "width"],
  wgsl: reduceCapacitySource,
  threads: (p) => rowsOf(p) * p.width,
  cpu: reduceCapacityOnCpu,
});

const repack: Part = {
  name: "repack",
  kernel: repackKernel,
  operands: [read("result_rows"), read("received"), write("leaving_rows")],
  rows: "received",
  divisible: true,
  work: (dims, rows) => memoryWork(0, bytesOf("combine", 2, rows, inDims("in", dims))),
  args: (context) => ({
    ...rowArguments(context),
    ...countArguments(context),
    width: valueOf("in", context.dims),
  }),
};

const reduce: Part = {
  name: "reduce",
  kernel: reduceKernel,
  operands: [
    read("returned_rows"),
    read("pair_row"),
    { name: "weights", access: "read", role: { kind: "input", port: 1, field: "weights" } },
    { name: "out", access: "write", role: { kind: "output" } },
  ],
  rows: "tokens",
  divisible: true,
  work: (dims, rows) => {
    const width = inDims("in", dims);
    const pairs = product(rows, inDims("top_k", dims));
    return memoryWork(
      product(2, pairs, width),
      bytesOf("combine", pairs, width),
      bytesOf("index", pairs),
      bytesOf("gate", pairs),
      bytesOf("activations", rows, width),
    );
  },
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "top_k"),
    width: valueOf("in", context.dims),
  }),
};

/** In place of `reduce` where pairs may have been dropped. */
const reduceCapacity: Part = { ...reduce, name: "reduce_capacity", kernel: reduceCapacityKernel };

export const combine: Operator = {
  name: "combine",
  summary: "Brings the experts' results back to their tokens and adds them by the gate's weights.",
  ports: [
    { name: "y", accepts: ["routed"], summary: "The experts' results.", extent: "in" },
    { name: "gate", accepts: ["gate"], summary: "The gate that sent the rows.", extent: "top_k" },
  ],
  attributes: [],
  constraints: [],
  tokenWise: false,
  output: (_inputs, dims) => ({ kind: "tokens", shape: ["tokens", inDims("in", dims)] }),
  weights: () => [],
  states: () => [],
  parts: [repack, fold, regroup, reduce, reduceCapacity, gather],
  reference,
};
