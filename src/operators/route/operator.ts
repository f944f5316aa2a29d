// route: which experts each token goes to, and with what weights. Sources: Jiang et al., Mixtral of Experts (softmax);
// DeepSeek-V3 technical report, 2.1.2 (sigmoid, groups, a bias that only the choice sees).
import { product } from "../../plan/expression.js";
import { flagOption, inDims, realOption, rowArguments, valuesOf } from "../access.js";
import { defineKernel, rowsOf } from "../kernels/define.js";
import { matmulPart } from "../kernels/matmul.js";
import type { OperandRole, Operator, Part } from "../operator.js";
import { bytesOf, memoryWork } from "../work.js";
import { attributes, constraints } from "./attributes.js";
import { reference, scores } from "./reference.js";
import { select as selectOnCpu } from "./select.cpu.js";
import source from "./select.wgsl";

const selectKernel = defineKernel({
  name: "route_select",
  operands: ["logits", "bias", "chosen", "weights"],
  sizes: ["row_begin", "row_end", "experts", "top_k", "groups", "top_groups", "softmax", "normalize"],
  constants: ["scale"],
  wgsl: source,
  threads: rowsOf,
  cpu: selectOnCpu,
});

const logits: OperandRole = {
  kind: "temporary",
  temporary: "logits",
  width: (dims) => inDims("experts", dims),
  precision: "gate",
};

/** The score function is applied here, where all logits of a token are at hand. */
const select: Part = {
  name: "select",
  kernel: selectKernel,
  operands: [
    { name: "logits", access: "read", role: logits },
    { name: "bias", access: "read", role: { kind: "weight", weight: "bias" } },
    { name: "chosen", access: "write", role: { kind: "output", field: "experts" } },
    { name: "weights", access: "write", role: { kind: "output", field: "weights" } },
  ],
  rows: "node",
  divisible: true,
  work: (dims, rows) => {
    const [experts, topK] = [inDims("experts", dims), inDims("top_k", dims)];
    return memoryWork(
      product(rows, experts, topK),
      bytesOf("gate", rows, experts),
      bytesOf("gate", experts),
      bytesOf("gate", rows, topK),
      bytesOf("index", rows, topK),
    );
  },
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "experts", "top_k", "groups", "top_groups"),
    softmax: context.options["score"] === "softmax" ? 1 : 0,
    normalize: flagOption(context.options, "normalize") ? 1 : 0,
    scale: realOption(context.options, "scale"),
  }),
};

export const route: Operator = {
  name: "route",
  summary: "The experts that each token goes to, with their weights.",
  ports: [{ name: "x", accepts: ["tokens"], summary: "Rows.", extent: "in" }],
  attributes,
  constraints,
  tokenWise: false,
  output: (_inputs, dims) => ({ kind: "gate", shape: ["tokens", inDims("top_k", dims)] }),
  weights: (dims) => {
    const [width, experts] = [inDims("in", dims), inDims("experts", dims)];
    const common = { precision: "gate", fanIn: width, residual: false } as const;
    return [
      { name: "w", shape: [width, experts], init: "matrix", ...common },
      { name: "bias", shape: [experts], init: "bias", ...common },
    ];
  },
  states: () => [],
  scores,
  parts: [
    matmulPart({
      name: "score",
      x: { kind: "input", port: 0 },
      weight: "w",
      out: logits,
      k: "in",
      n: "experts",
      precision: { weights: "gate", out: "gate" },
    }),
    select,
  ],
  reference,
};
