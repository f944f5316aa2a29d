import { describe, expect, it } from "vitest";
import { cover, lineStarts, lineText, positionAt, type Source } from "../../src/diagnostics/span.js";

const source = (text: string): Source => ({ uri: "a.weft", text });

describe("positions in a source", () => {
  it("count lines and columns from one, offsets from zero", () => {
    expect(positionAt(source("ab\ncd"), 0)).toEqual({ line: 1, column: 1, offset: 0 });
    expect(positionAt(source("ab\ncd"), 4)).toEqual({ line: 2, column: 2, offset: 4 });
  });

  it("know every kind of line end, and count \\r\\n once", () => {
    expect(lineStarts(source("a\nb\r\nc\rd"))).toEqual([0, 2, 5, 7]);
    expect(lineText(source("a\nb\r\nc\rd"), 2)).toBe("b");
  });

  it("give the line of its end to a newline, and the next line to what follows", () => {
    expect(positionAt(source("ab\ncd"), 2)).toEqual({ line: 1, column: 3, offset: 2 });
    expect(positionAt(source("ab\n"), 3)).toEqual({ line: 2, column: 1, offset: 3 });
  });

  it("count UTF-16 units, as editors do", () => {
    expect(positionAt(source("😀x"), 2).column).toBe(3);
  });

  it("stay within the text", () => {
    expect(positionAt(source("ab"), 99)).toEqual({ line: 1, column: 3, offset: 2 });
    expect(positionAt(source(""), -1)).toEqual({ line: 1, column: 1, offset: 0 });
    expect(lineText(source("ab"), 7)).toBe("");
  });

  it("cover two spans", () => {
    const at = (start: number, end: number) => ({ source: "a", start, end });
    expect(cover(at(5, 6), at(1, 2))).toEqual(at(1, 6));
  });
});
