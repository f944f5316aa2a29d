// The Mixtral example with few layers, compiled as the command line does, for tests that change it and run what comes out.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { compile, type Entry } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";

const example = readFileSync(new URL("../../examples/mixtral-8x7b-prefill.weft", import.meta.url), "utf8");

/** An entry that is a text, with the library around it. */
function entryOf(text: string): Entry {
  const uri = "mixtral-8x7b-prefill.weft";
  return {
    uri,
    host: { read: (wanted) => (wanted === uri ? { text } : { problem: "missing" }) },
    shown: (each) => each,
    filesRead: () => [],
  };
}

/** Replaces lines of the example; each must occur exactly once, so that a test cannot silently change nothing. */
export function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text.split(from)).toHaveLength(2);
    return text.replace(from, to);
  }, example);
}

/** The plan of a text and of overrides; the compiler has proved it, and has warned of nothing else. */
export async function planOf(
  text: string,
  overrides: readonly string[] = [],
  warnings: readonly string[] = [],
): Promise<LaunchPlan> {
  const { compiled, diagnostics } = await compile({ entry: entryOf(text), overrides });
  expect(diagnostics.sorted().map(({ code }) => code)).toEqual(warnings);
  if (compiled === undefined) throw new Error("nothing was compiled");
  expect(compiled.proof.ok).toBe(true);
  return compiled.plan;
}

/** The example as it is, with so many layers. */
export const mixtral = (depth: number): Promise<LaunchPlan> =>
  planOf(example, [`Mixtral.depth=${String(depth)}`]);
