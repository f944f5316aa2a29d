// Writes files so that each is either what it was or what it shall be: to a temporary name first, then by renaming.
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { diagnostic, type Diagnostic } from "../diagnostics/report.js";
import { codeOf, reasonOf } from "../index.js";

export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** Writes all of the files, making folders as needed, or none and says why. */
export function writeFiles(files: readonly OutputFile[]): Diagnostic | undefined {
  const staged: { readonly from: string; readonly to: string }[] = [];
  let path = "";
  try {
    for (const file of files) {
      path = file.path;
      makeFolder(dirname(path));
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
        return unwritable(path, reasonOf("EISDIR"));
      const from = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
      staged.push({ from, to: path });
      // Scripts are there to be started.
      writeFileSync(from, file.text, { mode: path.endsWith(".sh") ? 0o777 : 0o666 });
    }
    for (const { from, to } of staged) renameSync(from, (path = to));
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return unwritable(path, reasonOf(code));
  } finally {
    for (const { from } of staged) rmSync(from, { force: true });
  }
}

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
