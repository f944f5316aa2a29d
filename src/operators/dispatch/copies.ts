// The parts of a node-aware dispatch: each token's row is sent once to every node that has slots for it, and made into a row for
// each of its pairs there.
import { product, sum } from "../../plan/expression.js";
import { inDims, rowArguments, valuesOf } from "../access.js";
import { nodeCounts, copyArguments, nodeArguments, read, relayArguments, write } from "../exchange-parts.js";
import { defineKernel, rowsOf } from "../kernels/define.js";
import relaySource from "../kernels/relay.wgsl";
import type { Dims, Part } from "../operator.js";
import type { Expr } from "../../plan/types.gen.js";
import { bytesOf, memoryWork } from "../work.js";
import { findCopies as findOnCpu } from "./find-copies.cpu.js";
import findSource from "./find-copies.wgsl";
import { forward as forwardOnCpu } from "./forward.cpu.js";
import forwardSource from "./forward.wgsl";
import { packCopies as packOnCpu } from "./pack-copies.cpu.js";
import packSource from "./pack-copies.wgsl";

const findKernel = defineKernel({
  name: "dispatch_find_copies",
  operands: ["pair_row", "slot_begin", "sent", "told", "copy_row"],
  sizes: ["row_begin", "row_end", "top_k", "nodes", "node_ranks"],
  wgsl: findSource,
  threads: (p) => p.nodes,
  cpu: findOnCpu,
});

/** x [tokens, width] to send_copies [copies, width + tags]; `weights` [tokens, top_k] where there are twice top_k tags. */
const packKernel = defineKernel({
  name: "dispatch_pack_copies",
  operands: ["x", "pair_row", "copy_row", "slot_begin", "sent", "weights", "send_copies"],
  sizes: ["row_begin", "row_end", "top_k", "width", "tags", "nodes", "node_ranks"],
  wgsl: packSource,
  threads: rowsOf,
  cpu: packOnCpu,
});

/** relay_copies [copies, width + tags] to forward_rows [forwarded, width] and, where there are weights, relay_tags [copies, tags]. */
const forwardKernel = defineKernel({
  name: "dispatch_forward",
  operands: ["relay_copies", "received", "slot_begin", "forward_rows", "relay_tags"],
  sizes: [
    "row_begin",
    "row_end",
    "top_k",
    "width",
    "tags",
    "nodes",
    "node_ranks",
    "node",
    "rail",
    "stride",
    "node_first",
  ],
  wgsl: relaySource + forwardSource,
  threads: rowsOf,
  cpu: forwardOnCpu,
});

const pairs = (dims: Dims, rows: Expr): Expr => product(rows, inDims("top_k", dims));

export const findCopies: Part = {
  name: "find_copies",
  kernel: findKernel,
  operands: [read("pair_row"), read("slot_begin"), read("sent"), write("told"), write("copy_row")],
  rows: "tokens",
  // A copy's row depends on all tokens before it.
  divisible: false,
  work: (dims, rows) => memoryWork(0, bytesOf("index", 2, pairs(dims, rows))),
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "top_k"),
    ...nodeArguments(context),
  }),
};

/** Copies leave with the rows of their pairs, and with their weights for sums. */
const packWork: Part["work"] = (dims, rows, _groups, _options, { copiesSent }) =>
  memoryWork(
    0,
    bytesOf("activations", rows, inDims("in", dims)),
    bytesOf("dispatch", copiesSent, inDims("in", dims)),
    bytesOf("index", 2, pairs(dims, rows)),
  );

const pack = (name: string, operands: Part["operands"]): Part => ({
  name,
  kernel: packKernel,
  operands: [
    { name: "x", access: "read", role: { kind: "input", port: 0 } },
    read("pair_row"),
    read("copy_row"),
    read("slot_begin"),
    read("sent"),
    ...operands,
    write("send_copies"),
  ],
  rows: "tokens",
  divisible: true,
  work: packWork,
  args: (context) => ({ ...rowArguments(context), ...copyArguments(context), ...nodeArguments(context) }),
});

export const packCopies = pack("pack_copies", []);
export const packWeighted = pack("pack_weighted", [
  { name: "weights", access: "read", role: { kind: "input", port: 1, field: "weights" } },
]);

const forwarding = (name: string, operands: Part["operands"]): Part => ({
  name,
  kernel: forwardKernel,
  operands: [read("relay_copies"), nodeCounts, read("slot_begin"), write("forward_rows"), ...operands],
  rows: "copies_received",
  divisible: true,
  work: (dims, rows, _groups, _options, { forwarded }) =>
    memoryWork(
      0,
      bytesOf("dispatch", sum(rows, forwarded), inDims("in", dims)),
      bytesOf("index", 2, pairs(dims, rows)),
    ),
  args: (context) => ({ ...rowArguments(context), ...copyArguments(context), ...relayArguments(context) }),
});

export const forward = forwarding("forward", []);
export const forwardWeighted = forwarding("forward_weighted", [write("relay_tags")]);
