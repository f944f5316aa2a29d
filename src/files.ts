// Reads the files that a command line names: schedule files with their imports, and plans. What is read may be
// anything, so bytes are judged before they become text. Writes nothing.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { OptionProfile } from "./check/schedule/profile.js";
import type { Host, ReadResult, TextKind } from "./check/host.js";

/** Largest schedule file that is read, in bytes. */
const SOURCE_LIMIT = 4 * 2 ** 20;
/** Largest plan and largest file of measurements that is read: somewhat less than the longest string that Node can hold. */
const DATA_LIMIT = 500 * 2 ** 20;
const CHUNK = 2 ** 16;
const STDIN = 0;

/** A schedule file with its surroundings. */
export interface Entry {
  /** The entry file's name, as a uri relative to its own folder. */
  readonly uri: string;
  /** Reads the entry and what it imports. */
  readonly host: Host;
  /** The path by which to show a uri to the user: one that works from the working folder wherever that is possible. */
  readonly shown: (uri: string) => string;
  /** Paths of the files that were read so far, in order. */
  readonly filesRead: () => readonly string[];
}

/** Opens a schedule file; `-` is the standard input, whose imports are relative to the working folder. */
export function openEntry(path: string): Entry {
  const stdin = path === "-";
  const folder = stdin ? "." : dirname(path);
  const uri = stdin ? "<stdin>" : basename(path);
  const texts = new Map<string, ReadResult>();
  const read = (wanted: string, kind: TextKind = "source"): ReadResult => {
    const known = texts.get(wanted);
    if (known !== undefined) return known;
    const limit = kind === "source" ? SOURCE_LIMIT : DATA_LIMIT;
    const result = readText(stdin && wanted === uri ? "-" : join(folder, wanted), limit);
    texts.set(wanted, result);
    return result;
  };
  return {
    uri,
    host: { read },
    shown: (each) => (stdin && each === uri ? uri : shownPath(folder, each)),
    filesRead: () => {
      const files = [...texts].filter(([each, result]) => "text" in result && !(stdin && each === uri));
      return files.map(([each]) => join(folder, each));
    },
  };
}

/** What a path means that an option of the command line gives beside an entry: it starts from the working folder. */
export function optionFile(entry: string, path: string): OptionProfile {
  const folder = entry === "-" ? "." : dirname(entry);
  const near = slashes(relative(folder, path));
  // Plans name no absolute path, nor one that tells where the entry lies.
  return { uri: near, name: isAbsolute(path) || isAbsolute(folder) ? basename(path) : near, typed: path };
}

/** Reads a plan; `-` is the standard input. */
export function readPlanText(path: string): ReadResult {
  return readText(path, DATA_LIMIT);
}

/** How a plan's path is shown. */
export function shownPlan(path: string): string {
  return path === "-" ? "<stdin>" : shownPath(dirname(path), basename(path));
}

/** As the user typed it. An absolute path is shown from the working folder if it lies within, else without its folder. */
function shownPath(folder: string, uri: string): string {
  if (uri.startsWith("weft:") || uri.startsWith("--")) return uri;
  if (!isAbsolute(folder)) return slashes(join(folder, uri));
  const near = relative(process.cwd(), join(folder, uri));
  return near.startsWith("..") || isAbsolute(near) ? uri : slashes(near);
}

const slashes = (path: string): string => (sep === "/" ? path : path.replaceAll(sep, "/"));

/** Whether what a path names is meant to be a plan: by its name, else by how it begins, as no schedule file does. */
export function looksLikePlan(path: string): boolean {
  if (path.endsWith(".json")) return true;
  const result = readPlanText(path);
  lookedAt.set(join(path), result);
  return "text" in result && /^\s*\{/.test(result.text);
}

/** What was read only to see what it is, until it is read in earnest: pipes and the standard input can be read but once. */
const lookedAt = new Map<string, ReadResult>();

/** The text of a file of at most `limit` bytes, or what prevents it. Never throws for anything in a file system. */
function readText(path: string, limit = SOURCE_LIMIT): ReadResult {
  const known = lookedAt.get(join(path));
  lookedAt.delete(join(path));
  if (known === undefined) return readTextOf(path, limit);
  const bytes = "text" in known ? Buffer.byteLength(known.text) : 0;
  return bytes > limit ? { problem: "too_large", bytes, limit } : known;
}

function readTextOf(path: string, limit: number): ReadResult {
  let bytes: Buffer;
  try {
    const result = readBytes(path, limit);
    if (!Buffer.isBuffer(result)) return result;
    bytes = result;
  } catch (error) {
    return problemOf(error);
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { problem: "compressed" };
  const zero = bytes.indexOf(0);
  if (zero >= 0) return { problem: "binary", offset: zero, reason: "is zero" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { problem: "binary", offset: validPrefix(bytes), reason: "begins no UTF-8 character" };
  }
}

/** Reads to the end or a little beyond the limit, whatever kind of file it is: pipes and devices tell no size. */
function readBytes(path: string, limit: number): Buffer | ReadResult {
  const file = path === "-" ? STDIN : openSync(path, "r");
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) return { problem: "folder" };
    const chunks: Buffer[] = [];
    for (let total = status.isFile() ? status.size : 0; ;) {
      if (total > limit) return { problem: "too_large", bytes: total, limit };
      const chunk = Buffer.allocUnsafe(CHUNK);
      const got = readChunk(file, chunk);
      if (got === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, got));
      if (!status.isFile()) total += got;
    }
  } finally {
    if (file !== STDIN) closeSync(file);
  }
}

/** A terminal or pipe that Node has set non-blocking has nothing yet (EAGAIN), or has ended (EOF). */
function readChunk(file: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function problemOf(error: unknown): ReadResult {
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ERR_INVALID_ARG_VALUE")
    return { problem: "missing" };
  if (code === "EISDIR") return { problem: "folder" };
  if (code === undefined) throw error;
  return { problem: "unreadable", reason: reasonOf(code) };
}

/** The length of the longest prefix that is UTF-8 as far as it goes. */
function validPrefix(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

/** The system's name of an error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "a file of that name is in the way",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "its links lead in a circle",
  ENOENT: "it does not exist",
};

/** A system error in words. Unknown ones keep their name. */
export function reasonOf(code: string): string {
  return reasons[code] ?? code;
}
