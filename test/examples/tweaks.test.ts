// What a change of one line does to the DeepSeek-V3 examples, with few of their equal layers.
import { describe, expect, it } from "vitest";
import { planOf } from "./example.js";

const MINUTE = 60_000;
const shallow = ["DeepSeekV3.dense_layers=1", "DeepSeekV3.moe_layers=2"];

describe("the shortcut", () => {
  it(
    "hides the dispatch behind attention, where no other micro-batch could",
    { timeout: 5 * MINUTE },
    async () => {
      const oneBatch = [...shallow, "prefill.overlap=auto(batches: 1)"];
      const [shortcut, plain] = await Promise.all(
        ["deepseek-v3-shortcut", "deepseek-v3-prefill"].map(async (name) => {
          const { why } = await planOf(name, oneBatch);
          if (why === undefined) throw new Error("a compiled plan says why");
          return why.prediction;
        }),
      );
      expect(shortcut!.exposed_communication_us).toBeLessThan(0.8 * plain!.exposed_communication_us);
      expect(shortcut!.step_time_us).toBeLessThan(plain!.step_time_us);
    },
  );
});

describe("another cluster", () => {
  it.each([
    ["six GPUs a node", ["H800.gpus=6", "prefill.parallel.ep=24"], 24, 12],
    ["three nodes", ["H800.nodes=3", "prefill.parallel.ep=24"], 24, 12],
    ["three nodes of four", ["H800.nodes=3", "H800.gpus=4", "prefill.parallel.ep=12"], 12, 24],
  ] as const)(
    "%s: the experts are spread anew",
    { timeout: 5 * MINUTE },
    async (_name, options, world, slots) => {
      const plan = await planOf("deepseek-v3-prefill", [...shallow, ...options]);
      expect(plan.world).toBe(world);
      // 256 experts and at least 32 replicas, the same number on every GPU.
      expect(plan.placements[0]?.slots).toBe(slots * world);
    },
  );
});
