// JSON as Python writes it, within limits that any machine can hold: of a text that is none, the fault tells where it breaks.
import { Unreadable, within } from "./fault.js";
import { whereBroken } from "./broken-json.js";

/** Words that Python's json module writes for what JSON has no number for. They are read as these strings. */
export const NOT_NUMBERS: readonly string[] = ["NaN", "Infinity", "-Infinity"];

/** Matrices are three or four lists deep. */
const MOST_DEPTH = 32;
/** In memory a list takes some tens of bytes, however short it is in the file, and a number eight. */
const MOST_LISTS = 2 ** 22;
const MOST_VALUES = 2 ** 25;

/**
 * Parses a text, of which `place` is the line where it is one of many, and "" where it is the file. Words of `NOT_NUMBERS`
 * become strings, so that whoever wants a number there can say where they stand.
 */
export function parseJson(text: string, place = ""): unknown {
  // A line that is short enough holds no more than that, and what lies too deep in it is no number for its reader.
  if (place === "" || text.length > MOST_LISTS) checkSize(text, place);
  try {
    return JSON.parse(text);
  } catch {
    return parsePythonJson(text, place);
  }
}

function parsePythonJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text.replace(/(?<![\w"])-?(?:NaN|Infinity)\b(?!")/g, '"$&"'));
  } catch {
    const { offset, reason } = whereBroken(text);
    throw new Unreadable(within(place, position(text, offset, place !== "")), reason, ENDED);
  }
}

const ENDED = "Check that the file was written to its end, and that nothing else was written into it.";

function position(text: string, offset: number, isLine: boolean): string {
  if (offset >= text.trimEnd().length) return isLine ? "its end" : "the end of the file";
  const before = text.slice(0, offset);
  const column = `column ${String(offset - before.lastIndexOf("\n"))}`;
  return isLine ? column : `line ${String(before.split("\n").length)}, ${column}`;
}

/** Counts what a text opens and separates, without building any of it. */
function checkSize(text: string, place: string): void {
  let [depth, lists, values] = [0, 0, 1];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        break;
      case 0x5b:
      case 0x7b:
        lists++;
        if (++depth > MOST_DEPTH)
          throw new Unreadable(
            within(place, position(text, at, place !== "")),
            `lists lie in lists, more than ${String(MOST_DEPTH)} deep`,
            "Loads are a matrix, or a list of matrices.",
          );
        break;
      case 0x5d:
      case 0x7d:
        depth--;
        break;
      case 0x2c:
        values++;
    }
  }
  const [most, has] = lists > MOST_LISTS ? [MOST_LISTS, "lists and objects"] : [MOST_VALUES, "values"];
  if (lists > MOST_LISTS || values > MOST_VALUES)
    throw new Unreadable(
      place === "" ? "the file" : place,
      `it holds more than ${String(most)} ${has}`,
      "Sum steps to fewer windows before writing, or write a trace as JSONL, a record a line.",
    );
}

/** Where the string that begins at `from` ends: at its closing quotation mark, else at the end of the text. */
export function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
