// Expected loads of a schedule's experts.
import { describe, expect, it } from "vitest";
import { expectedLoads } from "../../src/passes/place/loads.js";

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
