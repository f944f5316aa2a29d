// embedding: the row of a table for each token id.
import { inDims, rowArguments, valuesOf } from "../access.js";
import { defineKernel, rowsOf } from "../kernels/define.js";
import type { Operator } from "../operator.js";
import { bytesOf, memoryWork } from "../work.js";
import { embedding as embeddingOnCpu } from "./embedding.cpu.js";
import source from "./embedding.wgsl";
import { reference } from "./reference.js";

const kernel = defineKernel({
  name: "embedding",
  operands: ["ids", "table", "out"],
  sizes: ["row_begin", "row_end", "width"],
  wgsl: source,
  threads: (p) => rowsOf(p) * p.width,
  cpu: embeddingOnCpu,
});

export const embedding: Operator = {
  name: "embedding",
  summary: "The row of a table for each token id.",
  ports: [{ name: "ids", accepts: ["ids"], summary: "Token ids." }],
  attributes: [
    { kind: "dimension", dimension: "vocab", name: "vocab", summary: "Rows of the table." },
    {
      kind: "dimension",
      dimension: "width",
      name: "width",
      summary: "Width of the rows; by default the model's `hidden`.",
      fallback: { parameter: "hidden" },
    },
  ],
  constraints: [],
  tokenWise: false,
  output: (_inputs, dims) => ({ kind: "tokens", shape: ["tokens", inDims("width", dims)] }),
  weights: (dims) => [
    {
      name: "table",
      shape: [inDims("vocab", dims), inDims("width", dims)],
      precision: "weights",
      init: "matrix",
      // A row is read as it is, so its elements keep the variance 1.
      fanIn: 1,
      residual: false,
    },
  ],
  states: () => [],
  parts: [
    {
      name: "gather",
      kernel,
      operands: [
        { name: "ids", access: "read", role: { kind: "input", port: 0 } },
        { name: "table", access: "read", role: { kind: "weight", weight: "table" } },
        { name: "out", access: "write", role: { kind: "output" } },
      ],
      rows: "node",
      divisible: true,
      work: (dims, rows) =>
        memoryWork(
          0,
          bytesOf("index", rows),
          bytesOf("weights", rows, inDims("width", dims)),
          bytesOf("activations", rows, inDims("width", dims)),
        ),
      args: (context) => ({ ...rowArguments(context), ...valuesOf(context.dims, "width") }),
    },
  ],
  reference,
};
