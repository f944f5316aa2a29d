// Diagnostics as SARIF and as workflow commands, part by part.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codes, isCode } from "../../src/diagnostics/codes.js";
import { pages } from "../../src/diagnostics/pages.gen.js";
import { renderAllGithub, renderGithub } from "../../src/diagnostics/render-github.js";
import { renderSarif } from "../../src/diagnostics/render-sarif.js";
import { diagnostic, type Diagnostic } from "../../src/diagnostics/report.js";
import { ruleOf } from "../../src/diagnostics/sarif-rule.js";
import { positionAt, type Source } from "../../src/diagnostics/span.js";

const about = (source: Source, start: number, end: number): Diagnostic => {
  const related = [{ span: { source: source.uri, start: 0, end: 1 }, message: "the list begins here" }];
  return diagnostic(
    "missing-comma",
    { source: source.uri, start, end },
    { before: "`%`", after: "`b`" },
    related,
  );
};
const anywhere = fc
  .tuple(
    fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\r\n", "%", ":", ",", "\u{1f9f5}") }),
    fc.nat(),
    fc.nat(),
  )
  .map(([text, one, other]) => {
    const [start, end] = [one, other].map((each) => each % (text.length + 1)).sort((a, b) => a - b) as [
      number,
      number,
    ];
    return { source: { uri: "a.weft", text }, start, end };
  });

describe("a workflow command", () => {
  it("is one line, whatever the text, from which the message can be had again", () => {
    fc.assert(
      fc.property(
        anywhere,
        fc.string({ unit: fc.constantFrom("a", "\n", "\r", "%", "0", "A", ":", ",") }),
        ({ source, start, end }, said) => {
          const given = { ...about(source, start, end), message: said, related: [] };
          const line = renderGithub(given, () => source);
          expect(line).toMatch(/^::error [^\r\n]*\n$/);
          const text = line.slice(line.indexOf("::", 2) + 2, -1);
          const back = text.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
          expect(back).toBe(`${said}\nhint: ${given.hint}`);
        },
      ),
    );
  });

  it("tells columns within one line only, and places of files only", () => {
    const source = { uri: "a.weft", text: "[1\n2]" };
    expect(renderGithub(about(source, 1, 4), () => source)).toContain("file=a.weft,line=1,endLine=2,title=");
    expect(renderGithub(about(source, 1, 2), () => source)).toContain(
      "line=1,col=2,endLine=1,endColumn=3,title=",
    );
    const option = { uri: "--set M.a,b=1", text: "" };
    expect(renderGithub(about(option, 0, 0), () => option)).toMatch(/^::error title=/);
  });

  it("names related places, and says how many were left out", () => {
    const source = { uri: "a.weft", text: "ab" };
    const text = renderAllGithub([about(source, 1, 2)], () => source, 3);
    expect(text).toContain("%0Anote: the list begins here (a.weft:1)%0A");
    expect(text).toMatch(/\n::notice title=weft::\.\.\. and 3 more\n$/);
  });
});

describe("a SARIF result", () => {
  const run = { version: "1.2.3", pages, omitted: 0 };

  it("has the same place as every other rendering", () => {
    fc.assert(
      fc.property(anywhere, ({ source, start, end }) => {
        const [result] = renderSarif([about(source, start, end)], () => source, run).runs[0]?.results ?? [];
        const region = result?.locations?.[0]?.physicalLocation?.region;
        const [from, to] = [positionAt(source, start), positionAt(source, end)];
        expect(region).toMatchObject({ startLine: from.line, startColumn: from.column, charOffset: start });
        expect(region).toMatchObject({ endLine: to.line, endColumn: to.column, charLength: end - start });
        expect(region?.snippet?.text).toBe(source.text.slice(start, end));
      }),
    );
  });

  it("has related places, and of an option no file", () => {
    const source = { uri: "--set M.a=1", text: "--set M.a=1" };
    const [result] = renderSarif([about(source, 1, 2)], () => source, run).runs[0]?.results ?? [];
    expect(result?.locations).toEqual([
      { logicalLocations: [{ fullyQualifiedName: source.uri, kind: "parameter" }] },
    ]);
    expect(result?.relatedLocations?.[0]?.message).toEqual({ text: "the list begins here" });
  });

  it("says how many were left out", () => {
    const log = renderSarif([], () => undefined, { ...run, omitted: 7 });
    expect(JSON.stringify(log)).toContain('{"message":{"text":"... and 7 more"}}');
  });

  it("gives library files their own uri", () => {
    const source = { uri: "weft:clusters/h800", text: "ab" };
    const [result] = renderSarif([about(source, 0, 1)], () => source, run).runs[0]?.results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({ uri: source.uri });
  });
});

describe("a rule", () => {
  it.each(Object.keys(codes).filter(isCode))("of %s has a description and a help without marks", (code) => {
    const { shortDescription, help, defaultConfiguration } = ruleOf(code, pages[code]);
    expect(shortDescription?.text).toMatch(/^\S.*[^\s]$/s);
    expect(help?.text).not.toMatch(/^#|```/m);
    expect(help?.markdown).toBe(pages[code]);
    expect(defaultConfiguration?.level).toBe(codes[code].severity);
  });
});
