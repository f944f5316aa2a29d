// What every packing must satisfy, and small cases worked out by hand.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gpusOf, placeLayers, type PlaceProblem } from "../../src/place/index.js";
import { pack, pieceLoads, piecesOf, replicaCounts } from "../../src/place/search/pack.js";
import { ClusterTerms } from "../../src/place/search/terms.js";
import { prices } from "../bench/placement/cases.js";

function problemOf(loads: readonly number[], gpus: number, slots: number): PlaceProblem {
  const made = gpusOf({ gpus, nodes: 1, slots, experts: loads.length });
  if ("reason" in made) throw new Error(made.reason);
  return {
    ...{ loads: [loads], gpus: made, gate: { topK: 1, groups: 1, topGroups: 1 } },
    ...{ groupRule: "priced", pins: [], prices },
  };
}

const countsOf = (loads: readonly number[], slots: number, gpus: number): number[] =>
  Array.from(
    replicaCounts(
      Float64Array.from(loads),
      loads.map((_, expert) => expert),
      slots,
      gpus,
      new Int32Array(loads.length),
    ),
  );

/** [gpu] experts. */
function packed(loads: readonly number[], counts: readonly number[], gpus: number): number[][] {
  const slots = counts.reduce((sum, each) => sum + each, 0);
  const cluster = new ClusterTerms(problemOf(loads, gpus, slots));
  const shares = Float64Array.from(loads);
  const replicas = Int32Array.from(counts);
  const expertOf = new Int32Array(slots);
  const experts = loads.map((_, expert) => expert);
  pack(piecesOf(pieceLoads(shares, replicas), replicas, experts), cluster.gpusOf.flat(), cluster, expertOf);
  return Array.from({ length: gpus }, (_, gpu) => [
    ...expertOf.subarray(cluster.begins[gpu], cluster.begins[gpu + 1]),
  ]);
}

describe("replicas", () => {
  it("go to the expert whose replicas carry most", () => {
    // 0.5 / 2 = 0.25 is still below 0.3, so the second extra slot goes to expert 1.
    expect(countsOf([0.5, 0.3, 0.2], 5, 4)).toEqual([2, 2, 1]);
  });
  it("never outnumber the GPUs", () => {
    expect(countsOf([0.9, 0.05, 0.05], 6, 2)).toEqual([2, 2, 2]);
  });
});

describe("packing", () => {
  it("puts the heaviest expert beside the lightest", () => {
    expect(packed([0.4, 0.3, 0.2, 0.1], [1, 1, 1, 1], 2)).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it("makes room where only GPUs that already have an expert are free", () => {
    // Expert 0 twice and expert 1 twice on two GPUs of two slots: each must hold both.
    for (const own of packed([0.9, 0.1], [2, 2], 2)) expect(own.toSorted()).toEqual([0, 1]);
  });

  const cases = fc
    .record({
      gpus: fc.integer({ min: 1, max: 9 }),
      loads: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 9, maxLength: 40 }),
      extra: fc.integer({ min: 0, max: 30 }),
    })
    .map(({ gpus, loads, extra }) => ({
      ...{ gpus, loads },
      slots: Math.min(loads.length + extra, loads.length * gpus),
    }));

  it("gives every expert its replicas, none twice on a GPU, and fills every slot", () => {
    fc.assert(
      fc.property(cases, ({ gpus, loads, slots }) => {
        const counts = countsOf(loads, slots, gpus);
        const experts = packed(loads, counts, gpus);
        for (const own of experts) expect(new Set(own).size).toBe(own.length);
        const counted = loads.map((_, expert) => experts.flat().filter((each) => each === expert).length);
        expect(counted).toEqual(counts);
      }),
    );
  });

  it("and what a search makes of it is never worse than four thirds of the least possible, where slots do not bind", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 4, maxLength: 12 }), (loads) => {
        const gpus = 3;
        // Experts without load make room: each GPU could hold all that have some.
        const all = [...loads, ...loads.map(() => 0), ...loads.map(() => 0)];
        const [found] = placeLayers({ ...problemOf(all, gpus, all.length), evenSplit: true });
        expect(found!.score.maxLoad).toBeLessThanOrEqual((4 / 3) * leastMakespan(loads, gpus) + 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});

/** The least makespan, by trying every assignment. */
function leastMakespan(loads: readonly number[], gpus: number): number {
  const total = new Array<number>(gpus).fill(0);
  let best = Infinity;
  const visit = (item: number): void => {
    if (Math.max(...total) >= best) return;
    if (item === loads.length) {
      best = Math.max(...total);
      return;
    }
    for (let gpu = 0; gpu < gpus; gpu++) {
      total[gpu] = (total[gpu] ?? 0) + (loads[item] ?? 0);
      visit(item + 1);
      total[gpu] = (total[gpu] ?? 0) - (loads[item] ?? 0);
      if (total[gpu] === 0) break;
    }
  };
  visit(0);
  return best;
}
