// Clusters whose nodes share adapters, whose spine is oversubscribed, or whose nodes have odd sizes: what is compiled for them is
// proved, and gives what the dense model gives.
import { describe, expect, it } from "vitest";
import { run } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { edited, planOf } from "./mixtral.js";

const GPU =
  "gpu { memory: 80 GiB, memory_bandwidth: 3.35 TB/s, sms: 132, peak: { bf16: 989 TFLOPS, f32: 67 TFLOPS } }";

/** Mixtral with two layers on a cluster of these tiers; `ep` ranks share its experts. */
const planOn = (
  tiers: readonly string[],
  ep: number,
  exchange = "auto",
  parallel = `ep: ${String(ep)}`,
): Promise<LaunchPlan> =>
  planOf(
    edited(
      ['import "weft:clusters/h100"', `cluster Own {\n  ${[GPU, ...tiers].join("\n  ")}\n}`],
      ["H100(nodes: 1)", "Own"],
      ["parallel  = { ep: 8 }", `parallel  = { ${parallel} }`],
      ["exchange  = auto", `exchange  = ${exchange}`],
      ["placement = auto", `placement = auto(slots: ${String(Math.max(ep, 8))})`],
    ),
    ["Mixtral.depth=2"],
  );

const nvlink = (joins: number): string =>
  `tier nvlink { joins: ${String(joins)}, kind: switch, bandwidth: 200 GB/s, efficiency: 0.8, latency: 0.8 us, message_gap: 0.4 us }`;
const network = (joins: number, more: string, kind = "rail"): string =>
  `tier infiniband { joins: ${String(joins)}, kind: ${kind}, bandwidth: 50 GB/s, latency: 4 us, message_gap: 0.5 us${more} }`;
const spine = (joins: number, more = ""): string =>
  `tier spine { joins: ${String(joins)}, kind: switch, bandwidth: 50 GB/s, latency: 6 us, message_gap: 0.5 us${more} }`;

async function holds(plan: LaunchPlan): Promise<void> {
  const result = await run(plan, { backend: "cpu", seed: 1, dataSeed: 1 });
  expect(result.failure).toBeUndefined();
  expect(plan.why!.prediction.step_time_us).toBeGreaterThanOrEqual(plan.why!.prediction.lower_bound_us);
}

const stepOf = (plan: LaunchPlan): number => plan.why!.prediction.step_time_us;

describe("a cluster of nodes of eight GPUs, rails and an oversubscribed spine", () => {
  const three = (more: string): readonly string[] => [nvlink(8), network(2, ""), spine(2, more)];

  it.each(["direct_by_peer", "node_aware"])("has plans that hold: %s", async (exchange) => {
    await holds(await planOn(three(", oversubscription: 2"), 32, exchange));
  });

  it("is slower than one that is not oversubscribed, and the bound says so", async () => {
    const [free, over] = await Promise.all([
      planOn(three(""), 32, "direct_by_peer"),
      planOn(three(", oversubscription: 8"), 32, "direct_by_peer"),
    ]);
    expect(stepOf(over)).toBeGreaterThan(1.2 * stepOf(free));
    expect(over.why!.prediction.lower_bound_us).toBeGreaterThanOrEqual(free.why!.prediction.lower_bound_us);
    expect(over.machine.tiers[2]!.oversubscription).toBe(8);
    expect(free.machine.tiers[2]).not.toHaveProperty("oversubscription");
  });
});

describe("nodes of eight GPUs with four adapters", () => {
  it.each(["direct_by_peer", "node_aware"])("have plans that hold: %s", async (exchange) => {
    for (const kind of ["rail", "switch"])
      await holds(await planOn([nvlink(8), network(2, ", nics: 4", kind)], 16, exchange));
  });

  it("state them in the plan, and eight adapters not", async () => {
    const [four, eight] = await Promise.all([
      planOn([nvlink(8), network(2, ", nics: 4")], 16),
      planOn([nvlink(8), network(2, ", nics: 8, oversubscription: 1")], 16),
    ]);
    expect(four.machine.tiers[1]!.nics).toBe(4);
    const [, tier] = eight.machine.tiers;
    expect(tier).not.toHaveProperty("nics");
    expect(tier).not.toHaveProperty("oversubscription");
  });
});

describe("nodes of odd sizes", () => {
  it.each([
    ["one GPU a node", [nvlink(1), network(8, ", nics: 1, oversubscription: 1.5")], 8],
    ["five GPUs a node on two adapters", [nvlink(5), network(2, ", nics: 2")], 10],
    ["six GPUs a node on four adapters", [nvlink(6), network(2, ", nics: 4", "switch")], 12],
    ["groups that begin amid a node", [nvlink(6), network(3, ", nics: 3, oversubscription: 2")], 9],
    ["seventy-two GPUs a node on 18 adapters", [nvlink(72), network(2, ", nics: 18")], 72],
  ] as const)("have plans that hold: %s", async (_, tiers, ep) => {
    await holds(await planOn(tiers, ep));
  });

  it("need not be filled", async () => {
    const plan = await planOn([nvlink(6), network(3, ", nics: 4")], 8, "auto", "dp: 8, ep: 8");
    expect([plan.world, plan.machine.gpus]).toEqual([8, 18]);
    await holds(plan);
  });
});
