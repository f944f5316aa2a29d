import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columns, section, wrapped } from "../../src/report/layout.js";
import {
  counted,
  grouped,
  percent,
  rate,
  scientific,
  significant,
  size,
  time,
} from "../../src/report/units.js";

describe("numbers for people", () => {
  it.each([
    [0, "0 us"],
    [0.0123, "12.3 ns"],
    [12.345, "12.3 us"],
    [999.4, "999 us"],
    [999.6, "1.00 ms"],
    [40_412, "40.4 ms"],
    [999_700, "1.00 s"],
    [123_456_789, "123 s"],
  ])("a time of %d us", (us, text) => expect(time(us)).toBe(text));

  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.00 KiB"],
    [80 * 2 ** 30, "80.0 GiB"],
    [5000 * 2 ** 40, "5000 TiB"],
  ])("%d bytes", (bytes, text) => expect(size(bytes)).toBe(text));

  it.each([
    [950, "950"],
    [121_345, "121 k"],
    [1_210_000, "1.21 M"],
    [3e12, "3000 G"],
  ])("a rate of %d", (value, text) => expect(rate(value)).toBe(text));

  it.each([
    [1, 4, "25.0 %"],
    [0, 4, "0.0 %"],
    [1, 1e6, "< 0.1 %"],
    [1, 0, "-"],
  ])("%d of %d", (part, whole, text) => expect(percent(part, whole)).toBe(text));

  it("counts in groups of three", () => {
    expect(grouped(1_048_576)).toBe("1,048,576");
    expect(counted(1, "layer")).toBe("1 layer");
    expect(counted(2000, "launch", "launches")).toBe("2,000 launches");
  });

  it("errors in exponents", () => {
    expect(scientific(1.23e-7)).toBe("1.2e-7");
    expect(scientific(0)).toBe("0");
  });

  it("three significant digits are within half a per cent of the value", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e9, noNaN: true }), (value) => {
        const shown = Number(significant(value));
        expect(Math.abs(shown - value) / value).toBeLessThanOrEqual(0.005);
      }),
    );
  });
});

describe("columns", () => {
  it("stand under one another", () => {
    const rows = [
      ["weights", "13.5 GiB", "of experts"],
      ["cache", "2 GiB"],
      ["\u4e13\u5bb6", "8", "wide characters"],
    ];
    expect(columns(rows, ["left", "right"])).toEqual([
      "weights  13.5 GiB  of experts",
      "cache       2 GiB",
      "\u4e13\u5bb6            8  wide characters",
    ]);
  });
});

describe("a section", () => {
  it("is indented, and absent without lines", () => {
    expect(section("Memory", ["peak", "", "parts"])).toEqual(["Memory", "  peak", "", "  parts", ""]);
    expect(section("Memory", [])).toEqual([]);
  });
});

describe("wrapping", () => {
  it("breaks between words and keeps all of them", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
        const lines = wrapped(words.join(" "), 20);
        expect(lines.join(" ")).toBe(words.join(" "));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(20);
      }),
    );
  });
});
