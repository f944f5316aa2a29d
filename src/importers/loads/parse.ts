// Which format a text of loads has, and its reader.
import { orFault, shown, Unreadable, type LoadsFault } from "./fault.js";
import { parseJson } from "./json.js";
import { isRecord, RecordReader } from "./lines.js";
import type { ReadLoads, ReadOptions } from "./loads.js";
import { readMatrix } from "./matrix.js";
import { isObject, keysOf, type JsonRecord } from "./record.js";
import { isSglangDump, readSglang } from "./sglang.js";
import { isVllmState, readVllmState } from "./vllm.js";

const HINT =
  "Weft reads a JSON matrix tokens[layer][expert] or tokens[window][layer][expert], Megatron's router trace (JSONL), and dumps of SGLang and of vLLM as JSON.";

/** Loads of a text that is already in memory, in any of the formats. Says what is wrong with a text that has none. */
export function parseLoads(text: string, options: ReadOptions = {}): ReadLoads | LoadsFault {
  return orFault(() => {
    if (!isJsonLines(text)) return readDocument(text, options);
    const reader = new RecordReader(options);
    let line = 0;
    for (let from = 0; from <= text.length;) {
      const end = text.indexOf("\n", from);
      const until = end < 0 ? text.length : end;
      reader.line(text.slice(from, until), `line ${String(++line)}`);
      from = until + 1;
    }
    return reader.finish();
  });
}

/**
 * Whether a text, or the beginning of one, is JSONL: an object fills its first line, and more follows it. A single object is
 * read as a document, whatever it is.
 */
export function isJsonLines(text: string): boolean {
  const lines = /^\s*(\{[^\n]*)\n\s*(\S)/.exec(text);
  if (lines === null) return false;
  try {
    parseJson(lines[1]!);
    return true;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return false;
  }
}

/** Loads of a text that is one JSON document. */
export function readDocument(text: string, options: ReadOptions): ReadLoads {
  if (text.trim() === "") throw new Unreadable("the file", "it is empty", HINT);
  const data = parseJson(text);
  if (Array.isArray(data)) return readList(data as readonly unknown[], options);
  if (!isObject(data)) throw new Unreadable("the file", `it is ${shown(data)}, and no loads`, HINT);
  if (isSglangDump(data)) return readSglang(data);
  if (isVllmState(data)) return readVllmState(data);
  if (isRecord(data)) return readLine(data, text, options);
  throw new Unreadable("the file", `it holds no loads that Weft knows${keysOf(data)}`, HINT);
}

function readList(data: readonly unknown[], options: ReadOptions): ReadLoads {
  return isObject(data[0]) ? readRecords(data, options) : readMatrix(data);
}

/** JSONL of one line: its place is that of a line among others. */
function readLine(record: JsonRecord, text: string, options: ReadOptions): ReadLoads {
  const reader = new RecordReader(options);
  const line = text.slice(0, text.indexOf("{")).split("\n").length;
  reader.record(record, `line ${String(line)}`);
  return reader.finish();
}

function readRecords(records: readonly unknown[], options: ReadOptions): ReadLoads {
  const reader = new RecordReader(options);
  records.forEach((record, at) => {
    reader.record(record, `record ${String(at)}`);
  });
  return reader.finish();
}
