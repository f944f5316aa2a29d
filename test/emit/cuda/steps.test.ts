// The steps of a phase as loops: every rank sends and receives in them what the plan lists.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runsOfSteps, STEP_INDEX } from "../../../src/emit/cuda/steps.js";
import { evaluate, type Expr, type Step } from "../../../src/plan/index.js";
import { planOf } from "../../examples/example.js";
import { overNodes } from "../../end-to-end/crowded.js";

/** A step with its numbers, for a rank and a value of the index. */
function evaluated(part: unknown, rank: number, index: number): unknown {
  const isVariable = part === "rank" || part === STEP_INDEX;
  if (Array.isArray(part) || isVariable)
    return evaluate(part as Expr, (name) => ({ rank, [STEP_INDEX]: index })[name]);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, evaluated(each, rank, index)]));
}

function expectSame(steps: readonly Step[], ranks: number): void {
  const runs = runsOfSteps(steps, ranks);
  for (let rank = 0; rank < ranks; rank++) {
    const looped = runs.flatMap(({ count, step }) =>
      Array.from({ length: count }, (_, index) => evaluated(step, rank, index)),
    );
    expect(looped).toEqual(steps.map((step) => evaluated(step, rank, 0)));
  }
}

describe("steps as loops", () => {
  it.each([
    ["deepseek-v3-prefill", ["DeepSeekV3.moe_layers=3"]],
    ["deepseek-v3-decode", ["DeepSeekV3.moe_layers=3"]],
    ["deepseek-v2-lite-prefill", ["DeepSeekV2Lite.moe_layers=3"]],
    ["mixtral-8x7b-prefill", ["Mixtral.depth=3"]],
  ])("are those of %s, one loop for each phase", async (name, overrides) => {
    const plan = await planOf(name, overrides);
    for (const exchange of plan.exchanges)
      for (const phase of exchange.phases) {
        const ranks = plan.groups.find((each) => each.name === (phase.group ?? exchange.group))!.size;
        expectSame(phase.steps, ranks);
        expect(runsOfSteps(phase.steps, ranks)).toHaveLength(1);
      }
  });

  it("are those of two nodes, where no step follows those of a rank with itself often enough to tell a rule", async () => {
    const plan = await overNodes("rounds", false);
    for (const exchange of plan.exchanges)
      for (const { steps } of exchange.phases) expectSame(steps, plan.world);
  });

  it("are any steps, with or without a rule", () => {
    const peer = fc.oneof(
      fc.integer({ min: 0, max: 5 }).map((apart): Expr => ["%", ["+", apart, "rank"], 6]),
      fc.constant<Expr>("rank"),
      fc.integer({ min: 0, max: 5 }),
    );
    const step = fc
      .record({ to: peer, from: peer, slot: fc.integer({ min: 0, max: 2 }) })
      .map(({ to, from, slot }): Step => ({
        to,
        from,
        send: { source: "rank", host: to, slot },
        receive: { source: from, host: "rank", slot },
      }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        expectSame(steps, 6);
      }),
    );
  });
});
