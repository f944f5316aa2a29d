// A placement for several windows at once, beside the candidates that it begins from and what must hold.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  LayerScorer,
  placeForWindows,
  placeLayers,
  type PlacedLayer,
  type PlaceProblem,
} from "../../src/place/index.js";
import { gpuOfSlots, groupOfExpert } from "../../src/place/problem.js";
import { plainProblem } from "./problems.js";
import { randomProblem } from "./random-problems.js";

type Windows = readonly (readonly number[])[];

/** Loads of three windows that have nothing to do with one another. */
const windows: Windows = [
  [
    546, 776, 225, 2017, 1110, 471, 2153, 350, 26692, 1942, 1015, 942, 1150, 7159, 1030, 1430, 367, 379, 914,
    798, 1458, 309, 433, 310, 4135, 446, 293, 248, 39, 3906, 591, 875,
  ],
  [
    3173, 1155, 2361, 344, 123, 5089, 384, 1841, 2654, 83, 453, 457, 982, 2456, 427, 907, 966, 283, 2539, 465,
    49, 4599, 870, 2398, 1470, 2168, 3734, 1272, 1316, 43, 148, 600,
  ],
  [
    169, 39, 1057, 24, 677, 3782, 248, 288, 1769, 295, 590, 315, 943, 198, 262, 316, 204, 1310, 258, 190, 14,
    3217, 101, 250, 52, 1497, 171, 683, 486, 1052, 76, 72,
  ],
];

const meanOf = (windows: Windows): readonly number[] =>
  windows[0]!.map((_, expert) => windows.reduce((sum, row) => sum + row[expert]!, 0) / windows.length);

const candidatesFor = (problem: PlaceProblem, windows: Windows): readonly PlacedLayer[] =>
  [meanOf(windows), ...windows].map((loads) => placeLayers({ ...problem, loads: [loads] })[0]!.placed);

const inWorst = (problem: PlaceProblem, windows: Windows, placed: PlacedLayer) => {
  const scores = windows.map((loads) => new LayerScorer({ ...problem, loads: [loads] }, 0).score(placed));
  return {
    us: Math.max(...scores.map(({ timeUs }) => timeUs)),
    balance: Math.min(...scores.map(({ balance }) => balance)),
  };
};

describe("a placement for several windows", () => {
  const problem = plainProblem({ loads: meanOf(windows), slots: new Array<number>(8).fill(5), nodes: 2 });

  it("is far more even in its worst window than any that was made for the mean or for one of them", () => {
    const candidates = candidatesFor(problem, windows);
    const single = Math.max(...candidates.map((each) => inWorst(problem, windows, each).balance));
    const { placed, candidate } = placeForWindows(problem, 0, windows, candidates);
    expect(candidate).toBeUndefined();
    expect(single).toBeLessThan(0.75);
    expect(inWorst(problem, windows, placed).balance).toBeGreaterThan(0.885);
  });

  it("is the same each time, and no slower with more effort", () => {
    const candidates = candidatesFor(problem, windows);
    const usOf = (effort: number): number =>
      inWorst(problem, windows, placeForWindows(problem, 0, windows, candidates, effort).placed).us;
    expect(placeForWindows(problem, 0, windows, candidates)).toEqual(
      placeForWindows(problem, 0, windows, candidates),
    );
    const [little, usual, much] = [0.5, 1, 3].map(usOf) as [number, number, number];
    expect(usual).toBeLessThanOrEqual(little);
    expect(much).toBeLessThanOrEqual(usual);
  });

  it("has equal shares where they must be so", () => {
    const even: PlaceProblem = { ...problem, evenSplit: true };
    const { placed } = placeForWindows(even, 0, windows, candidatesFor(even, windows));
    expect(new Set(placed.turns)).toEqual(new Set([1]));
  });

  it("is never slower than a candidate in the slowest window, and keeps slots, pins and groups", () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const drawn = randomProblem(draw, { mostExperts: 12, mostGpus: 5, layers: 3 });
        const rows = drawn.loads;
        const candidates = candidatesFor(drawn, rows);
        const { placed } = placeForWindows({ ...drawn, loads: [meanOf(rows)] }, 0, rows, candidates, 0.5);
        const least = Math.min(...candidates.map((each) => inWorst(drawn, rows, each).us));
        expect(inWorst(drawn, rows, placed).us).toBeLessThanOrEqual(least * (1 + 1e-12));
        expectKept(drawn, placed);
      }),
      { numRuns: 40 },
    );
  });
});

function expectKept({ gpus, pins, gate, groupRule, loads }: PlaceProblem, placed: PlacedLayer): void {
  const gpuOf = gpuOfSlots(gpus);
  const { expertOfSlot, turns } = placed;
  const experts = loads[0]!.length;
  expect(new Set(expertOfSlot).size).toBe(experts);
  expect(expertOfSlot.length).toBe(gpuOf.length);
  const places = expertOfSlot.map((expert, slot) => `${String(expert)} on ${String(gpuOf[slot])}`);
  expect(new Set(places).size).toBe(places.length);
  for (const { expert, gpu } of pins) expect(places).toContain(`${String(expert)} on ${String(gpu)}`);
  expect(turns.every((each) => Number.isInteger(each) && each >= 1)).toBe(true);
  if (groupRule !== "hard" || gate.groups === 1) return;
  const nodeOfGroup = new Map<number, number>();
  expertOfSlot.forEach((expert, slot) => {
    const [group, node] = [groupOfExpert(expert, experts, gate.groups), gpus.nodeOf[gpuOf[slot]!]!];
    expect(nodeOfGroup.get(group) ?? node).toBe(node);
    nodeOfGroup.set(group, node);
  });
}
