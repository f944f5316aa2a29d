// Examples with few of their equal layers, as they are and with other numbers of experts, are executed on all ranks.
import { describe, expect, it } from "vitest";
import { run } from "../../src/index.js";
import { planOf } from "./example.js";

const MINUTE = 60_000;
const shallow = (model: string) => [`${model}.dense_layers=1`, `${model}.moe_layers=2`];
const v3 = shallow("DeepSeekV3");
/** 144 ranks take their time. */
const fewest = ["DeepSeekV3.dense_layers=1", "DeepSeekV3.moe_layers=1"];
const experts = (count: number, topK: number) => [
  `DeepSeekV3.experts=${String(count)}`,
  `DeepSeekV3.top_k=${String(topK)}`,
];

const cases: readonly (readonly [example: string, overrides: readonly string[], what: string])[] = [
  ["mixtral-8x7b-prefill", ["Mixtral.depth=2"], "as it is"],
  ["deepseek-v2-lite-prefill", shallow("DeepSeekV2Lite"), "as it is"],
  ["deepseek-v3-prefill", v3, "as it is"],
  ["deepseek-v3-prefill", [...v3, ...experts(512, 10)], "10 of 512 experts"],
  ["deepseek-v3-prefill", [...v3, ...experts(160, 6)], "6 of 160 experts"],
  ["deepseek-v3-shortcut", v3, "as it is"],
  ["deepseek-v3-decode", fewest, "as it is"],
];

describe.each(cases)("%s with --set %j: %s", (example, overrides) => {
  it("computes what the model says, on every rank", { timeout: 5 * MINUTE }, async () => {
    const plan = await planOf(example, overrides);
    const result = await run(plan, { backend: "cpu", seed: 1, dataSeed: 1 });
    expect(result.failure).toBeUndefined();
    expect(result.max_relative_error).toBeLessThanOrEqual(1e-4);
    expect(result.executed).toEqual({ ...result.of, bytes: result.executed.bytes });
    expect(result.ranks).toBe(plan.world);
  });
});

describe("room in a miniature", () => {
  const decode = (bound: string) => [
    ...fewest,
    `decode.exchange=auto(tokens: dropless(bound: ${bound}, overflow: abort))`,
  ];

  it("suffices for a bound that holds at full size", { timeout: 5 * MINUTE }, async () => {
    const plan = await planOf("deepseek-v3-decode", decode("1.5"));
    const { failure, received_rows: rows } = await run(plan, { backend: "cpu", seed: 1, dataSeed: 1 });
    expect(failure).toBeUndefined();
    // Two tokens a rank go to eight experts each: what a rank receives is far from its mean of 16.
    expect(rows?.max).toBeGreaterThan(1.5 * 16);
  });
});
