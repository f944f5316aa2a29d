// What is wrong with a file of traffic: the place in words and in the text, the reason, and the way out.
import { Unreadable } from "../loads/fault.js";
import { whereInJson, type JsonPath } from "./where-in-json.js";

export interface TrafficFault {
  /** Such as "from GPU 5 to GPU 17". */
  readonly place: string;
  /** Completes a sentence that begins with the place: "it is negative, -3". */
  readonly reason: string;
  /** Whole sentences. */
  readonly hint: string;
  /** Offsets in the text; both 0 where it is the file as a whole. */
  readonly start: number;
  readonly end: number;
}

/** A fault on its way to the reader's entry. Where it stands is an offset, or a path in a JSON text. */
export class Faulty extends Error {
  constructor(
    readonly place: string,
    readonly reason: string,
    readonly hint: string,
    readonly at: JsonPath | { readonly start: number; readonly end: number } = { start: 0, end: 0 },
  ) {
    super(`${place}: ${reason}`);
  }
}

/** What `read` makes of a text, or the fault that it threw. */
export function orFault<T extends object>(text: string, read: () => T): T | TrafficFault {
  try {
    return read();
  } catch (error) {
    if (error instanceof Faulty) {
      const { place, reason, hint, at } = error;
      return { place, reason, hint, ...("start" in at ? at : whereInJson(text, at)) };
    }
    if (error instanceof Unreadable) {
      const { place, reason, hint } = error;
      return { place, reason, hint, ...positionIn(text, place) };
    }
    throw error;
  }
}

export const isTrafficFault = (read: object): read is TrafficFault => "place" in read && "reason" in read;

/** Offsets of what readers of routing traces call "line 3, column 4" or "line 3, token 7". */
function positionIn(text: string, place: string): { readonly start: number; readonly end: number } {
  const [, line, column] = /^line (\d+)(?:, column (\d+))?/.exec(place) ?? [];
  if (line === undefined) return { start: 0, end: 0 };
  let start = 0;
  for (let at = 1; at < Number(line); at++) start = text.indexOf("\n", start) + 1;
  if (column !== undefined) return { start: start + Number(column) - 1, end: start + Number(column) };
  const end = text.indexOf("\n", start);
  return { start, end: end < 0 ? text.length : end };
}
