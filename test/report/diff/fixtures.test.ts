// One tweak a fixture, compared with `base.weft`, and the report that users see beside it.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  compile,
  diffPlans,
  openEntry,
  renderDiff,
  type PlanDiff,
  type SimulatedPlan,
} from "../../../src/index.js";
import { expectGolden } from "../../check/golden.js";

const folder = fileURLToPath(new URL("fixtures/", import.meta.url));
const base = "base.weft";
const tweaks = readdirSync(folder).filter((name) => name.endsWith(".weft") && name !== base);
/** Tweaks whose reports are kept in the other formats too: they have changes of every kind between them. */
const inAllFormats = ["cluster", "schedule", "shared-expert"];

const steps = new Map<string, Promise<SimulatedPlan>>();

/** The step of a fixture, compiled once. */
function stepOf(file: string): Promise<SimulatedPlan> {
  const known = steps.get(file) ?? compiled(file);
  steps.set(file, known);
  return known;
}

async function compiled(file: string): Promise<SimulatedPlan> {
  const { compiled: found, diagnostics } = await compile({ entry: openEntry(`${folder}${file}`) });
  if (found === undefined) throw new Error(JSON.stringify(diagnostics.sorted()));
  return found.simulated;
}

const diffOf = async (a: string, b: string): Promise<PlanDiff> =>
  diffPlans([
    { name: a, simulated: await stepOf(a) },
    { name: b, simulated: await stepOf(b) },
  ]);

describe("the report of a tweak", () => {
  it.each(tweaks)("%s", async (tweak) => {
    const diff = await diffOf(base, tweak);
    const golden = `${folder}${tweak.replace(/\.weft$/, "")}`;
    expectGolden(`${golden}.txt`, await renderDiff(diff, "text"));
    if (!inAllFormats.some((name) => tweak === `${name}.weft`)) return;
    expectGolden(`${golden}.md`, await renderDiff(diff, "markdown"));
    expectGolden(`${golden}.json.txt`, `${JSON.stringify(diff, null, 2)}\n`);
  });

  it("has no golden text without its fixture", () => {
    const names = new Set(readdirSync(folder).map((name) => name.replace(/\..*$/, "")));
    expect([...names].map((name) => `${name}.weft`).sort()).toEqual([base, ...tweaks].sort());
  });
});

describe("a difference", () => {
  it.each(tweaks)("of %s from itself is none", async (tweak) => {
    const diff = await diffOf(tweak, tweak);
    expect(diff).toMatchObject({ equal: "plans", model_changes: [], setting_changes: [], decisions: [] });
    expect(await renderDiff(diff, "text")).toContain("The two plans are equal");
  });

  it.each(tweaks)("of %s the other way round is the same with sides exchanged", async (tweak) => {
    const [there, back] = [await diffOf(base, tweak), await diffOf(tweak, base)];
    const exchanged = <T>([a, b]: readonly [T, T]): readonly [T, T] => [b, a];
    expect(back.measures.map(({ values }) => values)).toEqual(
      there.measures.map(({ values }) => exchanged(values)),
    );
    expect(back.model_changes).toHaveLength(there.model_changes.length);
    const opposite = { decision_added: "decision_removed", decision_removed: "decision_added" } as const;
    const kinds = ({ decisions }: PlanDiff): readonly string[] => decisions.map(({ kind }) => kind).sort();
    expect(kinds(back)).toEqual(
      kinds(there)
        .map((kind) => (kind in opposite ? opposite[kind as keyof typeof opposite] : kind))
        .sort(),
    );
    const settings = ({ setting_changes: changes }: PlanDiff) =>
      new Map(changes.map(({ setting, values }) => [setting, values]));
    for (const [setting, values] of settings(there))
      expect(settings(back).get(setting)).toEqual(exchanged(values));
  });

  it("of a plan that does not tell its decisions says so, and simulates it", async () => {
    const step = await stepOf(base);
    const { why, ...rest } = step.plan;
    const silent = { ...step, plan: rest };
    const diff = await diffPlans([
      { name: "a", simulated: silent },
      { name: "b", simulated: await stepOf("sizes.weft") },
    ]);
    expect(diff).toMatchObject({ decisions: [], plans: [{ has_decisions: false }, { has_decisions: true }] });
    expect(diff.step_time_us[0]).toBe(why?.prediction.step_time_us);
    expect(await renderDiff(diff, "text")).toContain("The plan of A does not tell its decisions");
    const same = await diffPlans([
      { name: "a", simulated: silent },
      { name: "b", simulated: step },
    ]);
    expect(same.equal).toBe("plans");
  });

  it("tells plans apart that differ in nothing that is compared", async () => {
    const step = await stepOf(base);
    const [cell, ...others] = step.plan.cells;
    if (cell === undefined) throw new Error("no cell");
    const renamed = { ...step, plan: { ...step.plan, cells: [{ ...cell, name: "other" }, ...others] } };
    const diff = await diffPlans([
      { name: "a", simulated: step },
      { name: "b", simulated: renamed },
    ]);
    expect(diff.equal).toBe("compared");
    expect(await renderDiff(diff, "text")).toContain("Nothing that is compared differs");
  });
});
