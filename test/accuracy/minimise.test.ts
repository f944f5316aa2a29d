import { describe, expect, it } from "vitest";
import { minimise } from "./minimise.js";

const effort = { starts: 4, evaluations: 100 };

describe("the minimiser", () => {
  it("follows a bent valley", () => {
    const valley = ([x = 0, y = 0]: readonly number[]): number => (0.7 - x) ** 2 + 100 * (y - x * x) ** 2;
    const [x, y] = minimise(valley, [0.1, 0.9], effort);
    expect(x).toBeCloseTo(0.7, 2);
    expect(y).toBeCloseTo(0.49, 2);
  });

  it("stays within the unit cube, also from its border", () => {
    const slope = (at: readonly number[]): number => at.reduce((sum, value) => sum + value, 0);
    for (const value of minimise(slope, [1, 0, 0.5], effort)) expect(value).toBeCloseTo(0, 2);
  });

  it("is never worse than where it starts", () => {
    const pit = ([x = 0]: readonly number[]): number => (x === 0.25 ? -1 : 0);
    expect(minimise(pit, [0.25], effort)).toEqual([0.25]);
  });
});
