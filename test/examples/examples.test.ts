// Every example compiles to a proved plan, and holds in memory what arithmetic on the published sizes says.
import { describe, expect, it } from "vitest";
import { memoryByKind } from "../../src/passes/decide/fit.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { examples, planOf } from "./example.js";

const MINUTE = 60_000;
const plans = new Map<string, Promise<LaunchPlan>>();

/** The plan of an example as it is, compiled once. */
function whole(name: string): Promise<LaunchPlan> {
  const plan = plans.get(name) ?? planOf(name);
  plans.set(name, plan);
  return plan;
}

it.each(examples)("%s compiles to a proved plan that fits", { timeout: 5 * MINUTE }, async (name) => {
  const plan = await whole(name);
  expect(plan.memory.total.value).toBeLessThanOrEqual(plan.machine.gpu.memory_bytes);
});

describe("memory of DeepSeek-V3", () => {
  const attention = 61 * (7168 * 2112 + 1536 * 24576 + 512 * 32768 + 16384 * 7168);
  const expert = 3 * 7168 * 2048;
  const shared = attention + 3 * 3 * 7168 * 18432 + 58 * expert + 2 * 129280 * 7168;
  const router_bytes = 4 * 58 * 7168 * 256;

  it.each([
    // Nine slots a GPU; 16,384 tokens with 576 cached values of two bytes in each layer.
    { name: "deepseek-v3-prefill", slots: 9, cache_bytes: 4 * 4096 * 61 * 576 * 2 },
    // Two slots a GPU; 128 sequences of 4,990 tokens with 576 values of one byte and five scales in each layer.
    { name: "deepseek-v3-decode", slots: 2, cache_bytes: 128 * 4990 * 61 * (576 + 5 * 4) },
  ])("$name: weights of one byte, $slots experts a layer, latents", { timeout: 5 * MINUTE }, async (each) => {
    const plan = await whole(each.name);
    const kinds = new Map(memoryByKind(plan));
    const weights_bytes = shared + 58 * each.slots * expert + router_bytes;
    // Norms, scales of blocks and the alignment of buffers come on top.
    expect((kinds.get("weights") ?? 0) / weights_bytes).toBeGreaterThan(1);
    expect((kinds.get("weights") ?? 0) / weights_bytes).toBeLessThan(1.001);
    expect((kinds.get("caches") ?? 0) / each.cache_bytes).toBeCloseTo(1, 4);
    expect(plan.placements[0]?.slots).toBe(each.slots * plan.world);
  });
});
