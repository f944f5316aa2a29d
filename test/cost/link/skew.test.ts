import { expect, it } from "vitest";
import { defaultParameters, meetingSkew } from "../../../src/cost/index.js";

it("more ranks wait longer for the last of them, one rank for none", () => {
  const skew = (ranks: number): number => meetingSkew(ranks, { ...defaultParameters, rankSkew: 2 });
  expect(skew(1)).toBe(0);
  expect(skew(8)).toBeGreaterThan(skew(2));
  // The mean maximum of 1,024 normal deviates is 3.2 standard deviations, that of 8 is 1.4.
  expect(skew(1024)).toBeGreaterThan(2 * 3.2);
  expect(skew(1024)).toBeLessThan(2 * 4);
});
