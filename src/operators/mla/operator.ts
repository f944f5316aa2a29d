// mla: multi-head latent attention. The cache holds a low-rank latent of keys and values and one rotary key for all heads.
// Source: DeepSeek-V3 technical report, 2.1.1. A q_rank of 0 makes queries straight from x, as DeepSeek-V2-Lite does.
import { inDims } from "../access.js";
import type { Attribute, Operator, WeightSpec } from "../operator.js";
import type { Expr } from "../../plan/types.gen.js";
import { parts } from "./parts.js";
import { reference } from "./reference.js";
import { cachedWidth, downWidth, querySource, queryWidth, valueWidth } from "./widths.js";

const width = (name: string, summary: string): Attribute => ({
  kind: "dimension",
  dimension: "width",
  name,
  summary,
});

export const mla: Operator = {
  name: "mla",
  summary: "Multi-head latent attention, which caches a low-rank latent of keys and values.",
  ports: [{ name: "x", accepts: ["tokens"], summary: "Rows.", extent: "in" }],
  attributes: [
    { kind: "dimension", dimension: "heads", name: "heads", summary: "Heads." },
    {
      kind: "dimension",
      dimension: "width",
      name: "q_rank",
      summary: "Width of the query's latent; 0, the default, makes queries straight from x.",
      minimum: 0,
      fallback: 0,
    },
    width("kv_rank", "Width of the latent of keys and values."),
    width("nope", "Width of a head's key without position."),
    width("rope", "Width of the key with rotary position embedding."),
    width("value", "Width of a head's value."),
    {
      kind: "real",
      name: "theta",
      summary: "Base of the rotary position embedding.",
      fallback: 10000,
      positive: true,
    },
    {
      kind: "real",
      name: "epsilon",
      summary: "Added to the mean squares of the latents' norms.",
      fallback: 1e-6,
      positive: true,
    },
  ],
  constraints: [{ kind: "multiple_of", attribute: "rope", factor: 2 }],
  tokenWise: false,
  output: (_inputs, dims) => ({ kind: "tokens", shape: ["tokens", inDims("in", dims)] }),
  weights: (dims) => {
    const matrix = (name: string, rows: Expr, columns: Expr, residual = false): WeightSpec => ({
      name,
      shape: [inDims(rows, dims), inDims(columns, dims)],
      precision: "weights",
      init: "matrix",
      fanIn: inDims(rows, dims),
      residual,
    });
    const gain = (name: string, extent: Expr): WeightSpec => ({
      name,
      shape: [inDims(extent, dims)],
      precision: "weights",
      init: "gain",
      fanIn: 1,
      residual: false,
    });
    return [
      matrix("w_down", "in", downWidth),
      gain("q_gain", "q_rank"),
      matrix("w_q", querySource, queryWidth),
      gain("kv_gain", "kv_rank"),
      matrix("w_uk", "kv_rank", ["*", "heads", "nope"]),
      matrix("w_uv", "kv_rank", valueWidth),
      matrix("w_out", valueWidth, "in", true),
    ];
  },
  states: (dims) => [{ name: "latent", width: inDims(cachedWidth, dims), precision: "cache" }],
  parts,
  reference,
};
