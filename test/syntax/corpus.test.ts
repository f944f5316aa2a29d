// grammar/corpus: valid/*.weft have no diagnostics, invalid/*.weft have exactly those in the .expected.txt beside them.
// WEFT_UPDATE=1 rewrites the expected files.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { syntaxCodes } from "../../src/diagnostics/codes/syntax.js";
import { renderAllText } from "../../src/diagnostics/render-text.js";
import { parse } from "../../src/syntax/parse.js";
import { print } from "../../src/syntax/print.js";

const folder = (kind: string): URL => new URL(`../../grammar/corpus/${kind}/`, import.meta.url);
const textsIn = (kind: string): string[] =>
  readdirSync(folder(kind)).filter((name) => name.endsWith(".weft"));

function read(kind: string, name: string) {
  const source = { uri: name, text: readFileSync(new URL(name, folder(kind)), "utf8") };
  return { source, ...parse(source) };
}

describe("valid texts", () => {
  it.each(textsIn("valid"))("%s", (name) => {
    const { source, tree, diagnostics } = read("valid", name);
    expect(renderAllText(diagnostics, () => source)).toBe("");
    expect(print(tree)).toBe(source.text);
  });
});

describe("invalid texts", () => {
  const expectedName = (name: string): string => name.replace(/\.weft$/, ".expected.txt");
  const isUpdate = process.env.WEFT_UPDATE === "1";

  it.each(textsIn("invalid"))("%s", (name) => {
    const { source, tree, diagnostics } = read("invalid", name);
    const actual = renderAllText(diagnostics, () => source);
    const golden = new URL(expectedName(name), folder("invalid"));
    if (isUpdate) writeFileSync(golden, actual);
    expect(existsSync(golden), `${expectedName(name)} is missing; run with WEFT_UPDATE=1`).toBe(true);
    expect(actual).toBe(readFileSync(golden, "utf8"));
    expect(diagnostics).not.toEqual([]);
    expect(print(tree)).toBe(source.text);
  });

  it("have no expected file without a text", () => {
    const wanted = new Set(textsIn("invalid").flatMap((name) => [name, expectedName(name)]));
    const extra = readdirSync(folder("invalid")).filter((name) => !wanted.has(name));
    if (isUpdate) for (const name of extra) rmSync(new URL(name, folder("invalid")));
    else expect(extra).toEqual([]);
  });

  it("show every code of the syntax", () => {
    const shown = textsIn("invalid").flatMap((name) =>
      read("invalid", name).diagnostics.map(({ code }) => code),
    );
    expect([...new Set(shown)].sort()).toEqual(Object.keys(syntaxCodes).sort());
  });
});
