// Plans that no pass made, as files to try `weft verify` on: one that is right, and some that a system which only matched signals
// with waits would let pass. Beside each stands what the command prints.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { LaunchPlan } from "../../src/plan/index.js";
import { expectGolden } from "../check/golden.js";
import { json, weft } from "../cli/weft.js";
import { exchange, moveBefore, phase, splitRoles, transferred } from "./edit.js";
import { nodeAwarePlan } from "./node-aware-plan.js";
import { moeCell, smallPlan } from "./small-plan.js";

const folder = fileURLToPath(new URL("stories/", import.meta.url));

interface Story {
  readonly name: string;
  readonly plan: () => LaunchPlan | Promise<LaunchPlan>;
  /** The property that fails. */
  readonly fails?: string;
}

const stories: readonly Story[] = [
  { name: "right", plan: () => smallPlan() },
  {
    name: "send-receive-cycle",
    fails: "progress",
    // Rank 0 makes mixture e before f, rank 1 the other way round; each has a communicator of its own.
    plan: () => {
      const plan = smallPlan(["e", "f"]);
      splitRoles(plan, moeCell("swapped", ["f", "e"]));
      return plan;
    },
  },
  {
    name: "communicators-in-another-order",
    fails: "progress",
    // Results come back on a second communicator, which rank 1 uses first.
    plan: () => {
      const plan = smallPlan();
      plan.groups.push({ ...plan.groups[0]!, name: "e.back" });
      phase(plan, "combine").group = "e.back";
      const other = moeCell("swapped", ["e"]);
      splitRoles(plan, other);
      moveBefore({ ...plan, cells: [other] }, "e.combine", "e.counts");
      transferred({ ...plan, cells: [other] }, "e.combine").waits = [];
      return plan;
    },
  },
  {
    name: "partial-sum-added-twice",
    fails: "delivery",
    // The sums of one node come back in two steps, and both go into the result.
    plan: async () => {
      // Without prices: what a plan is predicted to take is no part of the story.
      const { why: _why, ...plan } = await nodeAwarePlan(true);
      const { steps } = exchange(plan, "moe.routed.dispatch").phases.find(
        ({ name }) => name === "combine_across",
      )!;
      steps.push(structuredClone(steps.at(-1)!));
      return plan;
    },
  },
];

describe("weft verify", () => {
  it.each(stories)("tells of a plan by hand: $name", async ({ name, plan, fails }) => {
    const path = join(folder, `${name}.plan.json`);
    expectGolden(path, `${JSON.stringify(await plan())}\n`);
    const { status, stdout, stderr } = weft(["verify", path]);
    expect(stderr).toBe("");
    expect(status).toBe(fails === undefined ? 0 : 3);
    expectGolden(join(folder, `${name}.txt`), stdout);
    const { properties } = json(weft(["verify", path, "--json"])) as {
      properties: { name: string; ok: boolean; counterexample?: { story: string[] } }[];
    };
    // What comes behind the first failure may be left open by it.
    const failed = properties.filter(({ counterexample }) => counterexample !== undefined);
    expect(failed.map((each) => each.name).slice(0, 1)).toEqual(fails === undefined ? [] : [fails]);
    for (const { counterexample } of failed) expect(counterexample?.story.length).toBeGreaterThan(1);
  });
});
