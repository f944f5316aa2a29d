// What explain says of placement, layer by layer: what was chosen, and what EPLB's rule would have cost.
import { describe, expect, it } from "vitest";
import { fileURLToPath } from "node:url";
import { compile, explainPlan, openEntry } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { placedExperts } from "../../src/report/explain/placed-layers.js";
import { placedLines } from "../../src/report/explain/placed-lines.js";
import { edited, planOf } from "../end-to-end/mixtral.js";

async function exampleOf(name: string): Promise<LaunchPlan> {
  const path = fileURLToPath(new URL(`../../examples/${name}.weft`, import.meta.url));
  const { compiled } = await compile({ entry: openEntry(path), overrides: [] });
  return compiled!.plan;
}

describe("where experts live", () => {
  const deepSeek = exampleOf("deepseek-v3-prefill");

  it("is told of each of DeepSeek-V3's layers, none slower than by EPLB's rule or below its bound", async () => {
    const plan = await deepSeek;
    const [experts, ...others] = placedExperts(plan);
    expect(others).toEqual([]);
    expect(experts!.layers.map(({ layer }) => layer)).toEqual(Array.from({ length: 58 }, (_, at) => 4 + at));
    for (const { time_us: chosen, placed, instead } of experts!.layers) {
      expect(instead.map(({ placed: { method } }) => method)).toEqual(["eplb: groups on nodes"]);
      expect(chosen).toBeLessThanOrEqual(instead[0]!.time_us);
      expect(placed.load_over_bound).toBeGreaterThanOrEqual(1);
      expect(placed.load_over_mean).toBeGreaterThanOrEqual(1);
      expect(placed.twice).toBe(0);
      expect(placed.dispatch_us + placed.experts_us + placed.combine_us).toBeCloseTo(chosen, 2);
    }
    const decision = plan.why?.decisions.find(
      ({ name, layer }) => name === "placement" && layer === undefined,
    );
    expect(decision?.alternatives.map(({ choice }) => choice)).toEqual(["eplb"]);
  });

  it("counts replicas as the plan's tables have them", async () => {
    const plan = await deepSeek;
    const [placement] = plan.placements;
    placedExperts(plan)[0]!.layers.forEach(({ placed }, at) => {
      const counts = new Map<number, number>();
      for (const expert of placement!.layers[at]!.expert_of_slot)
        counts.set(expert, (counts.get(expert) ?? 0) + 1);
      const several = [...counts.values()].filter((count) => count > 1);
      expect(placed.replicated).toBe(several.length);
      expect(placed.most_replicas).toBe(Math.max(1, ...several));
    });
  });

  it("is one line for layers that are placed alike", async () => {
    const plan = await planOf(edited(["routing   = lognormal(sigma: 0.5, seed: 7)", "routing   = uniform"]), [
      "Mixtral.depth=5",
    ]);
    const [experts] = placedExperts(plan);
    expect(experts!.layers.map(({ layer, layers }) => [layer, layers])).toEqual([[1, 5]]);
    const lines = placedLines(experts!, 100);
    expect(lines.some((line) => line.startsWith("1-5 "))).toBe(true);
    expect(lines.some((line) => line.startsWith("mean "))).toBe(false);
  });

  it("is a table of all layers and their mean, in the explanation that people read", async () => {
    const plan = await planOf(edited(), ["Mixtral.depth=5"]);
    const explained = await explainPlan(plan);
    if ("stuck" in explained) throw new Error(explained.stuck);
    const { explanation, text } = explained;
    expect(explanation.placed).toHaveLength(1);
    const lines = placedLines(explanation.placed[0]!, 100);
    for (const line of lines) expect(text).toContain(line);
    expect(lines[0]).toMatch(
      /^moe\.\S+\.placement by "priced"; the search improved on what it began from in \d of 5/,
    );
    expect(lines.filter((line) => /^[1-5] /.test(line))).toHaveLength(5);
    expect(lines.filter((line) => line.startsWith("mean "))).toHaveLength(1);
  });

  it("tells of a pinned rule what it is, and of nothing else", async () => {
    const plan = await planOf(edited(["placement = auto", "placement = eplb"]), ["Mixtral.depth=2"]);
    const [experts] = placedExperts(plan);
    expect(experts!.layers.map(({ placed, instead }) => [placed.method, instead])).toEqual([
      ["eplb", []],
      ["eplb", []],
    ]);
  });
});
