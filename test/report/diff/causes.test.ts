// Plans that differ in one thing that prices start from: the report names it.
import { describe, expect, it } from "vitest";
import type { LaunchPlan, Measured, MeasuredTime } from "../../../src/plan/index.js";
import { diffPlans, type PlanDiff } from "../../../src/report/diff/diff.js";
import { renderDiffText } from "../../../src/report/diff/render-text.js";
import { simulatedPlan } from "../../../src/report/simulated-plan.js";
import { tinyPlan, transfer } from "../../simulate/tiny-plan.js";

const plan = tinyPlan({ launches: [transfer("dispatch")] });

const diffOf = (a: LaunchPlan, b: LaunchPlan): PlanDiff =>
  diffPlans(
    [
      { name: "a", simulated: simulatedPlan(a) },
      { name: "b", simulated: simulatedPlan(b) },
    ],
    [],
  );

const scaled = (operator: string, scale: number): MeasuredTime => ({ operator, scale, samples: 1, file: 0 });
const profiled = (...times: MeasuredTime[]): LaunchPlan => {
  const measured: Measured = { files: [{ path: "ops.json", kind: "profile", span: [0, 0, 0] }], times };
  return { ...plan, measured };
};

describe("plans that differ alone in", () => {
  it("a profile say which one has it", () => {
    const diff = diffOf(plan, profiled(scaled("dispatch", 2), scaled("combine", 3)));
    expect(diff.setting_changes).toEqual([
      { kind: "schedule_changed", setting: "profile", values: [null, "ops.json (2 measurements)"] },
    ]);
    const text = renderDiffText(diff);
    expect(text).toContain("+ profile ops.json (2 measurements)");
    expect(text).not.toContain("Model and settings are the same");
  });

  it("what the profile holds say so, though its name and length are the same", () => {
    const { setting_changes } = diffOf(profiled(scaled("dispatch", 2)), profiled(scaled("dispatch", 3)));
    expect(setting_changes.map(({ values }) => values)).toEqual([
      ["ops.json (1 measurement)", "ops.json (1 measurement), with other measurements"],
    ]);
  });

  it("the transport of an exchange name both", () => {
    const moved = {
      ...plan,
      exchanges: plan.exchanges.map((each) => ({ ...each, transport: "deepep" as const })),
    };
    const diff = diffOf(plan, moved);
    expect(diff.setting_changes.map(({ values }) => values)).toEqual([["nccl", "deepep"]]);
    expect(renderDiffText(diff)).toMatch(/~ transport of \S+ nccl -> deepep/);
  });
});
