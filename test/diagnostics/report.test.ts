import { describe, expect, it } from "vitest";
import { codes } from "../../src/diagnostics/codes.js";
import { Diagnostics } from "../../src/diagnostics/report.js";
import type { Span } from "../../src/diagnostics/span.js";

const at = (start: number, source = "a.weft"): Span => ({ source, start, end: start + 1 });

describe("the collector", () => {
  it("fills the templates of a code", () => {
    const diagnostics = new Diagnostics();
    diagnostics.report("missing-comma", at(3), { before: "`1`", after: "`b`" });
    expect(diagnostics.sorted()).toEqual([
      {
        code: "missing-comma",
        severity: "error",
        message: "A comma is missing between `1` and `b`.",
        hint: "Separate the entries of (), [] and {} by commas, on several lines too.",
        label: "comma expected before this",
        span: at(3),
      },
    ]);
  });

  it("is checked by the compiler", () => {
    const diagnostics = new Diagnostics();
    // @ts-expect-error a parameter is missing
    diagnostics.report("missing-comma", at(0), { before: "`1`" });
    // @ts-expect-error there is no such parameter
    diagnostics.report("missing-comma", at(1), { before: "`1`", after: "`b`", more: 1 });
    // @ts-expect-error there is no such code
    expect(() => diagnostics.report("no-such-code", at(2), {})).toThrow();
  });

  it("sorts by source, then place, then code, whatever the order of reports", () => {
    const diagnostics = new Diagnostics();
    diagnostics.report("unterminated-string", at(9), {});
    diagnostics.report("unterminated-comment", at(9), {});
    diagnostics.report("unterminated-string", at(2), {});
    diagnostics.report("unterminated-string", at(1, "b.weft"), {});
    diagnostics.report("unterminated-string", at(7, "Z.weft"), {});
    expect(diagnostics.sorted().map(({ code, span }) => [span.source, span.start, code])).toEqual([
      ["Z.weft", 7, "unterminated-string"],
      ["a.weft", 2, "unterminated-string"],
      ["a.weft", 9, "unterminated-comment"],
      ["a.weft", 9, "unterminated-string"],
      ["b.weft", 1, "unterminated-string"],
    ]);
  });

  it("keeps equal reports once, and counts what exceeds its limit", () => {
    const diagnostics = new Diagnostics(2);
    for (const start of [1, 1, 2, 3, 4]) diagnostics.report("unterminated-string", at(start), {});
    expect(diagnostics.sorted()).toHaveLength(2);
    expect(diagnostics.omitted).toBe(2);
    expect(diagnostics.hasErrors).toBe(true);
  });
});

describe("the codes", () => {
  it.each(Object.keys(codes))("%s is in kebab-case", (code) => {
    expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
  });
});
