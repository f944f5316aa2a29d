// The kernels of a dispatch whose atoms all have the same rows: what exceeds them is dropped, what is left of them padded.
import { defineKernel, rowsOf } from "../kernels/define.js";
import { assignCapacity as assignOnCpu } from "./assign-capacity.cpu.js";
import assignSource from "./assign-capacity.wgsl";
import { packCapacity as packOnCpu } from "./pack-capacity.cpu.js";
import packSource from "./pack-capacity.wgsl";
import slotOfSource from "./slot-of.wgsl";

/** chosen [tokens, top_k] experts to pair_row [tokens, top_k] and row_pair [slots, atom_rows], NO_ROW where there is none. Pairs take the rows of their slot in order. */
export const assignCapacityKernel = defineKernel({
  name: "dispatch_assign_capacity",
  operands: ["chosen", "replica_begin", "replica_slot", "pair_row", "row_pair"],
  sizes: ["tokens", "top_k", "rank", "slots", "atom_rows"],
  wgsl: slotOfSource + assignSource,
  threads: (p) => Math.ceil(p.slots / 8),
  cpu: assignOnCpu,
});

/** x [tokens, width] to rows of send_rows [slots * atom_rows, width]; padding becomes zeros. */
export const packCapacityKernel = defineKernel({
  name: "dispatch_pack_capacity",
  operands: ["x", "row_pair", "send_rows"],
  sizes: ["row_begin", "row_end", "top_k", "width"],
  wgsl: packSource,
  threads: rowsOf,
  cpu: packOnCpu,
});
