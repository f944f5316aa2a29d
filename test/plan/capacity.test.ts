// What a capacity means in rows of an atom.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { declaredAtomRows, inThousandths } from "../../src/plan/index.js";

const rows = (factor: number, tokens: number, topK: number, slots: number): number | undefined =>
  declaredAtomRows({ policy: "capacity", factor }, { tokens, topK, slots });

describe("the rows of an atom", () => {
  it("are so many times the mean, rounded up", () => {
    expect(rows(1, 16, 2, 8)).toBe(4);
    expect(rows(1.25, 16, 2, 8)).toBe(5);
    expect(rows(1.26, 16, 2, 8)).toBe(6);
  });

  it("are one at least, and no more than a rank has tokens", () => {
    expect(rows(1, 2, 8, 288)).toBe(1);
    expect(rows(0.001, 2, 8, 288)).toBe(1);
    expect(rows(8, 16, 2, 8)).toBe(16);
    expect(rows(1e300, 16, 2, 8)).toBe(16);
  });

  it("are unknown where routing decides", () => {
    expect(declaredAtomRows({ policy: "dropless" }, { tokens: 16, topK: 2, slots: 8 })).toBeUndefined();
  });

  it("grow with the factor", () => {
    const size = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(size, size, size, size, size, (tokens, topK, slots, small, large) => {
        const [low, high] = [Math.min(small, large) / 1000, Math.max(small, large) / 1000];
        expect(rows(low, tokens, topK, slots)!).toBeLessThanOrEqual(rows(high, tokens, topK, slots)!);
      }),
    );
  });
});

it("a factor in thousandths is what was written, whatever its binary fraction", () => {
  for (let thousandths = 1; thousandths < 20_000; thousandths++)
    expect(inThousandths(Number(`${String(thousandths)}e-3`))).toBe(thousandths);
  expect(inThousandths(1.2345)).toBe(1235);
});
