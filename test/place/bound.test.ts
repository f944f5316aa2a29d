// The lower bound: small cases worked out by hand, and that no placement is below it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerBoundShare } from "../../src/place/bound.js";
import { plainProblem } from "./problems.js";

const bound = (problem: Parameters<typeof plainProblem>[0]): number =>
  lowerBoundShare(plainProblem(problem), 0);

describe("a lower bound", () => {
  it("is the mean where experts can be cut", () => {
    expect(bound({ loads: [5, 1, 1, 1], slots: [3, 3] })).toBeCloseTo(1 / 2, 6);
  });
  it("takes a layer of zeros as uniform", () => {
    expect(bound({ loads: [0, 0, 0, 0], slots: [3, 3] })).toBeCloseTo(1 / 2, 6);
  });
  it("is an expert that cannot be cut", () => {
    expect(bound({ loads: [6, 1, 1, 1], slots: [2, 1, 1] })).toBeCloseTo(6 / 9, 3);
  });
  it("counts the slots that cuts need", () => {
    // Two experts above a fourth, and one extra slot: one of them stays whole.
    expect(bound({ loads: [4, 4, 1, 1], slots: [2, 1, 1, 1] })).toBeCloseTo(4 / 10, 3);
  });
  it("puts the lightest expert beside one that nearly fills a GPU", () => {
    expect(bound({ loads: [6, 3, 3, 3], slots: [2, 2] })).toBeCloseTo(9 / 15, 3);
    expect(bound({ loads: [6, 1, 1, 1, 1], slots: [3, 2] })).toBeCloseTo(7 / 10, 3);
  });
  it("has two of five equal experts on one of four GPUs", () => {
    expect(bound({ loads: [1, 1, 1, 1, 1], slots: [2, 1, 1, 1] })).toBeCloseTo(2 / 5, 3);
  });
  it("leaves out GPUs without slots, and counts speeds", () => {
    expect(bound({ loads: [1, 1, 1, 1], slots: [3, 0, 3] })).toBeCloseTo(1 / 2, 6);
    expect(bound({ loads: [1, 1, 1, 1], slots: [3, 3], speeds: [1, 0.5] })).toBeCloseTo(1 / 1.5, 6);
  });
  it("is no more than what a GPU of one slot can have", () => {
    // The GPU of one slot has at most 2 of the 8, so the other has 6, though the mean is 4.
    expect(bound({ loads: [2, 2, 2, 2], slots: [4, 1] })).toBeCloseTo(6 / 8, 3);
  });
  it("is what groups kept on nodes leave to the heaviest node", () => {
    const groups = { loads: [4, 4, 1, 1, 1, 1, 1, 1], nodes: 2, groups: 4 };
    expect(bound({ ...groups, slots: [3, 3, 3, 3], groupRule: "priced" })).toBeCloseTo(1 / 4, 6);
    // The others fit on one node, so the heavy group has two GPUs for its 8 of 14.
    expect(bound({ ...groups, slots: [3, 3, 3, 3], groupRule: "hard" })).toBeCloseTo(8 / 14 / 2, 3);
    // A node has room for two groups, so with the heavy group must be another.
    expect(bound({ ...groups, slots: [2, 2, 2, 2], groupRule: "hard" })).toBeCloseTo(10 / 14 / 2, 3);
  });
  it("has a fast GPU for an expert whose group could have two slow ones", () => {
    const slow = { loads: [40, 1, 4, 1], slots: [1, 1, 2], nodes: 2, groups: 2, speeds: [0.5, 0.25, 1] };
    const nodeOf = [0, 0, 1];
    const problem = plainProblem({ ...slow, groupRule: "hard" });
    expect(lowerBoundShare({ ...problem, gpus: { ...problem.gpus, nodeOf } }, 0)).toBeCloseTo(41 / 46, 3);
  });
  it("does not depend on the order of the experts or on their unit", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 12 }), (loads) => {
        const slots = [4, 4, Math.max(1, loads.length - 6)];
        const straight = bound({ loads, slots });
        expect(bound({ loads: loads.toReversed(), slots })).toBeCloseTo(straight, 9);
        expect(bound({ loads: loads.map((load) => load * 1e300), slots })).toBeCloseTo(straight, 9);
      }),
    );
  });
});
