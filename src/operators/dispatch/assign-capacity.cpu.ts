// Gives pairs (token, k) the rows of their slots in order, until a slot has no more; the same as assign-capacity.wgsl.
import type { KernelMemory } from "../kernel.js";
import type { Params } from "../kernels/define.js";
import { NO_ROW } from "../no-row.js";
import { slotsOfPairs, type SlotParams } from "./slot-of.cpu.js";

type AssignCapacityParams = SlotParams & Params<"pair_row" | "row_pair" | "slots" | "atom_rows">;

export function assignCapacity({ u32 }: KernelMemory, p: AssignCapacityParams): void {
  const taken = new Array<number>(p.slots).fill(0);
  const pairs = slotsOfPairs(u32, p);
  u32.fill(NO_ROW, p.row_pair, p.row_pair + p.slots * p.atom_rows);
  pairs.forEach((slot, pair) => {
    const used = taken[slot]!;
    const row = used === p.atom_rows ? NO_ROW : slot * p.atom_rows + used;
    u32[p.pair_row + pair] = row;
    if (row === NO_ROW) return;
    u32[p.row_pair + row] = pair;
    taken[slot] = used + 1;
  });
}
