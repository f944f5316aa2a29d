// add: the sum of two values of the same type, which `+` in the language stands for. Its output may take the place of an input.
import { product } from "../../plan/expression.js";
import { inDims, rowArguments, valueOf } from "../access.js";
import { defineKernel, rowsOf } from "../kernels/define.js";
import type { Operator } from "../operator.js";
import { bytesOf, memoryWork } from "../work.js";
import { add as addOnCpu } from "./add.cpu.js";
import source from "./add.wgsl";
import { reference } from "./reference.js";

const kernel = defineKernel({
  name: "add",
  operands: ["a", "b", "out"],
  sizes: ["row_begin", "row_end", "width"],
  wgsl: source,
  threads: (p) => rowsOf(p) * p.width,
  cpu: addOnCpu,
});

export const add: Operator = {
  name: "add",
  summary: "The sum of two values, element by element.",
  ports: [
    { name: "a", accepts: ["tokens", "routed"], summary: "One value.", extent: "in" },
    { name: "b", accepts: ["tokens", "routed"], summary: "The other, of the same type.", sameTypeAs: 0 },
  ],
  attributes: [],
  constraints: [],
  tokenWise: true,
  output: (_inputs, dims) => ({ kind: "tokens", shape: ["tokens", inDims("in", dims)] }),
  weights: () => [],
  states: () => [],
  parts: [
    {
      name: "add",
      kernel,
      operands: [
        { name: "a", access: "read", role: { kind: "input", port: 0 } },
        { name: "b", access: "read", role: { kind: "input", port: 1 } },
        { name: "out", access: "write", role: { kind: "output" } },
      ],
      rows: "node",
      divisible: true,
      work: (dims, rows) => {
        const width = inDims("in", dims);
        return memoryWork(product(rows, width), bytesOf("activations", 3, rows, width));
      },
      args: (context) => ({ ...rowArguments(context), width: valueOf("in", context.dims) }),
    },
  ],
  reference,
};
