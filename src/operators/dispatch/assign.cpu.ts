// Finds a row of send_rows for each (token, k) of some tokens; the same as assign.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { slotsOfPairs, type SlotParams } from "./slot-of.cpu.js";

type AssignParams = Omit<SlotParams, "tokens"> &
  Params<"pair_row" | "sent" | "slots" | "row_begin" | "row_end">;

export function assign({ u32 }: KernelMemory, p: AssignParams): void {
  const first = p.row_begin * p.top_k;
  const slots = slotsOfPairs(u32, { ...p, tokens: p.row_end }).slice(first);
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
