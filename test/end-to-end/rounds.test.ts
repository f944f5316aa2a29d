// More tokens than the declared bound lets a rank receive: rounds give the right result, abort names the rank, and neither hangs.
import { describe, expect, it } from "vitest";
import { run } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { edited, planOf } from "./mixtral.js";

/** Sixteen experts in order on eight ranks, some of them far more popular than others, and no room beyond the mean. */
const crowded = (overflow: "rounds" | "abort"): Promise<LaunchPlan> =>
  planOf(
    edited(
      ["exchange  = auto", `exchange  = auto(tokens: dropless(bound: 1.0, overflow: ${overflow}))`],
      ["placement = auto", "placement = contiguous"],
      ["lognormal(sigma: 0.5, seed: 7)", "lognormal(sigma: 1.5, seed: 7)"],
    ),
    ["Mixtral.depth=3", "Mixtral.experts=16"],
  );

describe("an exchange beyond its bound", () => {
  it("goes on in rounds, with the result of the dense evaluation, in any order", async () => {
    const plan = await crowded("rounds");
    const routings = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const result = await run(plan, { backend: "cpu", seed, dataSeed: 1 });
      expect(result.failure).toBeUndefined();
      expect(result.max_relative_error).toBeLessThan(1e-4);
      expect(result.in_rounds?.exchanges).toBeGreaterThan(0);
      routings.add(result.routing_sha256);
    }
    expect(routings.size).toBe(1);
  });

  it("goes on in rounds on WebGPU too", async () => {
    const result = await run(await crowded("rounds"), { backend: "webgpu", seed: 1, dataSeed: 1 });
    expect(result.failure).toBeUndefined();
    expect(result.max_relative_error).toBeLessThan(1e-4);
    expect(result.in_rounds?.exchanges).toBeGreaterThan(0);
  });

  it("ends the program where it is to abort, with an error that names the rank", async () => {
    const plan = await crowded("abort");
    for (const seed of [1, 2, 3]) {
      const { failure } = await run(plan, { backend: "cpu", seed, dataSeed: 1 });
      expect(failure?.kind).toBe("aborted");
      expect(failure?.rank).toBeTypeOf("number");
      expect(failure?.message).toMatch(/^rank \d+ would receive \d+ rows .* fit$/);
    }
  });
});
