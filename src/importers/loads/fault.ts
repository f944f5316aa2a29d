// What is wrong with an input, as data: the place in it, the reason, and the way out. Readers throw it to their entry.

/**
 * What is wrong with an input. Layers, experts, windows, records and tokens count from 0, as in the tools that write them; lines
 * and columns from 1.
 */
export interface LoadsFault {
  /** Such as "window 2, layer 3, expert 17" or "line 12, column 3". */
  readonly place: string;
  /** Completes a sentence that begins with the place, and has no full stop: "layer 3, expert 17: it is negative". */
  readonly reason: string;
  /** Whole sentences. */
  readonly hint: string;
}

/** A fault on its way to the reader's entry. */
export class Unreadable extends Error implements LoadsFault {
  constructor(
    readonly place: string,
    readonly reason: string,
    readonly hint: string,
  ) {
    super(`${place}: ${reason}`);
  }
}

/** What `read` gives, or the fault that it threw. */
export function orFault<T>(read: () => T): T | LoadsFault {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { place: error.place, reason: error.reason, hint: error.hint };
  }
}

/** Whether a reader refused its input. */
export const isFault = (read: object): read is LoadsFault =>
  "place" in read && "reason" in read && "hint" in read;

/** A value as the file has it, cut short. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** "1 expert", "256 experts". */
export const counted = (value: number, singular: string): string =>
  `${String(value)} ${singular}${value === 1 ? "" : "s"}`;

/** A place in a place: "window 2" and "layer 3" are "window 2, layer 3". */
export const within = (place: string, part: string): string => (place === "" ? part : `${place}, ${part}`);
