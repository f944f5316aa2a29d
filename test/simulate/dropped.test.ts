// What a capacity drops at the expected routing.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PlanIndex, type LaunchPlan } from "../../src/plan/index.js";
import { binomialExcess, droppedShare } from "../../src/simulate/dropped.js";
import { Traffic } from "../../src/simulate/traffic.js";
import { tinyPlan, type TinyPlan } from "./tiny-plan.js";

/** The same sum over all counts, term by term. */
function excessByDefinition(trials: number, chance: number, room: number): number {
  let probability = (1 - chance) ** trials;
  let sum = 0;
  for (let count = 0; count <= trials; count++) {
    sum += Math.max(0, count - room) * probability;
    probability *= ((trials - count) / (count + 1)) * (chance / (1 - chance));
  }
  return sum;
}

describe("the mean excess of a binomial count", () => {
  it("is what its definition gives", () => {
    const cases = fc.record({
      trials: fc.integer({ min: 1, max: 300 }),
      percent: fc.integer({ min: 1, max: 90 }),
      room: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(cases, ({ trials, percent, room }) => {
        const expected = excessByDefinition(trials, percent / 100, room);
        expect(Math.abs(binomialExcess(trials, percent / 100, room) - expected)).toBeLessThan(
          1e-9 * Math.max(1, expected),
        );
      }),
    );
  });

  it("is all beyond the room where every trial succeeds, and nothing where none does", () => {
    expect(binomialExcess(10, 1, 4)).toBe(6);
    expect(binomialExcess(10, 0, 4)).toBe(0);
    expect(binomialExcess(10, 0.5, 10)).toBe(0);
  });

  it("nears that of a normal count where trials are many", () => {
    // sd / sqrt(2 pi) at the mean.
    const [trials, chance] = [1_000_000, 0.25];
    const deviation = Math.sqrt(trials * chance * (1 - chance));
    const normal = deviation / Math.sqrt(2 * Math.PI);
    expect(binomialExcess(trials, chance, trials * chance) / normal).toBeCloseTo(1, 4);
  });
});

function withCapacity(factor: number, atomRows: number, given: TinyPlan): LaunchPlan {
  const plan = tinyPlan(given);
  return {
    ...plan,
    exchanges: plan.exchanges.map((each) => ({
      ...each,
      tokens: { policy: "capacity", factor },
      atom_rows: { expr: atomRows, value: atomRows },
    })),
  };
}

describe("the share that is dropped", () => {
  it("is undefined where every token reaches its experts", () => {
    expect(droppedShare(new PlanIndex(tinyPlan({ launches: [] })))).toBeUndefined();
  });

  it("is what exceeds the rows of the atoms", () => {
    // Two ranks of 8 tokens, all of which go to expert 0, which has room for 4 from each.
    const plan = withCapacity(1, 4, { tokens: 8, launches: [], loads: [[1, 0]] });
    expect(droppedShare(new PlanIndex(plan))).toBe(0.5);
    const even = withCapacity(1, 4, { tokens: 8, launches: [], loads: [[0.5, 0.5]] });
    // E max(0, Binomial(8, 1/2) - 4) = (56 + 2 * 28 + 3 * 8 + 4) / 256 for each expert, of 4 rows.
    expect(droppedShare(new PlanIndex(even))).toBeCloseTo(140 / 256 / 4, 12);
    const roomy = withCapacity(2, 8, { tokens: 8, launches: [], loads: [[1, 0]] });
    expect(droppedShare(new PlanIndex(roomy))).toBe(0);
  });
});

it("traffic is that of the rows of the atoms, whatever the loads", () => {
  const plan = withCapacity(1, 4, {
    ranks: 3,
    slotsPerRank: 2,
    tokens: 12,
    launches: [],
    loads: [[0.5, 0.1, 0.1, 0.1, 0.1, 0.1]],
  });
  const traffic = new Traffic(new PlanIndex(plan)).of("moe", 0);
  expect([...traffic.sent]).toEqual([24, 24, 24]);
  expect([...traffic.received]).toEqual([24, 24, 24]);
  expect(traffic.rowsOf(2, 0)).toBe(4);
});
