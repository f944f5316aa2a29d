// gqa: causal self-attention in which groups of query heads share a key and value head, with rotary position embedding.
// Source: Ainslie et al., GQA: Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints.
import { inDims } from "../access.js";
import type { Operator } from "../operator.js";
import { parts, projectedWidth, queryWidth, stateWidth } from "./parts.js";
import { reference } from "./reference.js";

export const gqa: Operator = {
  name: "gqa",
  summary: "Causal self-attention in which groups of query heads share a key and value head.",
  ports: [{ name: "x", accepts: ["tokens"], summary: "Rows.", extent: "in" }],
  attributes: [
    { kind: "dimension", dimension: "heads", name: "heads", summary: "Query heads." },
    {
      kind: "dimension",
      dimension: "heads",
      name: "kv_heads",
      summary: "Key and value heads; by default as many as query heads.",
      fallback: { attribute: "heads" },
    },
    { kind: "dimension", dimension: "width", name: "head_dim", summary: "Width of a head." },
    {
      kind: "real",
      name: "theta",
      summary: "Base of the rotary position embedding.",
      fallback: 10000,
      positive: true,
    },
  ],
  constraints: [
    { kind: "divides", divisor: "kv_heads", dividend: "heads" },
    { kind: "multiple_of", attribute: "head_dim", factor: 2 },
  ],
  tokenWise: false,
  output: (_inputs, dims) => ({ kind: "tokens", shape: ["tokens", inDims("in", dims)] }),
  weights: (dims) => {
    const [outer, heads] = [inDims("in", dims), inDims(queryWidth, dims)];
    const matrix = { precision: "weights", init: "matrix" } as const;
    return [
      {
        name: "w_qkv",
        shape: [outer, inDims(projectedWidth, dims)],
        ...matrix,
        fanIn: outer,
        residual: false,
      },
      { name: "w_out", shape: [heads, outer], ...matrix, fanIn: heads, residual: true },
    ];
  },
  states: (dims) => [{ name: "kv", width: inDims(stateWidth, dims), precision: "cache" }],
  parts,
  reference,
};
