// dispatch: sends each token to the experts that a gate chose. Its value is `expert_rows`: a row for each (token, k), sorted by slot.
import { product } from "../../plan/expression.js";
import { inDims, rowArguments, countArguments, valueOf, valuesOf } from "../access.js";
import { exchangeOf, read, write } from "../exchange-parts.js";
import type { Operator, Part } from "../operator.js";
import { bytesOf, memoryWork } from "../work.js";
import { assignCapacityKernel, packCapacityKernel } from "./capacity.js";
import { findCopies, forward, forwardWeighted, packCopies, packWeighted } from "./copies.js";
import { assignKernel, packKernel, unpackKernel } from "./kernels.js";
import { reference } from "./reference.js";

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

/** In place of `assign` where every atom has the same rows. */
const assignCapacity: Part = {
  ...assign,
  name: "assign_capacity",
  kernel: assignCapacityKernel,
  operands: [
    ...assign.operands.filter(({ access }) => access === "read"),
    write("pair_row"),
    write("row_pair"),
  ],
  args: (context) => ({
    ...assign.args(context),
    tokens: context.rowEnd,
    atom_rows: exchangeOf(context).atomRows ?? 0,
  }),
};

/** In place of `pack` there: rows that no pair takes become zeros. */
const packCapacity: Part = {
  ...pack,
  name: "pack_capacity",
  kernel: packCapacityKernel,
  operands: [
    { name: "x", access: "read", role: { kind: "input", port: 0 } },
    read("row_pair"),
    write("send_rows"),
  ],
  rows: "sent",
  work: (dims, rows) =>
    memoryWork(
      0,
      bytesOf("activations", "tokens", inDims("in", dims)),
      bytesOf("index", rows),
      bytesOf("dispatch", rows, inDims("in", dims)),
    ),
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
  parts: [
    assign,
    findCopies,
    pack,
    packCopies,
    packWeighted,
    forward,
    forwardWeighted,
    unpack,
    assignCapacity,
    packCapacity,
  ],
  reference,
};
