// The kernels of a dispatch.
import atomOrderSource from "../kernels/atom-order.wgsl";
import { defineKernel, rowsOf } from "../kernels/define.js";
import { assign as assignOnCpu } from "./assign.cpu.js";
import assignSource from "./assign.wgsl";
import { pack as packOnCpu } from "./pack.cpu.js";
import packSource from "./pack.wgsl";
import { unpack as unpackOnCpu } from "./unpack.cpu.js";
import slotOfSource from "./slot-of.wgsl";
import unpackSource from "./unpack.wgsl";

/** chosen [tokens, top_k] experts to pair_row [tokens, top_k] and sent [slots]. The k-th of n turns is that of tokens with (rank + token) % n = k. */
export const assignKernel = defineKernel({
  name: "dispatch_assign",
  operands: ["chosen", "replica_begin", "replica_slot", "pair_row", "sent"],
  sizes: ["row_begin", "row_end", "top_k", "rank", "slots"],
  wgsl: slotOfSource + assignSource,
  threads: (p) => Math.ceil(p.slots / 8),
  cpu: assignOnCpu,
});

/** x [tokens, width] to send_rows [tokens * top_k, width]. */
export const packKernel = defineKernel({
  name: "dispatch_pack",
  operands: ["x", "pair_row", "send_rows"],
  sizes: ["row_begin", "row_end", "top_k", "width"],
  wgsl: packSource,
  threads: (p) => rowsOf(p) * p.top_k,
  cpu: packOnCpu,
});

/** arrived_rows, sorted by (source, slot), to rows of expert_rows, sorted by (slot, source); received as in atom-order. */
export const unpackKernel = defineKernel({
  name: "dispatch_unpack",
  operands: ["arrived_rows", "received", "expert_rows"],
  sizes: ["row_begin", "row_end", "width", "ranks", "own_slots", "stride", "first"],
  wgsl: atomOrderSource + unpackSource,
  threads: rowsOf,
  cpu: unpackOnCpu,
});
