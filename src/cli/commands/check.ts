// weft check: every diagnostic that compiling each schedule of some files would give.
import type { Diagnostic } from "../../diagnostics/report.js";
import type { Source } from "../../diagnostics/span.js";
import { check, openEntry, optionFile } from "../../index.js";
import { exitCodeOf, shown, type Outcome } from "../outcome.js";

export interface CheckFlags {
  readonly set: readonly string[];
  readonly profile: readonly string[];
}

export async function checkCommand(
  files: readonly string[],
  { set: overrides, profile }: CheckFlags,
): Promise<Outcome> {
  const diagnostics = new Map<string, Diagnostic>();
  const sources = new Map<string, Source>();
  const checked: { readonly file: string; readonly schedules: readonly string[] }[] = [];
  let omitted = 0;
  for (const file of files) {
    const entry = openEntry(file);
    const findings = await check(
      entry,
      overrides,
      profile.map((each) => optionFile(file, each)),
    );
    const found = shown(findings, entry.shown);
    checked.push({ file: entry.shown(entry.uri), schedules: findings.schedules });
    omitted += found.omitted;
    for (const source of found.sources) sources.set(source.uri, source);
    // Files may share an import, whose mistakes are then found once for each.
    for (const each of found.diagnostics)
      diagnostics.set(JSON.stringify([each.code, each.span, each.message]), each);
  }
  const all = [...diagnostics.values()];
  const errors = all.filter(({ severity }) => severity === "error").length;
  const warnings = all.length - errors;
  const tally = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
  return {
    exit: exitCodeOf(all),
    diagnostics: all,
    omitted,
    sources: [...sources.values()],
    fields: { files: checked },
    notice: `${tally(files.length, "file")} checked: ${tally(errors, "error")}, ${tally(warnings, "warning")}\n`,
  };
}
