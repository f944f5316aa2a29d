// More tokens than the declared bound lets a rank receive: rounds give the right result, abort names the rank, and neither hangs.
import { describe, expect, it } from "vitest";
import { run } from "../../src/index.js";
import { crowded, overNodes } from "./crowded.js";

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

  it.each([
    ["with sums on each node", true],
    ["row by row", false],
  ])("goes on in rounds where tokens are forwarded on several nodes, %s", async (_, sums) => {
    for (const nodes of [2, 4]) {
      const plan = await overNodes("rounds", sums, nodes);
      expect(plan.exchanges.map(({ algorithm }) => algorithm)).toEqual(["node_aware"]);
      const routings = new Set<string>();
      for (const seed of [1, 2, 3]) {
        const result = await run(plan, { backend: "cpu", seed, dataSeed: 1 });
        expect(result.failure).toBeUndefined();
        expect(result.max_relative_error).toBeLessThan(1e-4);
        expect(result.in_rounds?.exchanges).toBeGreaterThan(0);
        routings.add(result.routing_sha256);
      }
      expect(routings.size).toBe(1);
    }
  });

  it("goes on in rounds on several nodes on WebGPU too", async () => {
    const result = await run(await overNodes("rounds", true), { backend: "webgpu", seed: 1, dataSeed: 1 });
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

  it("ends it on several nodes as well", async () => {
    const { failure } = await run(await overNodes("abort", true), { backend: "cpu", seed: 1, dataSeed: 1 });
    expect(failure?.message).toMatch(/^rank \d+ would (receive|forward) \d+ rows .* fit$/);
  });

  it("is priced like any other: the search compares finite times of a step without rounds", async () => {
    for (const plan of [await crowded("rounds"), await overNodes("rounds", true)]) {
      const decisions = plan.why!.decisions;
      expect(decisions.length).toBeGreaterThan(0);
      for (const { choice, alternatives } of decisions) {
        expect(choice).not.toBe("");
        for (const { price_us } of alternatives) expect(price_us).toBeGreaterThan(0);
      }
    }
  });
});
