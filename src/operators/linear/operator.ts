// linear: a matrix product without bias.
import { inDims } from "../access.js";
import { matmulPart } from "../kernels/matmul.js";
import type { Operator } from "../operator.js";
import { reference } from "./reference.js";

export const linear: Operator = {
  name: "linear",
  summary: "Rows times a matrix.",
  ports: [{ name: "x", accepts: ["tokens", "routed"], summary: "Rows.", extent: "in" }],
  attributes: [{ kind: "dimension", dimension: "width", name: "width", summary: "Width of the result." }],
  constraints: [],
  tokenWise: true,
  output: (_inputs, dims) => ({ kind: "tokens", shape: ["tokens", inDims("width", dims)] }),
  weights: (dims) => [
    {
      name: "w",
      shape: [inDims("in", dims), inDims("width", dims)],
      precision: "weights",
      init: "matrix",
      fanIn: inDims("in", dims),
      residual: false,
    },
  ],
  states: () => [],
  parts: [
    matmulPart({
      name: "matmul",
      x: { kind: "input", port: 0 },
      weight: "w",
      out: { kind: "output" },
      k: "in",
      n: "width",
      liftable: true,
    }),
  ],
  reference,
};
