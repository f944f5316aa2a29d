// Gives each copy that arrived its rows of forward_rows; the same as forward.wgsl.
import type { KernelMemory } from "../kernel.js";
import { relayCopies, relayRuns, type RelayParams } from "../kernels/copies.cpu.js";
import type { Params } from "../kernels/define.js";

type ForwardParams = RelayParams &
  Params<
    ("relay_copies" | "forward_rows" | "relay_tags") | ("row_begin" | "row_end" | "top_k" | "width" | "tags")
  >;

export function forward({ f32, u32 }: KernelMemory, p: ForwardParams): void {
  const runs = relayRuns(u32, p);
  const copies = relayCopies(u32, p);
  let source = 0;
  let end = copies[0]!;
  for (let copy = p.row_begin; copy < p.row_end; copy++) {
    // Counts that nobody has written end at the last source.
    while (source + 1 < p.nodes && copy >= end) end += copies[++source]!;
    const row = p.relay_copies + copy * (p.width + p.tags);
    const tags = p.relay_tags + copy * p.tags;
    const weighted = p.tags > p.top_k;
    if (weighted) u32.copyWithin(tags, row + p.width, row + p.width + p.tags);
    for (let k = 0; k < p.top_k; k++) {
      const pair = u32[row + p.width + k]!;
      const run = runs[source]!.find((each) => pair >= each.begin && pair - each.begin < each.rows);
      if (run === undefined) continue;
      const forwarded = run.forwarded + pair - run.begin;
      if (weighted) u32[tags + k] = forwarded;
      f32.copyWithin(p.forward_rows + forwarded * p.width, row, row + p.width);
    }
  }
}
