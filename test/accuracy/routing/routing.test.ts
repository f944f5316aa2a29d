// How the measured routings are made: what is known of them must hold.
import { describe, expect, it } from "vitest";
import { rankRows } from "./choices.js";
import { powerLawRows } from "./power-law.js";

const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);

describe("balanced routing", () => {
  it("gives every expert the same rows", () => {
    const [routing] = rankRows({ tokens: 4096, experts: 256, topK: 8 }, "balanced", 8);
    expect(routing!.rows).toEqual(new Array<number>(32).fill(128));
    expect(routing!.touching).toBe(4096);
  });

  it("gives the first rank one expert of a single token", () => {
    const [routing] = rankRows({ tokens: 1, experts: 128, topK: 8 }, "balanced", 64);
    expect(routing).toEqual({ rows: [1, 0], touching: 1 });
  });

  it("behind a router that is limited to groups crowds onto the first experts", () => {
    // The token names one expert in each of eight groups, of which four may be used: the first experts fill the other choices.
    const limit = { groups: 8, chosen: 4 };
    const routed = { tokens: 4096, experts: 256, topK: 8 };
    const [two] = rankRows(routed, "balanced", 128, limit);
    expect(two!.rows).toEqual([4096, 4096]);
    const [half] = rankRows(routed, "balanced", 2, limit);
    expect(sum(half!.rows)).toBe(8 * 4096);
  });
});

describe("power-law routing", () => {
  const routed = { tokens: 2048, experts: 128, topK: 8 };

  it("gives out every pair", () => {
    for (const tokens of [1, 8, 100, 2048])
      for (const rows of powerLawRows({ ...routed, tokens }, 1.2)) expect(sum(rows)).toBe(8 * tokens);
  });

  it("is the more uneven the greater its exponent", () => {
    const most = [0.6, 1.01, 1.2].map((exponent) => Math.max(...powerLawRows(routed, exponent)[0]!));
    expect(most).toEqual([...most].sort((one, other) => one - other));
  });

  it("measures the busiest rank, with no expert twice for a token", () => {
    for (const { rows, touching } of rankRows(routed, "power_law_1.2", 16)) {
      expect(sum(rows)).toBeGreaterThan((8 * 2048) / 16);
      expect(Math.max(...rows)).toBeLessThanOrEqual(2048);
      expect(touching).toBeLessThanOrEqual(2048);
    }
    for (const { rows } of rankRows(routed, "power_law_1.2", 1)) expect(sum(rows)).toBe(8 * 2048);
  });
});
