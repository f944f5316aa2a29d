// The emitted program of every example, built for the CPU and run on emulated GPUs: it computes what the dense evaluation does, in
// every order, routes as the executor of the plan does, and ends with an error where a rank stops.
import { describe, expect, it } from "vitest";
import { run, type LaunchPlan } from "../../src/index.js";
import { canRun } from "../emit/cuda/program.js";
import { planOf as planOfExample } from "../examples/example.js";
import { ORDERS } from "../../src/run/cuda/emulation.js";
import { crowded, overNodes } from "./crowded.js";
import { edited, planOf } from "./mixtral.js";

/** The program does what the executor of the plan does. */
async function expectAgreement(plan: LaunchPlan, seeds: readonly number[]): Promise<void> {
  const executed = await run(plan, { backend: "cpu", seed: 1, dataSeed: 1 });
  for (const order of ORDERS)
    for (const seed of seeds) {
      const result = await run(plan, { backend: "cuda-emulated", order, seed, dataSeed: 1 });
      expect(result.failure).toBeUndefined();
      expect(result.max_relative_error).toBeLessThan(1e-4);
      const { routing_sha256, executed: amounts, received_rows, dropped, crossings, in_rounds } = executed;
      expect(result).toMatchObject({ order, seed, routing_sha256, executed: amounts });
      expect([result.received_rows, result.dropped, result.crossings, result.in_rounds]).toEqual([
        received_rows,
        dropped,
        crossings,
        in_rounds,
      ]);
    }
}

const mixtral = (exchange: string): Promise<LaunchPlan> =>
  planOf(edited(["exchange  = auto", `exchange  = ${exchange}`]), ["Mixtral.depth=3"]);

describe.runIf(canRun("executing emitted programs", ["g++"]))("an emitted program on emulated GPUs", () => {
  it.each<readonly [string, () => Promise<LaunchPlan>, readonly number[]]>([
    [
      "mixtral-8x7b-prefill with few layers",
      () => planOfExample("mixtral-8x7b-prefill", ["Mixtral.depth=4"]),
      [1, 2],
    ],
    [
      "deepseek-v2-lite-prefill with few layers",
      () => planOfExample("deepseek-v2-lite-prefill", ["DeepSeekV2Lite.moe_layers=4"]),
      [1],
    ],
    [
      "deepseek-v3-shortcut with few layers on two nodes",
      () =>
        planOfExample("deepseek-v3-shortcut", [
          ...["DeepSeekV3.moe_layers=3", "H800.nodes=2", "prefill.parallel.ep=16"],
        ]),
      [1],
    ],
    [
      "deepseek-v3-decode with few layers on two nodes",
      () =>
        planOfExample("deepseek-v3-decode", [
          ...["DeepSeekV3.moe_layers=3", "H800.nodes=2", "decode.parallel.ep=16"],
        ]),
      [1],
    ],
    ["messages to peers", () => mixtral("direct_by_peer"), [1]],
    ["a capacity", () => mixtral("direct_by_slot(tokens: capacity(1.0))"), [1]],
    ["rounds", () => crowded("rounds"), [1]],
    ["rounds over nodes, with sums there", () => overNodes("rounds", true), [1]],
  ])("computes what the model says: %s", async (_name, make, seeds) => {
    await expectAgreement(await make(), seeds);
  });

  it("computes what the model says: deepseek-v3-prefill, all layers on all ranks", async () => {
    const plan = await planOfExample("deepseek-v3-prefill");
    const result = await run(plan, { backend: "cuda-emulated", seed: 1, dataSeed: 1 });
    expect(result.failure).toBeUndefined();
    expect(result.max_relative_error).toBeLessThan(1e-4);
    expect(result.executed).toEqual({ ...result.of, bytes: result.executed.bytes });
    expect(result.routing_sha256).toMatch(/^f3e22c4103ee5036/);
  });

  it("ends where the routing exceeds a bound, and names the rank", async () => {
    const result = await run(await crowded("abort"), { backend: "cuda-emulated", seed: 1, dataSeed: 1 });
    expect(result.failure).toMatchObject({ kind: "aborted" });
    expect(result.failure?.message).toMatch(/rank \d+ would receive \d+ rows/);
  });

  it.each(["stop:3:40", "nccl:2:5", "allocate:1"])(
    "ends in time where a rank has a fault: %s",
    async (fault) => {
      const plan = await planOf(edited(), ["Mixtral.depth=2"]);
      const result = await run(plan, {
        backend: "cuda-emulated",
        seed: 1,
        fault,
        program: ["--timeout", "3"],
      });
      expect(result.failure?.kind).toBe("failed");
      const said = [result.failure?.message, ...(result.failure?.others ?? [])].join("\n");
      expect(said).toContain(`rank ${fault.split(":")[1]!}`);
    },
    // It would wait for ever if it did not end by itself.
    120_000,
  );
});
