// Counts of traffic in whatever a file holds: finite numbers that are not negative, or a fault that says what else is there.
import { shown } from "../loads/fault.js";
import { NOT_NUMBERS } from "../loads/json.js";
import { Faulty } from "./fault.js";
import { MOST_COUNT, MOST_RANKS } from "./traffic.js";
import type { JsonPath } from "./where-in-json.js";

type At = JsonPath | { readonly start: number; readonly end: number };

export const COUNT_HINT =
  "Traffic is bytes (or rows) from each GPU to each: finite numbers that are not negative, fractions where they are means.";

/** Throws what is wrong with a value that is no count. */
export function refuseCount(value: unknown, place: string, at: At): never {
  const refuse = (reason: string): Faulty => new Faulty(place, reason, COUNT_HINT, at);
  if (typeof value === "string" && NOT_NUMBERS.includes(value)) throw refuse(`it is ${value}`);
  if (typeof value !== "number") throw refuse(`it is ${shown(value)}, not a number`);
  if (value < 0) throw refuse(`it is negative, ${String(value)}`);
  if (!Number.isFinite(value)) throw refuse(`it is ${String(value)}`);
  throw refuse(`it is ${String(value)}, and no count is above ${String(MOST_COUNT)}`);
}

export const isCount = (value: unknown): value is number =>
  typeof value === "number" && value >= 0 && value <= MOST_COUNT;

/** Refuses matrices that would not fit into memory. */
export function checkRanks(ranks: number): void {
  if (ranks <= MOST_RANKS) return;
  throw new Faulty(
    "the matrix",
    `it has ${String(ranks)} rows, and Weft schedules exchanges of up to ${String(MOST_RANKS)} GPUs`,
    "Exchange within parts of the cluster.",
  );
}

/** From where to where. */
export const pairName = (source: number, destination: number): string =>
  `from GPU ${String(source)} to GPU ${String(destination)}`;
