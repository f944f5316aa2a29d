import { describe, expect, it } from "vitest";
import { topology } from "./machine.js";

describe("tiers", () => {
  it("join GPUs of one unit by the fastest", () => {
    expect(topology.tierOf(0, 3)).toBe(0);
    expect(topology.tierOf(3, 4)).toBe(1);
    expect(() => topology.tierOf(0, 8)).toThrow("no tier joins");
  });

  it("of rails join equal indices; other pairs hop over the tier below first", () => {
    expect(topology.route(1, 5)).toEqual([{ tier: 1, from: 1, to: 5 }]);
    expect(topology.route(1, 6)).toEqual([
      { tier: 0, from: 1, to: 2 },
      { tier: 1, from: 2, to: 6 },
    ]);
  });
});
