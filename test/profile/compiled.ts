// A small schedule compiled with profiles beside it, as the command line does.
import { readFileSync } from "node:fs";
import { compile, type Compilation, type Entry } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";

const tiny = readFileSync(new URL("../cli/fixtures/tiny.weft", import.meta.url), "utf8");

/** The schedule of the command line's tests; equal loads, so that means are what every rank has, and little left to choose. */
export const schedule = (lines = ""): string =>
  tiny
    .replace("routing   = lognormal(sigma: 0.5, seed: 7)", "routing   = uniform")
    .replace("micro_batches: auto", "micro_batches: 1")
    .replace("overlap   = auto", "overlap   = auto(sms: 16)")
    .replace(/\}\s*$/, `${lines}\n}\n`);

/** A profile of Weft's own format. */
export const profileOf = (...operators: readonly object[]): string =>
  JSON.stringify({ format: "weft.profile/1", operators });

/** Files by name, `main.weft` the entry. */
export function entryOf(files: Readonly<Record<string, string>>): Entry {
  return {
    uri: "main.weft",
    host: {
      read: (uri) => {
        const text = files[uri];
        return text === undefined ? { problem: "missing" } : { text };
      },
    },
    shown: (uri) => uri,
    filesRead: () => [],
  };
}

export const compileFiles = (
  files: Readonly<Record<string, string>>,
  overrides: readonly string[] = [],
): Promise<Compilation> => compile({ entry: entryOf(files), overrides });

/** The plan of a schedule with a profile, which must compile. */
export async function planWith(profile: string, lines = ""): Promise<LaunchPlan> {
  const main = schedule(`${lines}\n  profile "ops.json"`);
  const { compiled, diagnostics } = await compileFiles({ "main.weft": main, "ops.json": profile });
  if (compiled === undefined) throw new Error(diagnostics.sorted()[0]?.message);
  return compiled.plan;
}
