// Schedules that no plan satisfies, or only one that will not do well: one mistake per fixture, named after its code, with the text
// that users see beside it.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { plain, renderAllText } from "../../src/diagnostics/render-text.js";
import { compile, openEntry } from "../../src/index.js";
import { expectGolden } from "../check/golden.js";

const folder = fileURLToPath(new URL("fixtures/", import.meta.url));
const fixtures = readdirSync(folder)
  .filter((each) => each.endsWith(".weft"))
  .map((each) => each.replace(".weft", ""));

describe("a schedule that no plan satisfies, or no good one", () => {
  it.each(fixtures)("%s", async (name) => {
    const { diagnostics, sources, compiled } = await compile({ entry: openEntry(`${folder}${name}.weft`) });
    expect(compiled === undefined).toBe(diagnostics.hasErrors);
    expect(diagnostics.sorted().map(({ code }) => code)).toEqual([name.replace(/-\d+$/, "")]);
    const findSource = (uri: string) => sources.find((each) => each.uri === uri);
    expectGolden(`${folder}${name}.txt`, renderAllText(diagnostics.sorted(), findSource, plain));
  });

  it("has a golden text for every fixture", () => {
    const goldens = readdirSync(folder).filter((each) => each.endsWith(".txt"));
    expect(goldens.sort()).toEqual(fixtures.map((each) => `${each}.txt`).sort());
  });
});
