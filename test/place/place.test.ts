// What every placement must satisfy, for problems of any counts: slots, groups, pins, turns, and scores counted again.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  gpuOfSlots,
  LayerScorer,
  placeLayers,
  type PlacedLayer,
  type PlaceProblem,
} from "../../src/place/index.js";
import { groupOfExpert } from "../../src/place/problem.js";
import { randomProblem } from "./random-problems.js";

const sizes = { mostExperts: 14, mostGpus: 7, layers: 2 };

/** The same law for every layer of many problems. */
function everyPlacement(law: (placed: PlacedLayer, problem: PlaceProblem, layer: number) => void): void {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const problem = randomProblem(draw, sizes);
      placeLayers(problem).forEach(({ placed }, layer) => law(placed, problem, layer));
    }),
    { numRuns: 300 },
  );
}

/** Loads of the GPUs over their speeds, counted slot by slot. */
function gpuLoads(
  { expertOfSlot, turns }: PlacedLayer,
  { loads, gpus }: PlaceProblem,
  layer: number,
): number[] {
  const row = loads[layer]!.some((load) => load > 0) ? loads[layer]! : loads[layer]!.map(() => 0);
  const sums = gpus.slots.map(() => 0);
  const gpuOf = gpuOfSlots(gpus);
  expertOfSlot.forEach((expert, slot) => {
    const round = turns.reduce((sum, own, other) => sum + (expertOfSlot[other] === expert ? own : 0), 0);
    sums[gpuOf[slot]!]! += (row[expert]! * turns[slot]!) / round / gpus.speeds[gpuOf[slot]!]!;
  });
  return sums;
}

describe("a placement", () => {
  it("fills every slot with an expert", () => {
    everyPlacement(({ expertOfSlot, turns }, { gpus, loads }) => {
      expect(expertOfSlot).toHaveLength(gpus.slots.reduce((sum, own) => sum + own, 0));
      expect(turns).toHaveLength(expertOfSlot.length);
      for (const expert of expertOfSlot) expect(loads[0]![expert]).toBeDefined();
    });
  });
  it("gives every expert a slot", () => {
    everyPlacement(({ expertOfSlot }, { loads }) => {
      expect(new Set(expertOfSlot).size).toBe(loads[0]!.length);
    });
  });
  it("has no expert twice on a GPU", () => {
    everyPlacement(({ expertOfSlot }, { gpus }) => {
      const gpuOf = gpuOfSlots(gpus);
      const pairs = expertOfSlot.map((expert, slot) => `${expert} on ${gpuOf[slot]!}`);
      expect(new Set(pairs).size).toBe(pairs.length);
    });
  });
  it("has what is pinned where it is pinned", () => {
    everyPlacement(({ expertOfSlot }, { gpus, pins }) => {
      const gpuOf = gpuOfSlots(gpus);
      for (const { expert, gpu } of pins)
        expect(expertOfSlot.filter((_, slot) => gpuOf[slot] === gpu)).toContain(expert);
    });
  });
  it("keeps hard groups on one node each", () => {
    everyPlacement(({ expertOfSlot }, { gpus, gate, groupRule, loads }) => {
      if (groupRule !== "hard") return;
      const gpuOf = gpuOfSlots(gpus);
      const nodes = new Map<number, Set<number>>();
      expertOfSlot.forEach((expert, slot) => {
        const group = groupOfExpert(expert, loads[0]!.length, gate.groups);
        nodes.set(group, (nodes.get(group) ?? new Set()).add(gpus.nodeOf[gpuOf[slot]!]!));
      });
      for (const on of nodes.values()) expect(on.size).toBe(1);
    });
  });
  it("gives every slot a turn, and an expert at most 32", () => {
    everyPlacement(({ expertOfSlot, turns }) => {
      const rounds = new Map<number, number>();
      expertOfSlot.forEach((expert, slot) => {
        expect(Number.isInteger(turns[slot]) && turns[slot]! >= 1).toBe(true);
        rounds.set(expert, (rounds.get(expert) ?? 0) + turns[slot]!);
      });
      for (const round of rounds.values()) expect(round).toBeLessThanOrEqual(32);
    });
  });
  it("is never below the lower bound, and has the score that counting gives", () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const problem = randomProblem(draw, sizes);
        placeLayers(problem).forEach(({ placed, score, lowerBoundLoad }, layer) => {
          const most = Math.max(...gpuLoads(placed, problem, layer));
          expect(score.maxLoad).toBeCloseTo(most, 9);
          expect(score.maxLoad).toBeGreaterThanOrEqual(lowerBoundLoad);
          expect(score).toEqual(new LayerScorer(problem, layer).score(placed));
        });
      }),
      { numRuns: 300 },
    );
  });
  it("depends on its problem alone", () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const problem = randomProblem(draw, sizes);
        expect(placeLayers(problem)).toEqual(placeLayers(problem));
      }),
      { numRuns: 30 },
    );
  });
});
