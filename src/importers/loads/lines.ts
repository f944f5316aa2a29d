// Loads as JSONL: records of a trace or of statistics, read one by one, so that a file may be far larger than memory.
import { shown, Unreadable } from "./fault.js";
import { parseJson } from "./json.js";
import type { ReadLoads, ReadOptions } from "./loads.js";
import { isTraceRecord, readTraceRecord } from "./megatron.js";
import { isObject, keysOf, type JsonRecord } from "./record.js";
import { Tally } from "./tally.js";
import { isVllmRecord, readVllmRecord } from "./vllm.js";

const HINT = "A line holds one record: of Megatron's router trace, or of vLLM's load statistics.";

/** Whether an object may be a line of JSONL. */
export const isRecord = (data: JsonRecord): boolean => isVllmRecord(data) || isTraceRecord(data);

/** Reads lines, or the records of a list, each with the place where it stands. */
export class RecordReader {
  readonly #tally = new Tally();
  #format: "megatron" | "vllm" | undefined;
  #experts: number;

  constructor({ experts = 0 }: ReadOptions) {
    this.#experts = experts;
  }

  line(text: string, place: string): void {
    if (/\S/.test(text)) this.record(parseJson(text, place), place);
  }

  record(record: unknown, place: string): void {
    if (!isObject(record)) throw new Unreadable(place, `it is ${shown(record)}, not an object`, HINT);
    const format = isVllmRecord(record) ? "vllm" : "megatron";
    this.#format ??= format;
    if (this.#format !== format)
      throw new Unreadable(place, `it is no record like those before it${keysOf(record)}`, HINT);
    if (format === "vllm") readVllmRecord(record, place, this.#tally);
    else this.#experts = Math.max(this.#experts, readTraceRecord(record, place, this.#tally) ?? 0);
  }

  finish(): ReadLoads {
    if (this.#format === undefined || this.#tally.isEmpty)
      throw new Unreadable("the file", "no line of it holds loads", HINT);
    return this.#tally.finish(this.#format, this.#experts);
  }
}
