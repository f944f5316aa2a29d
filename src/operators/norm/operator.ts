// norm: RMSNorm with a gain for each column. Source: Zhang and Sennrich, Root Mean Square Layer Normalization.
import { inDims, realOption, rowArguments, segmentArguments, segments, valueOf } from "../access.js";
import { product } from "../../plan/expression.js";
import { defineKernel, rowsOf } from "../kernels/define.js";
import segmentsSource from "../kernels/segments.wgsl";
import type { Operator } from "../operator.js";
import { bytesOf, memoryWork } from "../work.js";
import { norm as normOnCpu } from "./norm.cpu.js";
import source from "./norm.wgsl";
import { reference } from "./reference.js";

const kernel = defineKernel({
  name: "norm",
  operands: ["x", "gain", "segments", "out"],
  sizes: ["row_begin", "row_end", "width", "ranks", "own_slots", "stride", "first"],
  constants: ["epsilon"],
  wgsl: segmentsSource + source,
  threads: rowsOf,
  cpu: normOnCpu,
});

export const norm: Operator = {
  name: "norm",
  summary: "Each row divided by the root of its mean square, times a gain for each column.",
  ports: [{ name: "x", accepts: ["tokens", "routed"], summary: "Rows.", extent: "in" }],
  attributes: [
    { kind: "real", name: "epsilon", summary: "Added to the mean square.", fallback: 1e-6, positive: true },
  ],
  constraints: [],
  tokenWise: true,
  output: (_inputs, dims) => ({ kind: "tokens", shape: ["tokens", inDims("in", dims)] }),
  weights: (dims) => [
    {
      name: "gain",
      shape: [inDims("in", dims)],
      precision: "weights",
      init: "gain",
      fanIn: 1,
      residual: false,
    },
  ],
  states: () => [],
  parts: [
    {
      name: "norm",
      kernel,
      operands: [
        { name: "x", access: "read", role: { kind: "input", port: 0 } },
        { name: "gain", access: "read", role: { kind: "weight", weight: "gain" } },
        segments,
        { name: "out", access: "write", role: { kind: "output" } },
      ],
      rows: "node",
      divisible: true,
      work: (dims, rows, groups) => {
        const width = inDims("in", dims);
        return memoryWork(
          product(4, rows, width),
          bytesOf("activations", 2, rows, width),
          bytesOf("weights", groups, width),
        );
      },
      args: (context) => ({
        ...rowArguments(context),
        ...segmentArguments(context),
        width: valueOf("in", context.dims),
        epsilon: realOption(context.options, "epsilon"),
      }),
    },
  ],
  reference,
};
