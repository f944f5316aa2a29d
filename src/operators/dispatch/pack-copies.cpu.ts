// Copies each token's row to its rows of send_copies, with the rows and weights of its pairs; the same as pack-copies.wgsl.
import type { KernelMemory } from "../kernel.js";
import { NO_ROW } from "../kernels/copies.cpu.js";
import type { Params } from "../kernels/define.js";

type PackCopiesParams = Params<
  | ("x" | "pair_row" | "copy_row" | "slot_begin" | "sent" | "weights" | "send_copies")
  | ("row_begin" | "row_end" | "top_k" | "width" | "tags" | "nodes" | "node_ranks")
>;

export function packCopies({ f32, u32 }: KernelMemory, p: PackCopiesParams): void {
  let begin = 0;
  for (let node = 0; node < p.nodes; node++) {
    let end = begin;
    const last = u32[p.slot_begin + (node + 1) * p.node_ranks]!;
    for (let slot = u32[p.slot_begin + node * p.node_ranks]!; slot < last; slot++) end += u32[p.sent + slot]!;
    for (let token = p.row_begin; token < p.row_end; token++) {
      const copy = u32[p.copy_row + token * p.nodes + node]!;
      if (copy === NO_ROW) continue;
      const to = p.send_copies + copy * (p.width + p.tags);
      const from = p.x + token * p.width;
      f32.copyWithin(to, from, from + p.width);
      for (let k = 0; k < p.top_k; k++) {
        const pair = token * p.top_k + k;
        const row = u32[p.pair_row + pair]!;
        u32[to + p.width + k] = row >= begin && row < end ? row - begin : NO_ROW;
        if (p.tags > p.top_k) f32[to + p.width + p.top_k + k] = f32[p.weights + pair]!;
      }
    }
    begin = end;
  }
}
