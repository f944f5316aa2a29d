// Writes files so that each is either what it was or what it shall be: to a temporary name first, then by renaming. Links stay, and
// what they lead to is replaced; devices and pipes take the text as it comes.
import {
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { diagnostic, type Diagnostic } from "../diagnostics/report.js";
import { codeOf, reasonOf } from "../index.js";

export interface OutputFile<Content extends string | Uint8Array = string> {
  readonly path: string;
  readonly text: Content;
}

/** Writes all of the files, making folders as needed, or none and says why. Devices and pipes are written before files are renamed. */
export function writeFiles(files: readonly OutputFile<string | Uint8Array>[]): Diagnostic | undefined {
  const staged: { readonly from: string; readonly to: string; readonly path: string }[] = [];
  const streams: OutputFile<string | Uint8Array>[] = [];
  let path = "";
  try {
    for (const file of files) {
      path = file.path;
      if (isStream(path)) {
        streams.push(file);
        continue;
      }
      const to = linkedTo(path);
      makeFolder(dirname(to));
      if (statSync(to, { throwIfNoEntry: false })?.isDirectory()) return unwritable(path, reasonOf("EISDIR"));
      const from = join(dirname(to), `.${basename(to)}.${process.pid}.tmp`);
      staged.push({ from, to, path });
      // Scripts are there to be started.
      writeFileSync(from, file.text, { mode: path.endsWith(".sh") ? 0o777 : 0o666 });
    }
    for (const { path: stream, text } of streams) {
      path = stream;
      writeFileSync(path, text);
    }
    for (const each of staged) {
      path = each.path;
      renameSync(each.from, each.to);
    }
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return unwritable(path, reasonOf(code));
  } finally {
    for (const { from } of staged) rmSync(from, { force: true });
  }
}

/** Whether a path is a device, a pipe or a socket, or the name of an open file such as /dev/stdout: nothing that may be replaced. */
function isStream(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined || status.isDirectory()) return false;
  return !status.isFile() || (isLink(path) && /^\/(dev|proc)(\/|$)/.test(realpathSync(dirname(path))));
}

/** The file that a path leads to by links, which there may not be yet. The system refuses links in a circle before. */
function linkedTo(path: string): string {
  let target = path;
  while (isLink(target)) target = resolve(dirname(target), readlinkSync(target));
  return target;
}

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Makes a folder and those above it. Node's own recursive form never returns where the system refuses new folders as missing, as /proc does. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path);
}

function unwritable(path: string, reason: string): Diagnostic {
  return diagnostic("unwritable-output", { source: path, start: 0, end: 0 }, { path, reason });
}

/** A rule for make and ninja: what `target` was made from. */
export function dependencyRule(target: string, sources: readonly string[]): string {
  const escaped = (path: string): string => path.replace(/[ #]/g, "\\$&").replaceAll("$", "$$$$");
  return `${[`${escaped(target)}:`, ...sources.map(escaped)].join(" \\\n  ")}\n`;
}
