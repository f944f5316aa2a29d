// How much of an exchange is executed: as many rows as a plan was made for, and as wide, unless that is more than a machine can hold.
import { entryOf, type ExchangePlan } from "../../exchange-plan/index.js";
import type { Reduction } from "../../plan/index.js";

/** Rows, and words of rows, that are executed at most. */
const MOST_ROWS = 1 << 17;
const MOST_WORDS = 1 << 22;
/** Bytes that every row keeps, where it has as many. */
const LEAST_ROW_BYTES = 64;
/** Few tokens scatter around their mean more than many: where rows are fewer, ranks have room for so many times the capacity. */
const MORE_ROOM = 2;

export interface ReducedExchange {
  readonly plan: ExchangePlan;
  /** Part of the demand's rows to draw. */
  readonly scale: number;
  readonly reduced: readonly Reduction[];
}

/** The plan with narrower rows and a scale for fewer of them; itself where all of it can be executed. */
export function reduceExchange(plan: ExchangePlan): ReducedExchange {
  const rows = rowsOfDemand(plan);
  const least = Math.min(plan.row_bytes, LEAST_ROW_BYTES);
  const fitting = 4 * Math.floor(MOST_WORDS / Math.max(1, Math.min(rows, MOST_ROWS)));
  const rowBytes = Math.min(plan.row_bytes, Math.max(least, fitting));
  const most = Math.min(MOST_ROWS, Math.floor(MOST_WORDS / Math.ceil(rowBytes / 4)));
  const scale = rows > most ? most / rows : 1;
  const reduced: Reduction[] = [];
  if (rowBytes < plan.row_bytes) reduced.push({ name: "row_bytes", from: plan.row_bytes, to: rowBytes });
  if (scale < 1) reduced.push({ name: "rows", from: Math.round(rows), to: most });
  const capacity = plan.capacity_rows;
  if (scale === 1 || capacity === undefined)
    return { plan: { ...plan, row_bytes: rowBytes }, scale, reduced };
  const room = Math.min(capacity, Math.ceil(MORE_ROOM * scale * capacity));
  return {
    plan: { ...plan, row_bytes: rowBytes, capacity_rows: room },
    scale,
    reduced: [...reduced, { name: "capacity_rows", from: capacity, to: room }],
  };
}

function rowsOfDemand({ ranks, demand }: ExchangePlan): number {
  let rows = 0;
  for (let source = 0; source < ranks; source++)
    for (let rank = 0; rank < ranks; rank++) rows += entryOf(demand.rows, source, rank, source);
  return rows;
}
