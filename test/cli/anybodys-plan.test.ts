// A plan that its schema allows and that says nonsense is told of as one that is wrong: no command calls it a mistake in Weft.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { LaunchPlan } from "../../src/plan/index.js";
import { emptyFolder, fixture, weft } from "./weft.js";

let text = "";
beforeAll(() => {
  const out = emptyFolder();
  weft(["compile", fixture("tiny.weft"), "-o", out]);
  text = readFileSync(join(out, "plan.json"), "utf8");
});

function damaged(damage: (plan: LaunchPlan) => void): string {
  const plan = JSON.parse(text) as LaunchPlan;
  damage(plan);
  const path = join(emptyFolder(), "plan.json");
  writeFileSync(path, JSON.stringify(plan));
  return path;
}

const nonsense: readonly (readonly [string, (plan: LaunchPlan) => void])[] = [
  ["a peer by a name that nothing has", (plan) => (plan.exchanges[0]!.phases.at(-1)!.steps[0]!.to = "rankx")],
  [
    "a node of an operator that there is not",
    (plan) => (plan.model.blocks.find(({ name }) => name === "moe")!.nodes.at(-1)!.op = ""),
  ],
  [
    "a node of another operator",
    (plan) => {
      for (const { nodes } of plan.model.blocks)
        for (const node of nodes) if (node.op === "swiglu") node.op = "linear";
    },
  ],
];

describe("a plan without the expected routing", () => {
  it("is refused by those who need it to price a step, and is no mistake in Weft", () => {
    const path = damaged((plan) => (plan.routing = []));
    for (const args of [
      ["simulate", path],
      ["diff", path, path],
      ["explain", path],
    ]) {
      const { status, stderr } = weft(args);
      expect(stderr).not.toContain("internal error");
      expect(stderr).toContain("has no routing");
      expect(status).toBe(3);
    }
  });
});

describe("a plan with", () => {
  it.each(nonsense)("%s is wrong to every command", (_, damage) => {
    const path = damaged(damage);
    for (const command of [["verify"], ["run", "--backend", "cpu"], ["simulate"], ["explain"]]) {
      const { status, stderr } = weft([command[0]!, path, ...command.slice(1)]);
      expect(stderr).not.toContain("internal error");
      if (command[0] === "verify") expect(status).toBe(3);
      else expect([0, 3]).toContain(status);
    }
  });
});
