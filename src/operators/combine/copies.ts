// The parts of a node-aware combine: results are brought together on each node, added there where partial sums are allowed, and
// what comes back from the nodes is added for each token.
import { product, sum } from "../../plan/expression.js";
import { inDims, rowArguments, valueOf, valuesOf } from "../access.js";
import { nodeCounts, nodeArguments, read, relayArguments, write } from "../exchange-parts.js";
import { defineKernel, rowsOf } from "../kernels/define.js";
import relaySource from "../kernels/relay.wgsl";
import type { Part } from "../operator.js";
import { bytesOf, memoryWork } from "../work.js";
import { fold as foldOnCpu } from "./fold.cpu.js";
import foldSource from "./fold.wgsl";
import { gather as gatherOnCpu } from "./gather.cpu.js";
import gatherSource from "./gather.wgsl";
import { regroup as regroupOnCpu } from "./regroup.cpu.js";
import regroupSource from "./regroup.wgsl";

/** gathered_rows [forwarded, width] with relay_tags [copies, 2 * top_k] to folded_copies [copies, width]. */
const foldKernel = defineKernel({
  name: "combine_fold",
  operands: ["gathered_rows", "relay_tags", "folded_copies"],
  sizes: ["row_begin", "row_end", "top_k", "width"],
  wgsl: foldSource,
  threads: (p) => rowsOf(p) * p.width,
  cpu: foldOnCpu,
});

/** gathered_rows, sorted by (host, source, slot), to regrouped_rows, sorted by (source, slot). */
const regroupKernel = defineKernel({
  name: "combine_regroup",
  operands: ["gathered_rows", "received", "slot_begin", "regrouped_rows"],
  sizes: ["row_begin", "row_end", "width", "nodes", "node_ranks", "node", "rail", "stride", "node_first"],
  wgsl: relaySource + regroupSource,
  threads: rowsOf,
  cpu: regroupOnCpu,
});

/** returned_copies [copies, width] to out [tokens, width]. */
const gatherKernel = defineKernel({
  name: "combine_gather",
  operands: ["returned_copies", "copy_row", "out"],
  sizes: ["row_begin", "row_end", "nodes", "width"],
  wgsl: gatherSource,
  threads: (p) => rowsOf(p) * p.width,
  cpu: gatherOnCpu,
});

export const fold: Part = {
  name: "fold",
  kernel: foldKernel,
  operands: [read("gathered_rows"), read("relay_tags"), write("folded_copies")],
  rows: "copies_received",
  divisible: true,
  work: (dims, rows, _groups, _options, { forwarded }) => {
    const width = inDims("in", dims);
    return memoryWork(
      product(2, forwarded, width),
      bytesOf("combine", sum(rows, forwarded), width),
      bytesOf("index", 2, rows, inDims("top_k", dims)),
    );
  },
  args: (context) => ({
    ...rowArguments(context),
    ...valuesOf(context.dims, "top_k"),
    width: valueOf("in", context.dims),
  }),
};

export const regroup: Part = {
  name: "regroup",
  kernel: regroupKernel,
  operands: [read("gathered_rows"), nodeCounts, read("slot_begin"), write("regrouped_rows")],
  rows: "forwarded",
  divisible: true,
  work: (dims, rows) => memoryWork(0, bytesOf("combine", 2, rows, inDims("in", dims))),
  args: (context) => ({
    ...rowArguments(context),
    ...relayArguments(context),
    width: valueOf("in", context.dims),
  }),
};

export const gather: Part = {
  name: "gather",
  kernel: gatherKernel,
  operands: [
    read("returned_copies"),
    read("copy_row"),
    { name: "out", access: "write", role: { kind: "output" } },
  ],
  rows: "tokens",
  divisible: true,
  work: (dims, rows, _groups, _options, { copiesSent }) => {
    const width = inDims("in", dims);
    return memoryWork(
      product(copiesSent, width),
      bytesOf("combine", copiesSent, width),
      bytesOf("activations", rows, width),
    );
  },
  args: (context) => ({
    ...rowArguments(context),
    nodes: nodeArguments(context).nodes,
    width: valueOf("in", context.dims),
  }),
};
