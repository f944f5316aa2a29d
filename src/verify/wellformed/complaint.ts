// What a rule of well-formedness finds: a sentence, and the source of what is at fault where it has one.
import type { Span } from "../../plan/index.js";
import { grouped } from "../result.js";

export interface Complaint {
  readonly message: string;
  readonly spans: readonly Span[];
}

export const complaint = (message: string, ...spans: readonly Span[]): Complaint => ({ message, spans });

/** Complains of the first name that occurs twice. */
export function* duplicates(what: string, names: readonly string[]): Iterable<Complaint> {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      yield complaint(`two ${what} have the name \`${name}\``);
      return;
    }
    seen.add(name);
  }
}

/** Complains where a number is not whole, or not from `least` to `most`. */
export function* wholeNumber(
  what: string,
  value: number,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): Iterable<Complaint> {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const range =
    most === Number.MAX_SAFE_INTEGER
      ? `at least ${grouped(least)}`
      : `from ${grouped(least)} to ${grouped(most)}`;
  yield complaint(`${what} is ${value}, not a whole number ${range}`);
}
