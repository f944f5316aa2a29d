// Gives each token a row of send_copies for every node that has slots of its, and tells how many; the same as find-copies.wgsl.
import type { KernelMemory } from "../kernel.js";
import { NO_ROW } from "../kernels/copies.cpu.js";
import type { Params } from "../kernels/define.js";

type FindParams = Params<
  | ("pair_row" | "slot_begin" | "sent" | "told" | "copy_row")
  | ("row_begin" | "row_end" | "top_k" | "nodes" | "node_ranks")
>;

export function findCopies({ u32 }: KernelMemory, p: FindParams): void {
  let begin = 0;
  let copies = 0;
  for (let node = 0; node < p.nodes; node++) {
    const before = copies;
    let end = begin;
    const last = u32[p.slot_begin + (node + 1) * p.node_ranks]!;
    for (let slot = u32[p.slot_begin + node * p.node_ranks]!; slot < last; slot++) {
      const rows = u32[p.sent + slot]!;
      // Behind the slots of each node stand its copies.
      u32[p.told + slot + node] = rows;
      end += rows;
    }
    for (let token = p.row_begin; token < p.row_end; token++) {
      const pairs = u32.subarray(p.pair_row + token * p.top_k, p.pair_row + (token + 1) * p.top_k);
      const there = pairs.some((row) => row >= begin && row < end);
      u32[p.copy_row + token * p.nodes + node] = there ? copies++ : NO_ROW;
    }
    u32[p.told + last + node] = copies - before;
    begin = end;
  }
}
