import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { renderJson } from "../../src/diagnostics/render-json.js";
import { renderAllText, renderText } from "../../src/diagnostics/render-text.js";
import { diagnostic, type Related } from "../../src/diagnostics/report.js";

/** Renders a report on the part of `text` between « and »; the marks are taken out. */
function render(marked: string, related: Related[] = [], colors?: Parameters<typeof renderText>[2]): string {
  const { source, report } = reportOn(marked, related);
  return renderText(report, () => source, colors);
}

function reportOn(marked: string, related: Related[] = []) {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const source = { uri: "dir/a.weft", text: marked.replace(/[«»]/g, "") };
  const params = { before: "`1`", after: "`b`" };
  return { source, report: diagnostic("missing-comma", { source: source.uri, start, end }, params, related) };
}

const caretLine = (text: string): string => text.split("\n")[4] ?? "";
const excerptLine = (text: string): string => text.split("\n")[3] ?? "";

describe("a diagnostic as text", () => {
  it("has a title, the place, the line, a caret with the label, and the hint", () => {
    expect(render("model M {\n  x = { a: 1 «bcd»: 2 }\n}\n")).toBe(
      [
        "error[missing-comma]: A comma is missing between `1` and `b`.",
        "  --> dir/a.weft:2:14",
        "   |",
        " 2 |   x = { a: 1 bcd: 2 }",
        "   |              ^^^ comma expected before this",
        "  hint: Separate the entries of (), [] and {} by commas, on several lines too.",
        "",
      ].join("\n"),
    );
  });

  it("shows related places", () => {
    const related = [{ span: { source: "dir/a.weft", start: 0, end: 1 }, message: "the list begins here" }];
    expect(render("[1 «b»]", related)).toContain("  note: the list begins here\n  --> dir/a.weft:1:1\n");
  });

  it("puts the caret under the token behind tabs and wide characters", () => {
    expect(excerptLine(render("\tx «b»"))).toBe(" 1 |     x b");
    expect(caretLine(render("\tx «b»"))).toBe("   |       ^ comma expected before this");
    expect(caretLine(render('"漢字" «b»'))).toBe("   |        ^ comma expected before this");
  });

  it("cuts a long line around the caret", () => {
    const text = render(`${"a".repeat(500)}«b»${"c".repeat(500)}`);
    expect(excerptLine(text).length).toBeLessThan(110);
    const column = caretLine(text).indexOf("^");
    expect(excerptLine(text)[column]).toBe("b");
  });

  it("marks the first line of a span of several, and one column of an empty span", () => {
    expect(caretLine(render("[«12\n34»]"))).toBe("   |  ^^ comma expected before this");
    expect(caretLine(render("ab«»"))).toBe("   |   ^ comma expected before this");
  });

  it("never prints control characters of the input", () => {
    const escape = "\u001b";
    expect(render(`${escape}[31m«b»`)).not.toContain(escape);
  });

  it("does without the source when there is none", () => {
    const { report } = reportOn("«b»");
    expect(renderText(report, () => undefined)).toContain("  --> dir/a.weft\n  hint:");
  });

  it("takes its colours from outside", () => {
    expect(render("«b»", [], pc.createColors(false))).toBe(render("«b»"));
    expect(render("«b»", [], pc.createColors(true))).toContain("\u001b[31m");
  });

  it("says how many were left out", () => {
    const { source, report } = reportOn("«b»");
    expect(renderAllText([report], () => source, undefined, 3)).toMatch(/\n\.\.\. and 3 more\n$/);
  });
});

describe("a diagnostic as JSON", () => {
  it("has exactly the published fields", () => {
    const { source, report } = reportOn("a\n«bc»");
    expect(renderJson(report, () => source)).toEqual({
      code: "missing-comma",
      severity: "error",
      message: "A comma is missing between `1` and `b`.",
      hint: "Separate the entries of (), [] and {} by commas, on several lines too.",
      file: "dir/a.weft",
      start: { line: 2, column: 1, offset: 2 },
      end: { line: 2, column: 3, offset: 4 },
    });
  });
});
