// Placement: what every packing must satisfy, and small cases worked out by hand.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balancedPacking, replicaCounts, slotsPerRank } from "../../src/place/balance.js";
import { expectedLoads } from "../../src/passes/place/loads.js";

describe("slots of ranks", () => {
  it("are equal where they divide", () => {
    expect(slotsPerRank(16, 8)).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
  });
  it("differ by one where they do not, the first ranks having more", () => {
    expect(slotsPerRank(12, 8)).toEqual([2, 2, 2, 2, 1, 1, 1, 1]);
  });
});

describe("replicas", () => {
  it("go to the expert whose replicas carry most", () => {
    // 0.5 / 2 = 0.25 is still below 0.3, so the second extra slot goes to expert 1.
    expect(replicaCounts([0.5, 0.3, 0.2], 5, 4)).toEqual([2, 2, 1]);
  });
  it("never outnumber the ranks", () => {
    expect(replicaCounts([0.9, 0.05, 0.05], 6, 2)).toEqual([2, 2, 2]);
  });
});

describe("balanced packing", () => {
  it("puts the heaviest expert beside the lightest", () => {
    const ranks = balancedPacking([0.4, 0.3, 0.2, 0.1], [1, 1, 1, 1], [2, 2]);
    expect(ranks).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it("makes room where only ranks that already have an expert are free", () => {
    // Expert 0 twice and expert 1 twice on two ranks of two slots: each rank must hold both.
    expect(balancedPacking([0.9, 0.1], [2, 2], [2, 2])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  const cases = fc
    .record({
      ranks: fc.integer({ min: 1, max: 9 }),
      loads: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 }),
      extra: fc.integer({ min: 0, max: 30 }),
    })
    .map(({ ranks, loads, extra }) => ({
      ranks,
      loads,
      slots: Math.min(loads.length + extra, loads.length * ranks),
    }));

  it("gives every expert its replicas, none twice on a rank, and fills every slot", () => {
    fc.assert(
      fc.property(cases, ({ ranks, loads, slots }) => {
        const replicas = replicaCounts(loads, slots, ranks);
        const capacity = slotsPerRank(slots, ranks);
        const packed = balancedPacking(loads, replicas, capacity);
        expect(packed.map((each) => each.length)).toEqual(capacity);
        for (const each of packed) expect(new Set(each).size).toBe(each.length);
        const counted = loads.map((_, expert) => packed.flat().filter((each) => each === expert).length);
        expect(counted).toEqual(replicas);
      }),
    );
  });

  it("is never worse than four thirds of the least possible, where slots do not bind", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 4, maxLength: 12 }), (loads) => {
        const ranks = 3;
        const packed = balancedPacking(
          loads,
          loads.map(() => 1),
          new Array<number>(ranks).fill(loads.length),
        );
        const heaviest = Math.max(
          ...packed.map((each) => each.reduce((sum, expert) => sum + (loads[expert] ?? 0), 0)),
        );
        expect(heaviest).toBeLessThanOrEqual((4 / 3) * leastMakespan(loads, ranks) + 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});

/** The least makespan, by trying every assignment. */
function leastMakespan(loads: readonly number[], ranks: number): number {
  const total = new Array<number>(ranks).fill(0);
  let best = Infinity;
  const visit = (item: number): void => {
    if (Math.max(...total) >= best) return;
    if (item === loads.length) {
      best = Math.max(...total);
      return;
    }
    for (let rank = 0; rank < ranks; rank++) {
      total[rank] = (total[rank] ?? 0) + (loads[item] ?? 0);
      visit(item + 1);
      total[rank] = (total[rank] ?? 0) - (loads[item] ?? 0);
      if (total[rank] === 0) break;
    }
  };
  visit(0);
  return best;
}

describe("expected loads", () => {
  it("are one row of equal shares for uniform routing", () => {
    expect(expectedLoads({ kind: "uniform" }, 32, 4, 1)).toEqual([[0.25, 0.25, 0.25, 0.25]]);
  });

  it("sum to one in every layer, differ between layers, and depend on nothing but the seed", () => {
    const loads = expectedLoads({ kind: "lognormal", sigma: 1, seed: 7 }, 5, 64, 1);
    for (const row of loads) expect(row.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
    expect(new Set(loads.map((row) => row.join())).size).toBe(5);
    expect(expectedLoads({ kind: "lognormal", sigma: 1, seed: 7 }, 5, 64, 1)).toEqual(loads);
    expect(expectedLoads({ kind: "lognormal", sigma: 1, seed: 8 }, 5, 64, 1)).not.toEqual(loads);
  });

  it("have the spread that a log-normal of that sigma has", () => {
    const [row = []] = expectedLoads({ kind: "lognormal", sigma: 1, seed: 1 }, 1, 20000, 1);
    const logs = row.map((each) => Math.log(each));
    const mean = logs.reduce((sum, each) => sum + each, 0) / logs.length;
    const deviation = Math.sqrt(logs.reduce((sum, each) => sum + (each - mean) ** 2, 0) / logs.length);
    expect(deviation).toBeGreaterThan(0.97);
    expect(deviation).toBeLessThan(1.03);
  });

  it("give no expert more than one row of a token", () => {
    // Four of four experts for each token: every expert gets every token, however uneven the measured loads are.
    const all = { kind: "measured", path: "loads.json", tokens: [[97, 1, 1, 1]] } as const;
    expect(expectedLoads(all, 1, 4, 4)).toEqual([[0.25, 0.25, 0.25, 0.25]]);
    // Two of three: the first can get half of the rows at most, the others share the rest as they were, 2 to 1.
    const [row = []] = expectedLoads({ ...all, tokens: [[97, 2, 1]] }, 1, 3, 2);
    expect(row.map((each) => Math.round(each * 6))).toEqual([3, 2, 1]);
  });

  it("repeat measured rows over the layers", () => {
    const measured = {
      kind: "measured",
      path: "loads.json",
      tokens: [
        [1, 3],
        [2, 2],
      ],
    } as const;
    expect(expectedLoads(measured, 3, 2, 1)).toEqual([
      [0.25, 0.75],
      [0.5, 0.5],
      [0.25, 0.75],
    ]);
  });
});
