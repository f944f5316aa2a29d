// Copies results from the order (host, source, slot) to the order (source, slot); the same as regroup.wgsl.
import type { KernelMemory } from "../kernel.js";
import { relayRuns, type RelayParams } from "../kernels/copies.cpu.js";
import type { Params } from "../kernels/define.js";

type RegroupParams = RelayParams &
  Params<"gathered_rows" | "regrouped_rows" | "row_begin" | "row_end" | "width">;

export function regroup({ f32, u32 }: KernelMemory, p: RegroupParams): void {
  let row = 0;
  for (const run of relayRuns(u32, p).flat()) {
    const begin = Math.max(row, p.row_begin);
    // No further than the launch's rows: counts that nobody has written are huge.
    const end = Math.min(row + run.rows, p.row_end);
    const from = p.gathered_rows + (run.forwarded + begin - row) * p.width;
    if (end > begin) f32.copyWithin(p.regrouped_rows + begin * p.width, from, from + (end - begin) * p.width);
    row += run.rows;
  }
}
