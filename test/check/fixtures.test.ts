// One mistake per fixture, named after the code it must give, with the text that users see beside it.
// `CODE-n.weft` is a file of its own, `CODE-n/main.weft` a folder; `shared/` holds what fixtures import.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { codes, isCode, type Code } from "../../src/diagnostics/codes.js";
import { commandCodes } from "../../src/diagnostics/codes/command.js";
import { placementCodes } from "../../src/diagnostics/codes/placement.js";
import { planCodes } from "../../src/diagnostics/codes/plan.js";
import { syntaxCodes } from "../../src/diagnostics/codes/syntax.js";
import { checkFixture, renderResult } from "./disk.js";
import { expectGolden } from "./golden.js";

const folder = fileURLToPath(new URL("fixtures/", import.meta.url));

/** Codes whose fixtures stand elsewhere: the folder from the project's root, one file of which must name the code. */
const elsewhere: Partial<Record<Code, string>> = {
  "malformed-traffic": "test/cli",
  "traffic-not-of-cluster": "test/cli",
  "unknown-algorithm": "test/cli",
  "algorithm-not-applicable": "test/cli",
  "bound-below-traffic": "test/cli",
  "not-emittable-exchange": "test/cli",
  ...Object.fromEntries(Object.keys(syntaxCodes).map((code) => [code, "grammar/corpus/invalid"])),
  ...Object.fromEntries(Object.keys(commandCodes).map((code) => [code, "test/cli"])),
  ...Object.fromEntries(Object.keys(placementCodes).map((code) => [code, "test/cli"])),
  ...Object.fromEntries(Object.keys(planCodes).map((code) => [code, "test/plan"])),
  "plan-inconsistent": "test/cli",
  "plan-refuted": "test/cli",
  "does-not-fit-memory": "test/passes",
  "requirement-not-met": "test/passes",
  "worst-case-does-not-fit": "test/passes",
  "bound-below-expected": "test/passes",
  "unreadable-file": "test/cli",
  "file-too-large": "test/cli",
};

interface Fixture {
  readonly name: string;
  readonly path: string;
  readonly golden: string;
}

const fixtures: readonly Fixture[] = readdirSync(folder, { withFileTypes: true })
  .filter((each) => each.name !== "shared" && !each.name.endsWith(".txt"))
  .map((each) =>
    each.isDirectory()
      ? { name: each.name, path: `${folder}${each.name}/main.weft` }
      : { name: each.name.replace(/\.weft$/, ""), path: `${folder}${each.name}` },
  )
  .map((each) => ({ ...each, golden: `${folder}${each.name}.txt` }));

const codeOf = (name: string): string => name.replace(/-\d+$/, "");

describe("a fixture", () => {
  it.each(fixtures)("$name gives its code and nothing else", ({ name, path, golden }) => {
    const result = checkFixture(path);
    expectGolden(golden, renderResult(result));
    expect(result.diagnostics.sorted().map(({ code }) => code)).toEqual([codeOf(name)]);
    expect("program" in result).toBe(false);
  });
});

describe("the fixtures", () => {
  it("are all named after a code, and no golden text lacks its fixture", () => {
    const names = fixtures.map(({ name }) => name);
    expect(names.filter((name) => !isCode(codeOf(name)))).toEqual([]);
    const goldens = readdirSync(folder).filter((name) => name.endsWith(".txt"));
    expect(goldens.sort()).toEqual(names.map((name) => `${name}.txt`).sort());
  });

  it.each(Object.keys(codes).filter((code) => !Object.hasOwn(elsewhere, code)))("hold one for %s", (code) => {
    expect(fixtures.some(({ name }) => codeOf(name) === code)).toBe(true);
  });

  it.each(Object.entries(elsewhere))("leave %s to %s", (code, place) => {
    const root = fileURLToPath(new URL(`../../${place}/`, import.meta.url));
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const naming = files.filter(
      (each) =>
        each.name.startsWith(code) || readFileSync(`${each.parentPath}/${each.name}`, "utf8").includes(code),
    );
    expect(naming).not.toEqual([]);
  });
});
