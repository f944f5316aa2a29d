// Shapes and loads on which a search by time alone ended behind EPLB's rule: few experts on many GPUs, one GPU for each node, counts
// that do not divide, equal loads, experts that are nearly everything, hard groups of very different loads.
import { describe, expect, it } from "vitest";
import { LayerScorer, placeFaults, placeLayers, type PlaceProblem } from "../../src/place/index.js";
import { prices } from "../bench/placement/cases.js";
import { placeByBaseline } from "../bench/placement/eplb.js";
import { doubled, evenly } from "../bench/placement/gpu-loads.js";
import { normal, shuffle, uniformFrom } from "../bench/placement/random.js";

interface Shape {
  readonly experts: number;
  readonly topK: number;
  readonly groups: number;
  readonly topGroups: number;
  readonly gpus: number;
  readonly nodes: number;
  readonly slots: number;
  readonly groupRule: PlaceProblem["groupRule"];
}

const kinds = {
  "one has half": (experts) =>
    Array.from({ length: experts }, (_, expert) => (expert === 3 ? experts - 1 : 1)),
  "one alone": (experts) => Array.from({ length: experts }, (_, expert) => (expert === 3 ? 1 : 0)),
  decreasing: (experts) => Array.from({ length: experts }, (_, expert) => experts - expert),
  zipf: (experts, uniform) =>
    shuffle(
      Array.from({ length: experts }, (_, rank) => (rank + 1) ** -1.5),
      uniform,
    ),
  "few values": (experts, uniform) =>
    Array.from({ length: experts }, () => [1, 2, 5, 10][Math.floor(4 * uniform())]!),
  "few tokens": (experts, uniform) => {
    const loads = new Array<number>(experts).fill(0);
    for (let token = 0; token < Math.max(8, experts / 2); token++)
      loads[Math.floor(uniform() ** 2 * experts)]!++;
    return loads;
  },
  "log-normal 2": (experts, uniform) => Array.from({ length: experts }, () => Math.exp(2 * normal(uniform))),
} satisfies Record<string, (experts: number, uniform: () => number) => number[]>;

/** Experts, top-k, groups, top groups, GPUs, nodes, slots. */
type Sizes = readonly [number, number, number, number, number, number, number];
type Row = readonly [kind: keyof typeof kinds, sizes: Sizes, groupRule: PlaceProblem["groupRule"]];

const rows: readonly Row[] = [
  ["zipf", [384, 6, 16, 1, 288, 4, 576], "hard"],
  ["few tokens", [64, 1, 16, 8, 16, 4, 80], "hard"],
  ["few tokens", [16, 6, 16, 1, 64, 4, 64], "hard"],
  ["few tokens", [16, 2, 16, 16, 32, 16, 32], "hard"],
  ["one alone", [256, 10, 16, 1, 32, 8, 544], "hard"],
  ["few values", [128, 2, 16, 8, 320, 20, 640], "priced"],
  ["few values", [60, 2, 8, 4, 320, 40, 640], "priced"],
  ["zipf", [60, 8, 1, 1, 7, 4, 63], "priced"],
  ["one has half", [8, 2, 1, 1, 24, 4, 48], "priced"],
  ["one has half", [16, 6, 4, 4, 128, 8, 128], "priced"],
  ["one has half", [128, 10, 4, 1, 80, 20, 240], "priced"],
  ["few tokens", [160, 1, 16, 8, 160, 10, 480], "priced"],
  ["decreasing", [384, 8, 4, 4, 64, 8, 384], "priced"],
  ["log-normal 2", [8, 1, 1, 1, 216, 3, 432], "priced"],
  ["log-normal 2", [64, 8, 1, 1, 160, 40, 320], "priced"],
];

function problemOf(loads: PlaceProblem["loads"], { gpus, nodes, slots, ...rest }: Shape): PlaceProblem {
  const { topK, groups, topGroups, groupRule } = rest;
  const perGpu = <T>(value: (gpu: number) => T): T[] => Array.from({ length: gpus }, (_, gpu) => value(gpu));
  return {
    loads,
    gpus: {
      nodeOf: perGpu((gpu) => Math.floor((gpu * nodes) / gpus)),
      slots: perGpu(() => slots / gpus),
      speeds: perGpu(() => 1),
    },
    gate: { topK, groups, topGroups },
    ...{ groupRule, pins: [], prices },
  };
}

describe("shapes that are seldom tried", () => {
  it.each(rows)(
    "%s on %j, groups %s: as even as EPLB's, no expert twice, and as quick",
    (kind, sizes, groupRule) => {
      const [experts, topK, groups, topGroups, gpus, nodes, slots] = sizes;
      const shape: Shape = { experts, topK, groups, topGroups, gpus, nodes, slots, groupRule };
      const uniform = uniformFrom(experts + gpus);
      const loads = Array.from({ length: 2 }, () => kinds[kind](experts, uniform));
      const problem = problemOf(loads, shape);
      expect(placeFaults(problem)).toEqual([]);
      placeLayers(problem).forEach(({ placed, score, lowerBoundLoad }, layer) => {
        expect(doubled(placed, problem.gpus)).toBe(0);
        expect(new Set(placed.expertOfSlot).size).toBe(experts);
        expect(score.maxLoad).toBeGreaterThanOrEqual(lowerBoundLoad);
        const baseline = evenly(placeByBaseline(loads[layer]!, shape));
        const theirs = new LayerScorer(problem, layer).score(baseline);
        expect(score.evenBalance).toBeGreaterThanOrEqual(theirs.evenBalance * (1 - 1e-8));
        // Two replicas on a GPU may be quicker, and no placement has them.
        if (doubled(baseline, problem.gpus) === 0)
          expect(score.timeUs).toBeLessThanOrEqual(theirs.timeUs * (1 + 1e-8));
      });
    },
  );
});
