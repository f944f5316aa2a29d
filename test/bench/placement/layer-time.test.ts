// What the judge counts, on placements small enough to count by hand.
import { describe, expect, it } from "vitest";
import type { Gpus, LayerPrices, PlacedLayer } from "../../../src/place/index.js";
import { judgeLayer } from "./layer-time.js";

/** Experts take a microsecond for each row, rows a microsecond within a node, copies a thousand between nodes. */
const prices: LayerPrices = {
  ...{ tokensPerGpu: 6, dispatchBytes: 1, combineBytes: 2, fastRate: 1, slowRate: 1e-3, expertBytes: 1 },
  expertsUs: (rows) => rows.reduce((sum, each) => sum + each, 0),
};

const gpusOn = (nodeOf: readonly number[], slots: readonly number[]): Gpus => ({
  ...{ nodeOf, slots },
  speeds: nodeOf.map(() => 1),
});

const judge = (placed: PlacedLayer, tokens: readonly number[][], gpus: Gpus) =>
  judgeLayer(placed, Int32Array.from(tokens.flat()), { topK: tokens[0]!.length, gpus, prices });

const CROSSING = 3;

describe("counted from tokens", () => {
  it("a token crosses once to a node, for all its experts there", () => {
    const gpus = gpusOn([0, 0, 1, 1], [1, 1, 1, 1]);
    const placed = { expertOfSlot: [0, 1, 2, 3], turns: [1, 1, 1, 1] };
    const tokens = [
      [0, 1],
      [2, 3],
      [1, 2],
    ];
    // Each of 6 tokens stands for 2 of a rank's. To node 1 go tokens 1 and 2 of both ranks of node 0, and the same back.
    const { slowBytes, dispatchUs, combineUs, expertsUs } = judge(placed, tokens, gpus);
    expect(slowBytes).toBe(4 * 2 * 2 * CROSSING);
    // Experts 1 and 2 have two tokens of three, of 24; a quarter of their rows are at home.
    expect(expertsUs).toBe(16);
    expect(dispatchUs).toBeCloseTo(4 * 1e3 + 16 * (3 / 4), 9);
    expect(combineUs).toBeCloseTo(2 * dispatchUs, 9);
  });

  it("the port that sends most may be the busiest", () => {
    // Three nodes of a GPU: every token has an expert on each of the others.
    const gpus = gpusOn([0, 1, 2], [1, 1, 1]);
    const { dispatchUs } = judge({ expertOfSlot: [0, 1, 2], turns: [1, 1, 1] }, [[0, 1, 2]], gpus);
    expect(dispatchUs).toBeCloseTo(2 * 6 * 1e3 + 18 * (2 / 3), 9);
  });

  it("a replica has its turns of its expert's tokens", () => {
    const gpus = gpusOn([0, 0], [1, 1]);
    const tokens = Array.from({ length: 6 }, () => [0]);
    const experts = (turns: readonly number[]) =>
      judge({ expertOfSlot: [0, 0], turns }, tokens, gpus).expertsUs;
    expect([experts([1, 1]), experts([2, 1]), experts([1, 5])]).toEqual([6, 8, 10]);
  });

  it("ranks take turns at different replicas for the token of one row", () => {
    const gpus = gpusOn([0, 1], [1, 1]);
    const placed = { expertOfSlot: [0, 0], turns: [1, 1] };
    // Row 0 of either rank stays at home, row 1 crosses.
    expect(judge(placed, [[0]], gpus).slowBytes).toBe(0);
    expect(judge(placed, [[0], [0]], gpus).slowBytes).toBe(6 * CROSSING);
  });

  it("experts that take turns in step cost one copy where their replicas are side by side", () => {
    const gpus = gpusOn([0, 0, 1, 1, 2, 2], [1, 1, 1, 1, 1, 1]);
    const tokens = Array.from({ length: 6 }, () => [0, 1]);
    const bytes = (expertOfSlot: readonly number[]) =>
      judge({ expertOfSlot, turns: expertOfSlot.map(() => 1) }, tokens, gpus).slowBytes / CROSSING;
    // Of 36 tokens, two thirds go to another node; out of step they go to two nodes, of which one may be their own.
    expect(bytes([0, 1, 0, 1, 0, 1])).toBe(24);
    expect(bytes([0, 1, 1, 0, 0, 1])).toBe(24);
    expect(bytes([0, 0, 1, 1, 0, 1])).toBeGreaterThan(24);
  });

  it("two replicas on one GPU are one place", () => {
    const gpus = gpusOn([0, 1], [2, 1]);
    const { slowBytes, expertsUs } = judge({ expertOfSlot: [0, 0, 1], turns: [1, 1, 1] }, [[0], [0]], gpus);
    expect([slowBytes, expertsUs]).toEqual([6 * CROSSING, 12]);
  });
});
