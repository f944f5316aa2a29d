// Finds a row of send_rows for each (token, k); the same as assign.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { slotsOfPairs, type SlotParams } from "./slot-of.cpu.js";

type AssignParams = SlotParams & Params<"pair_row" | "sent" | "slots">;

export function assign({ u32 }: KernelMemory, p: AssignParams): void {
  const slots = slotsOfPairs(u32, p);
  u32.fill(0, p.sent, p.sent + p.slots);
  for (const slot of slots) u32[p.sent + slot]! += 1;
  let row = 0;
  const next = Array.from(
    { length: p.slots },
    (_, slot) => (row += u32[p.sent + slot]!) - u32[p.sent + slot]!,
  );
  slots.forEach((slot, pair) => {
    u32[p.pair_row + pair] = next[slot]!++;
  });
}
