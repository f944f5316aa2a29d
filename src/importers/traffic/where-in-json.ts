// Where a value stands in a JSON text: looked for only once something is found wrong with it.
import { endOfString } from "../loads/json.js";

/** Keys and indices that lead to a value. */
export type JsonPath = readonly (string | number)[];

/** Offsets of the value that a path leads to, or of the nearest one around it. The text is JSON, words for no number included. */
export function whereInJson(text: string, path: JsonPath): { readonly start: number; readonly end: number } {
  let start = skipSpace(text, 0);
  for (const step of path) {
    const found = typeof step === "number" ? elementAt(text, start, step) : fieldAt(text, start, step);
    if (found === undefined) break;
    start = found;
  }
  return { start, end: endOfValue(text, start) };
}

function elementAt(text: string, list: number, index: number): number | undefined {
  if (text[list] !== "[") return undefined;
  let at = skipSpace(text, list + 1);
  for (let passed = 0; text[at] !== "]" && at < text.length; passed++) {
    if (passed === index) return at;
    at = skipSpace(text, skipSeparator(text, endOfValue(text, at)));
  }
  return undefined;
}

/** The value of the last field of that name, which is the one that counts. */
function fieldAt(text: string, object: number, name: string): number | undefined {
  if (text[object] !== "{") return undefined;
  let found: number | undefined;
  let at = skipSpace(text, object + 1);
  while (text[at] === '"') {
    const end = endOfString(text, at) + 1;
    const value = skipSpace(text, skipSpace(text, end) + 1);
    if (JSON.parse(text.slice(at, end)) === name) found = value;
    at = skipSpace(text, skipSeparator(text, endOfValue(text, value)));
  }
  return found;
}

/** The offset behind a value. */
function endOfValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return endOfString(text, from) + 1;
  if (first !== "[" && first !== "{") {
    let end = from;
    while (end < text.length && !",]} \t\r\n".includes(text[end]!)) end++;
    return end;
  }
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === "[" || sign === "{") depth++;
    else if ((sign === "]" || sign === "}") && --depth === 0) return at + 1;
  }
  return text.length;
}

function skipSeparator(text: string, from: number): number {
  const at = skipSpace(text, from);
  return text[at] === "," ? at + 1 : at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at]!)) at++;
  return at;
}
