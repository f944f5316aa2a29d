// Chunks of an exchange: neighbouring slots of each rank, whose rows travel and are computed by launches of their own. Rows are
// sorted by slot where experts compute them, so a chunk's rows are a range there, between two run-time counts.
import { evaluate, type Environment } from "./expression.js";
import type { AtomSet, Exchange, Expr, Launch, SlotRange } from "./types.gen.js";

/** Slots of a rank in a range. */
export const slotsEnd = ({ first, count }: SlotRange): number => first + count;

/** Whether a rank's rows of one range are never those of another. */
export const areApart = (one: SlotRange, other: SlotRange): boolean =>
  slotsEnd(one) <= other.first || slotsEnd(other) <= one.first;

/** Whether a range has all slots of another. */
export const covers = (whole: SlotRange, part: SlotRange): boolean =>
  whole.first <= part.first && slotsEnd(part) <= slotsEnd(whole);

/** Those of the slots [0, own) of a rank that a range has: [first, end). */
export function slotsWithin(own: number, range: SlotRange | undefined): readonly [number, number] {
  if (range === undefined) return [0, own];
  return [Math.min(own, range.first), Math.min(own, slotsEnd(range))];
}

/** The slots whose rows a launch touches, where it is of a chunk. */
export const slotsOf = (launch: Launch): SlotRange | undefined =>
  launch.kind === "compute" || launch.kind === "transfer" ? launch.slots : undefined;

/** Which slots of its hosts a set has, by index; undefined for all. `environment` knows `rank`. */
export function slotRangeOf(set: AtomSet, environment: Environment): SlotRange | undefined {
  return set.slot === undefined ? set.slots : { first: evaluate(set.slot, environment), count: 1 };
}

const BEFORE = /^before_(\d+)$/;

/** The run-time count, without the exchange's name, of the rows that a rank receives for its slots below one. */
export const countBefore = (slot: number): string => `before_${String(slot)}`;

/** The slot of such a count; undefined for other names. */
export function slotOfCount(name: string): number | undefined {
  const digits = BEFORE.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Slots that counts of this kind tell of, rising: the first of every chunk but the first. */
export const chunkStarts = ({ chunks = [] }: Pick<Exchange, "chunks">): readonly number[] =>
  chunks.slice(1).map(({ first }) => first);

/** Slots that the chunks of an exchange have together; 0 where it has none. */
export const chunkedSlots = ({ chunks }: Pick<Exchange, "chunks">): number => {
  const last = chunks?.at(-1);
  return last === undefined ? 0 : slotsEnd(last);
};

/** The rows of some slots of a chunked exchange among those that a rank received, sorted by slot. */
export function rowsOfSlots(
  exchange: Pick<Exchange, "name" | "chunks">,
  range: SlotRange,
): { readonly begin: Expr; readonly end: Expr } {
  const below = (slot: number): Expr => {
    if (slot === 0) return 0;
    return `${exchange.name}.${slot >= chunkedSlots(exchange) ? "received" : countBefore(slot)}`;
  };
  return { begin: below(range.first), end: below(slotsEnd(range)) };
}

/** Whether a name is a run-time count of the rows that a rank sends, receives or forwards. */
export const isRunTimeCount = (name: string): boolean =>
  /\.(?:sent|received|before_\d+|copies_sent|copies_received|forwarded)$/.test(name);
