// Layers may trade alike GPUs: nothing that a layer costs changes, and none has most to do in every layer.
import { describe, expect, it } from "vitest";
import { LayerScorer, placeLayers, staggered, type PlaceProblem } from "../../src/place/index.js";
import { plainProblem } from "./problems.js";

const layersOf = (problem: PlaceProblem, count: number): PlaceProblem => ({
  ...problem,
  loads: new Array<readonly number[]>(count).fill(problem.loads[0]!),
});
const solved = (problem: PlaceProblem) => placeLayers(problem).map(({ placed }) => placed);

describe("staggered layers", () => {
  const plain = layersOf(plainProblem({ loads: [8, 4, 2, 1, 1, 1, 1, 1], slots: [2, 2, 2, 2], nodes: 2 }), 4);

  it("cost what they cost before", () => {
    const placed = solved(plain);
    staggered(plain, placed).forEach((layer, at) => {
      const scorer = new LayerScorer(plain, at);
      expect(scorer.score(layer).timeUs).toBeCloseTo(scorer.score(placed[at]!).timeUs, 9);
    });
  });

  it("have the hottest expert on another GPU each, until all have had it", () => {
    const holders = staggered(plain, solved(plain)).map(({ expertOfSlot }) =>
      Math.floor(expertOfSlot.indexOf(0) / 2),
    );
    expect([...holders].sort()).toEqual([0, 1, 2, 3]);
  });

  it("leave pins, slots and speeds where they are", () => {
    const pins = [{ expert: 7, gpu: 3 }];
    const problem = layersOf(
      plainProblem({
        ...{ loads: [8, 4, 2, 1, 1, 1, 1, 1], slots: [3, 2, 2, 2], nodes: 2, pins },
        speeds: [1, 0.5, 1, 1],
      }),
      4,
    );
    const placed = solved(problem);
    staggered(problem, placed).forEach((layer, at) => {
      const own = layer.expertOfSlot.slice(7, 9);
      expect(own).toContain(7);
      // No two GPUs of a node are alike here, nor are the nodes.
      expect(layer).toEqual(placed[at]);
    });
  });
});
