// Sampled tokens are what the gate may choose, and have the loads that were asked for.
import { describe, expect, it } from "vitest";
import { gate, loadShape, loadsOf } from "./cases.js";
import { GateSampler } from "./gate.js";
import { loadKinds } from "./loads.js";

const sampler = new GateSampler(gate, loadShape.experts, 1024, 1);

describe.each(loadKinds)("tokens whose experts have %s loads", (kind) => {
  const [shares] = loadsOf(kind, 0, 1) as [number[]];
  const { experts, error } = sampler.sample(shares, 0);
  const tokens = Array.from({ length: 1024 }, (_, token) => [
    ...experts.subarray(token * gate.topK, (token + 1) * gate.topK),
  ]);

  it("have eight different experts each, in at most four groups", () => {
    expect(tokens.filter((each) => new Set(each).size !== gate.topK)).toEqual([]);
    const groups = tokens.map((each) => new Set(each.map((expert) => Math.floor(expert / 32))).size);
    expect(Math.max(...groups)).toBeLessThanOrEqual(gate.topGroups);
  });

  it("have the loads, but for a fortieth", () => {
    const counts = new Array<number>(loadShape.experts).fill(0);
    for (const expert of experts) counts[expert]!++;
    const off = counts.reduce(
      (sum, count, expert) => sum + Math.abs(count / experts.length - shares[expert]!),
      0,
    );
    expect(off / 2).toBeCloseTo(error, 9);
    expect(error).toBeLessThan(1 / 40);
  });

  it("ask for shares of all, none above what one expert of a token is", () => {
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1 / gate.topK);
  });
});
