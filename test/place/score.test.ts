// What a placement is said to cost, on cases small enough to add up by hand.
import { describe, expect, it } from "vitest";
import { LayerScorer, type PlaceProblem } from "../../src/place/index.js";
import { prices } from "../bench/placement/cases.js";

const problem: PlaceProblem = {
  loads: [[6, 2]],
  gpus: { nodeOf: [0, 0], slots: [1, 1], speeds: [1, 0.25] },
  gate: { topK: 1, groups: 1, topGroups: 1 },
  ...{ groupRule: "priced", pins: [], prices },
};

/** Rows of both GPUs together: each has that many tokens of one expert. */
const pairs = 2 * prices.tokensPerGpu;

describe("a GPU of a quarter of the speed", () => {
  it("takes four times as long for its experts", () => {
    const score = new LayerScorer(problem, 0).score({ expertOfSlot: [0, 1], turns: [1, 1] });
    const [fast, slow] = [prices.expertsUs([(6 / 8) * pairs]), prices.expertsUs([(2 / 8) * pairs]) / 0.25];
    expect(slow).toBeGreaterThan(fast);
    expect(score.expertsUs).toBeCloseTo(slow, 6);
  });

  it("has its load over its speed", () => {
    const score = new LayerScorer(problem, 0).score({ expertOfSlot: [0, 1], turns: [1, 1] });
    expect(score.maxLoad).toBeCloseTo(2 / 0.25, 9);
    // Even were 8 / 1.25 = 6.4 over speed.
    expect(score.balance).toBeCloseTo(6.4 / 8, 9);
  });
});

it("within a node only the rows that come from other GPUs travel, the most of a GPU", () => {
  const even = { ...problem, gpus: { ...problem.gpus, speeds: [1, 1] } };
  const score = new LayerScorer(even, 0).score({ expertOfSlot: [0, 1], turns: [1, 1] });
  const rows = (6 / 8) * pairs * (1 / 2);
  expect(score.dispatchUs).toBeCloseTo((rows * prices.dispatchBytes) / prices.fastRate, 6);
  expect(score.combineUs).toBeCloseTo((rows * prices.combineBytes) / prices.fastRate, 6);
  expect(score.slowBytes).toBe(0);
});
