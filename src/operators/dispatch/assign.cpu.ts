// Finds a row of send_rows for each (token, k) of some tokens; the same as assign.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";

type AssignParams = Params<
  | ("chosen" | "replica_begin" | "replica_slot" | "pair_row" | "sent")
  | ("row_begin" | "row_end" | "top_k" | "rank" | "slots")
>;

export function assign({ u32 }: KernelMemory, p: AssignParams): void {
  const first = p.row_begin * p.top_k;
  const slots = Array.from({ length: p.row_end * p.top_k - first }, (_, at) => {
    const pair = first + at;
    const expert = u32[p.chosen + pair]!;
    const begin = u32[p.replica_begin + expert]!;
    const replicas = u32[p.replica_begin + expert + 1]! - begin;
    return u32[p.replica_slot + begin + ((p.rank + Math.floor(pair / p.top_k)) % replicas)]!;
  });
  u32.fill(0, p.sent, p.sent + p.slots);
  for (const slot of slots) u32[p.sent + slot]! += 1;
  let row = 0;
  const next = Array.from(
    { length: p.slots },
    (_, slot) => (row += u32[p.sent + slot]!) - u32[p.sent + slot]!,
  );
  slots.forEach((slot, at) => {
    u32[p.pair_row + first + at] = next[slot]!++;
  });
}
