// Whether every rank has room for its rows. Known from counts alone, so nothing has moved where it has not.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import type { ExchangeFailure } from "./failure.js";
import type { Move } from "./moves.js";

/**
 * The first rank that would have more rows than the plan's capacity: of those that it receives, its own among them, or of those
 * that come to it during the exchange on their way to others.
 */
export function beyondCapacity(
  { ranks, capacity_rows: capacity }: Pick<ExchangePlan, "ranks" | "capacity_rows">,
  moves: readonly Move[],
): ExchangeFailure | undefined {
  if (capacity === undefined) return undefined;
  const received = new Float64Array(ranks);
  const held = new Float64Array(ranks);
  for (const { from, to, first, end, arrives } of moves) {
    if (arrives) received[to]! += end - first;
    else if (from !== to) held[to]! += end - first;
  }
  for (let rank = 0; rank < ranks; rank++)
    for (const [rows, what] of [
      [received[rank]!, `receive ${received[rank]!} rows`],
      [held[rank]!, `hold ${held[rank]!} rows for others`],
    ] as const)
      if (rows > capacity) {
        const message = `rank ${rank} would ${what}; ${capacity} fit`;
        return { kind: "over_capacity", rank, rows, capacity, message };
      }
  return undefined;
}
