// Compiles an example as the command line does.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { compile, openEntry } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));

export const examples: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".weft"))
  .map((name) => name.slice(0, -".weft".length))
  .sort();

/** The proved plan of an example with options `--set`. */
export async function planOf(name: string, overrides: readonly string[] = []): Promise<LaunchPlan> {
  const entry = openEntry(`${folder}${name}.weft`);
  const { compiled, diagnostics } = await compile({ entry, overrides });
  expect(diagnostics.sorted()).toEqual([]);
  if (compiled === undefined) throw new Error(`${name} was not compiled`);
  expect(compiled.proof.properties.filter(({ ok }) => !ok)).toEqual([]);
  return compiled.plan;
}
