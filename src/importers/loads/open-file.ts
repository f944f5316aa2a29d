// What a file holds that may be anything and of any size: pieces of UTF-8, judged before they become text, a little at a time; or
// the bytes, for formats that are no text.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { conversionOf } from "./conversion.js";
import { Unreadable } from "./fault.js";

const CHUNK_BYTES = 2 ** 20;

export interface OpenFile {
  /** Bytes, where the system knows them before they are read; pipes have no size. */
  readonly bytes: number | undefined;
  /** The first bytes, as many as came at once. */
  readonly begin: Uint8Array;
  /** The text piece by piece, none of them empty. Throws a fault at the first byte that is no text. Reads the file, so once. */
  pieces(): Generator<string, void>;
  /** All bytes, of a file of at most `limit`. Reads the file, so once. */
  whole(limit: number, hint: string): Buffer;
}

/** Opens a file for as long as `use` runs. Whatever prevents reading is thrown as a fault. */
export function withFile<T>(path: string, use: (file: OpenFile) => T): T {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const status = fstatSync(file);
    if (status.isDirectory())
      throw new Unreadable(
        "the path",
        "it is a folder, not a file",
        "Name a file in it. Join the files of a trace by rank: cat FOLDER/*.jsonl > trace.jsonl.",
      );
    const descriptor = file;
    const first = Buffer.allocUnsafe(CHUNK_BYTES);
    const begin = first.subarray(0, readSync(descriptor, first));
    const bytes = status.isFile() ? status.size : undefined;
    return use({
      bytes,
      begin,
      pieces: () => pieces(chunks(descriptor, begin)),
      whole: (limit, hint) => wholeBytes(chunks(descriptor, begin), bytes, limit, hint),
    });
  } catch (error) {
    throw problemOf(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The file chunk by chunk, of which the first was read already. Each is overwritten by the next but one. */
function* chunks(file: number, begin: Buffer): Generator<Buffer, void> {
  yield begin;
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let got = readSync(file, chunk); got > 0; got = readSync(file, chunk)) yield chunk.subarray(0, got);
}

function* pieces(source: Iterable<Buffer>): Generator<string, void> {
  let offset = 0;
  /** Bytes of a character that the chunk before ended in. */
  let begun = Buffer.alloc(0);
  for (const chunk of source) {
    if (offset === 0) checkKind(chunk);
    const bytes = begun.length === 0 ? chunk : Buffer.concat([begun, chunk]);
    const whole = wholeCharacters(bytes);
    if (whole > 0) yield decode(bytes.subarray(0, whole), offset);
    offset += whole;
    begun = Buffer.from(bytes.subarray(whole));
  }
  if (begun.length > 0) decode(begun, offset);
}

/** Refuses files that other tools write in binary, and says how to make JSON of them. */
function checkKind(bytes: Buffer): void {
  const conversion = conversionOf(bytes);
  if (conversion !== undefined) throw new Unreadable("the file", conversion.reason, conversion.hint);
  const zero = bytes.indexOf(0);
  if (zero >= 0) refuseByte(zero, "is zero");
}

/** Bytes up to the last character that is there in whole. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function decode(bytes: Buffer, offset: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuseByte(offset + validPrefix(bytes), "begins no UTF-8 character");
  }
}

function refuseByte(offset: number, problem: string): never {
  throw new Unreadable(
    `byte ${String(offset)}`,
    `it ${problem}, so the file is no UTF-8 text`,
    "Weft reads loads as JSON or JSONL in UTF-8. Check that this is the file you meant.",
  );
}

/** The length of the longest prefix of whole characters. */
function validPrefix(bytes: Buffer): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return wholeCharacters(bytes.subarray(0, good));
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of the path is a file",
  EISDIR: "it is a folder, not a file",
  EACCES: "permission to read it is denied",
  EPERM: "permission to read it is denied",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  ERR_INVALID_ARG_VALUE: "the name holds a zero byte",
};

function problemOf(error: unknown): unknown {
  if (error instanceof Unreadable || !(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  return new Unreadable(
    "the path",
    REASONS[code] ?? `it cannot be read (${code})`,
    "Check the path and its permissions.",
  );
}

/** The rest of a file's text behind its beginning, of a file of at most `limit` bytes. */
export function wholeText(
  { bytes }: OpenFile,
  begin: string,
  rest: Iterable<string>,
  limit: number,
  hint: string,
): string {
  checkLimit(bytes, bytes, limit, hint);
  const parts = [begin];
  let length = begin.length;
  for (const piece of rest) {
    parts.push(piece);
    length += piece.length;
    checkLimit(length, bytes, limit, hint);
  }
  return parts.join("");
}

function wholeBytes(
  source: Iterable<Buffer>,
  bytes: number | undefined,
  limit: number,
  hint: string,
): Buffer {
  checkLimit(bytes, bytes, limit, hint);
  const parts: Buffer[] = [];
  let length = 0;
  for (const chunk of source) {
    parts.push(Buffer.from(chunk));
    length += chunk.length;
    checkLimit(length, bytes, limit, hint);
  }
  return Buffer.concat(parts);
}

/** `size` of what there is so far; `bytes` of the file, where they are known. */
function checkLimit(size: number | undefined, bytes: number | undefined, limit: number, hint: string): void {
  if (size === undefined || size <= limit) return;
  throw new Unreadable(
    "the file",
    `it has ${bytes === undefined ? `more than ${mebibytes(limit)}` : mebibytes(bytes)}, and Weft reads JSON and arrays of up to ${mebibytes(limit)}`,
    hint,
  );
}

const mebibytes = (bytes: number): string => `${String(Math.ceil(bytes / 2 ** 20))} MiB`;
