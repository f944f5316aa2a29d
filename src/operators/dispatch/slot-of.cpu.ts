// The slot that each pair (token, k) goes to; the same as slot-of.wgsl for all pairs at once.
import type { Params } from "../kernels/define.js";

export type SlotParams = Params<
  ("chosen" | "replica_begin" | "replica_slot") | ("tokens" | "top_k" | "rank")
>;

export function slotsOfPairs(u32: Uint32Array, p: SlotParams): number[] {
  return Array.from({ length: p.tokens * p.top_k }, (_, pair) => {
    const expert = u32[p.chosen + pair]!;
    const begin = u32[p.replica_begin + expert]!;
    const replicas = u32[p.replica_begin + expert + 1]! - begin;
    return u32[p.replica_slot + begin + ((p.rank + Math.floor(pair / p.top_k)) % replicas)]!;
  });
}
