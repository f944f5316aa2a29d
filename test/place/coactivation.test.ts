// Experts that tokens choose together go to one node, where that saves copies.
import { describe, expect, it } from "vitest";
import { LayerScorer, placeLayers, type PlaceProblem } from "../../src/place/index.js";
import { problemOf } from "../bench/placement/cases.js";
import { uniformFrom } from "../bench/placement/random.js";

const EXPERTS = 64;
const TOP_K = 4;
const TOKENS = 2048;
const CIRCLES = 4;

/** Tokens of four circles of experts, which have nothing to do with their numbers: three of four choices stay in one's circle. */
function tokensInCircles(seed: number): Int32Array {
  const uniform = uniformFrom(seed);
  const below = (limit: number): number => Math.floor(uniform() * limit);
  const tokens = new Int32Array(TOKENS * TOP_K);
  for (let token = 0; token < TOKENS; token++) {
    const circle = below(CIRCLES);
    const chosen = new Set<number>();
    while (chosen.size < TOP_K) {
      const own = uniform() < 0.9 ? circle : below(CIRCLES);
      chosen.add(below(EXPERTS / CIRCLES) * CIRCLES + own);
    }
    tokens.set([...chosen], token * TOP_K);
  }
  return tokens;
}

const countsOf = (tokens: Int32Array): number[] => {
  const counts = new Array<number>(EXPERTS).fill(0);
  for (const expert of tokens) counts[expert]!++;
  return counts;
};

const seen = [1, 2].map(tokensInCircles);
const blind: PlaceProblem = {
  ...problemOf(seen.map(countsOf), { gpus: 16, nodes: 4, slots: 64 }, "priced"),
  gate: { topK: TOP_K, groups: 1, topGroups: 1 },
};
const seeing: PlaceProblem = { ...blind, tokens: seen };

describe("tokens that were seen", () => {
  const before = placeLayers(blind);
  const after = placeLayers(seeing);

  it.each([0, 1])("save a third of the copies in layer %i, and little load", (layer) => {
    const scorer = new LayerScorer(seeing, layer);
    const without = scorer.score(before[layer]!.placed);
    const { score } = after[layer]!;
    expect(score.slowBytes).toBeLessThan((2 / 3) * without.slowBytes);
    expect(score.balance).toBeGreaterThan(0.93);
    expect(score.timeUs).toBeLessThan(without.timeUs);
  });

  it("bring the experts of a circle to one node", () => {
    for (const { placed } of after) {
      const homes = Array.from({ length: CIRCLES }, () => new Int32Array(4));
      placed.expertOfSlot.forEach((expert, slot) => homes[expert % CIRCLES]![Math.floor(slot / 16)]!++);
      for (const home of homes) expect(Math.max(...home)).toBeGreaterThanOrEqual(14);
    }
  });

  it("are counted exactly by the score", () => {
    const { placed, score } = after[0]!;
    const nodeOf = new Map(placed.expertOfSlot.map((expert, slot) => [expert, Math.floor(slot / 16)]));
    let nodes = 0;
    for (let token = 0; token < TOKENS; token++)
      nodes += new Set(
        Array.from(seen[0]!.subarray(token * TOP_K, (token + 1) * TOP_K), (expert) => nodeOf.get(expert)),
      ).size;
    expect(score.copies).toBeCloseTo((nodes / TOKENS) * (3 / 4), 9);
  });
});
