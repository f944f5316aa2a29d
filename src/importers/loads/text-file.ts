// Text of a file that may be anything and of any size: pieces of UTF-8, judged before they become text, a little at a time.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { conversionOf } from "./conversion.js";
import { Unreadable } from "./fault.js";

const CHUNK_BYTES = 2 ** 20;

export interface TextFile {
  /** Bytes, where the system knows them before they are read; pipes have no size. */
  readonly bytes: number | undefined;
  /** The text piece by piece, none of them empty. Throws a fault at the first byte that is no text. */
  pieces(): Generator<string, void>;
}

/** Opens a file for as long as `use` runs. Whatever prevents reading is thrown as a fault. */
export function withTextFile<T>(path: string, use: (file: TextFile) => T): T {
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
    return use({
      bytes: status.isFile() ? status.size : undefined,
      pieces: () => pieces(descriptor),
    });
  } catch (error) {
    throw problemOf(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function* pieces(file: number): Generator<string, void> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  /** Bytes of a character that began at the end of the chunk before. */
  let begun = 0;
  for (let offset = 0; ;) {
    const got = readSync(file, chunk, begun, CHUNK_BYTES - begun, null);
    const bytes = chunk.subarray(0, begun + got);
    if (offset === 0) checkKind(bytes);
    const whole = got === 0 ? bytes.length : wholeCharacters(bytes);
    if (whole > 0) yield decode(bytes.subarray(0, whole), offset);
    if (got === 0) return;
    offset += whole;
    begun = bytes.length - whole;
    chunk.copyWithin(0, whole, bytes.length);
  }
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

/** The whole text of a file of at most `limit` bytes. */
export function wholeText(
  file: TextFile,
  limit: number,
  hint: string,
  begin = "",
  pieces = file.pieces(),
): string {
  const refuse = (bytes: number, more: string): never => {
    throw new Unreadable(
      "the file",
      `it has ${more}${mebibytes(bytes)}, and Weft reads JSON of up to ${mebibytes(limit)}`,
      hint,
    );
  };
  if (file.bytes !== undefined && file.bytes > limit) refuse(file.bytes, "");
  const parts = [begin];
  let length = begin.length;
  for (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (length > limit) refuse(limit, "more than ");
  }
  return parts.join("");
}

const mebibytes = (bytes: number): string => `${String(Math.ceil(bytes / 2 ** 20))} MiB`;
