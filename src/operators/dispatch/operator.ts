// dispatch: sends each token to the experts that a gate chose. Its value is `expert_rows`: a row for each (token, k), sorted by slot.
import { InternalError } from "../../diagnostics/internal-error.js";
import { product } from "../../plan/expression.js";
import { inDims, rowArguments, countArguments, valueOf, valuesOf } from "../access.js";
import type { ExchangeBuffer, LaunchContext, OperandSpec, Operator, Part } from "../operator.js";
import { bytesOf, memoryWork } from "../work.js";
import { assignKernel, packKernel, unpackKernel } from "./kernels.js";
import { reference } from "./reference.js";

const read = (buffer: ExchangeBuffer): OperandSpec => ({
  name: buffer,
  access: "read",
  role: { kind: "exchange", buffer },
});
const write = (buffer: ExchangeBuffer): OperandSpec => ({ ...read(buffer), access: "write" });

function exchangeOf({ exchange }: LaunchContext): NonNullable<LaunchContext["exchange"]> {
  if (exchange === undefined) throw new InternalError("a launch of a dispatch has no exchange");
  return exchange;
}

const assign: Part = {
  name: "assign",
  kernel: assignKernel,
  operands: [
    { name: "chosen", access: "read", role: { kind: "input", port: 1, field: "experts" } },
    read("replica_begin"),
    read("replica_slot"),
    write("pair_row"),
    write("sent"),
  ],
  rows: "tokens",
  // A row of send_rows depends on all pairs before it.
  divisible: false,
  work: (dims, rows) => memoryWork(0, bytesOf("index", 2, rows, inDims("top_k", dims))),
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "top_k"),
    rank: exchangeOf(context).rank,
    slots: exchangeOf(context).slots,
  }),
};

const pack: Part = {
  name: "pack",
  kernel: packKernel,
  operands: [
    { name: "x", access: "read", role: { kind: "input", port: 0 } },
    read("pair_row"),
    write("send_rows"),
  ],
  rows: "tokens",
  divisible: true,
  work: (dims, rows) => {
    const pairs = product(rows, inDims("top_k", dims));
    return memoryWork(
      0,
      bytesOf("activations", rows, inDims("in", dims)),
      bytesOf("index", pairs),
      bytesOf("dispatch", pairs, inDims("in", dims)),
    );
  },
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "top_k"),
    width: valueOf("in", context.dims),
  }),
};

const unpack: Part = {
  name: "unpack",
  kernel: unpackKernel,
  operands: [read("arrived_rows"), read("received"), write("expert_rows")],
  rows: "received",
  divisible: true,
  work: (dims, rows) => memoryWork(0, bytesOf("dispatch", 2, rows, inDims("in", dims))),
  args: (context) => ({
    ...rowArguments(context),
    ...countArguments(context),
    width: valueOf("in", context.dims),
  }),
};

export const dispatch: Operator = {
  name: "dispatch",
  summary: "Sends each token to the experts that the gate chose.",
  ports: [
    { name: "x", accepts: ["tokens"], summary: "Rows.", extent: "in" },
    { name: "gate", accepts: ["gate"], summary: "The choice of experts.", extent: "top_k" },
  ],
  attributes: [],
  constraints: [],
  tokenWise: false,
  output: (_inputs, dims) => ({ kind: "routed", shape: ["rows", inDims("in", dims)] }),
  weights: () => [],
  states: () => [],
  parts: [assign, pack, unpack],
  reference,
};
