// Loads of a file: JSONL line by line, whatever its size; JSON and arrays of NumPy as a whole, up to a limit.
import { orFault, Unreadable, type LoadsFault } from "./fault.js";
import { RecordReader } from "./lines.js";
import type { ReadLoads, ReadOptions } from "./loads.js";
import { isJsonLines, readDocument } from "./parse.js";
import { isNpy, readNpy } from "./npy.js";
import { wholeText, withFile, type OpenFile } from "./open-file.js";

/** Parsed, such a file takes some gigabytes at most. */
const WHOLE_LIMIT_BYTES = 256 * 2 ** 20;
/** A record of a hundred thousand tokens has some megabytes. */
const LINE_LIMIT = 64 * 2 ** 20;

const SMALLER =
  "Sum steps to fewer windows before writing, or write a trace as JSONL, a record a line, which may have any size.";

/** Loads of the file at a path, in any of the formats. Never throws for anything that a file or a path may be. */
export function readLoadsFile(path: string, options: ReadOptions = {}): ReadLoads | LoadsFault {
  return orFault(() => withFile(path, (file) => readLoads(file, options)));
}

function readLoads(file: OpenFile, options: ReadOptions): ReadLoads {
  if (isNpy(file.begin)) return readNpy(file.whole(WHOLE_LIMIT_BYTES, SMALLER));
  const pieces = file.pieces();
  const begin = beginning(pieces);
  if (isJsonLines(begin)) return readLines(begin, pieces, options);
  return readDocument(wholeText(file, begin, pieces, WHOLE_LIMIT_BYTES, SMALLER), options);
}

/** The text up to something behind the first line, as far as a line may be long; all of it where there is no more. */
function beginning(pieces: Generator<string, void>): string {
  let text = "";
  for (let next = pieces.next(); next.done !== true; next = pieces.next()) {
    const isFirst = text === "";
    text += next.value;
    // No object, so no JSONL: nobody need look further.
    if (isFirst && /^\s*[^\s{]/.test(text)) break;
    if ((isFirst || next.value.includes("\n")) && /^\s*\{[^\n]*\n\s*\S/.test(text)) break;
    if (text.length > LINE_LIMIT) break;
  }
  return text;
}

function readLines(begin: string, pieces: Iterable<string>, options: ReadOptions): ReadLoads {
  const reader = new RecordReader(options);
  let line = 1;
  let rest = "";
  const take = (piece: string): void => {
    let from = 0;
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", from)) {
      reader.line(rest + piece.slice(from, end), `line ${String(line++)}`);
      rest = "";
      from = end + 1;
    }
    rest += piece.slice(from);
    if (rest.length > LINE_LIMIT)
      throw new Unreadable(
        `line ${String(line)}`,
        `it has more than ${String(LINE_LIMIT)} characters`,
        "Write a record a line, and records of fewer tokens.",
      );
  };
  take(begin);
  for (const piece of pieces) take(piece);
  reader.line(rest, `line ${String(line)}`);
  return reader.finish();
}
