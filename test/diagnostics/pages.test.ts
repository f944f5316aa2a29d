import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codes } from "../../src/diagnostics/codes.js";
import { syntaxCodes } from "../../src/diagnostics/codes/syntax.js";
import { pages } from "../../src/diagnostics/pages.gen.js";
import { parse } from "../../src/syntax/parse.js";

describe("the pages of the codes", () => {
  const files = readdirSync(new URL("../../src/diagnostics/pages/", import.meta.url));

  it("are one for each code, and none besides", () => {
    const expected = Object.keys(codes).map((code) => `${code}.md`);
    expect(files.sort()).toEqual(expected.sort());
    expect(Object.keys(pages).sort()).toEqual(Object.keys(codes).sort());
  });

  it.each(Object.entries(pages))(
    "%s: begins with its code, shows an example and the way out",
    (code, page) => {
      expect(page.startsWith(`# ${code}\n`)).toBe(true);
      expect(page.length).toBeGreaterThan(150);
    },
  );

  it.each(Object.keys(syntaxCodes))("%s: its example triggers it", (code) => {
    const page = Object.entries(pages).find(([name]) => name === code)?.[1] ?? "";
    const example = /```weft\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
    const { diagnostics } = parse({ uri: "example.weft", text: example });
    expect(diagnostics.map((each) => each.code)).toContain(code);
  });
});
