// Law: launches have the operands that the plan's operators list, and each is what its role says. What is wrong in every layer and
// micro-batch alike is seen too.
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { ComputeLaunch, LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { planOf } from "../end-to-end/mixtral.js";
import { failure, storyOf } from "./edit.js";

let plan: LaunchPlan;
beforeAll(async () => {
  const text = readFileSync(new URL("../../examples/deepseek-v2-lite-prefill.weft", import.meta.url), "utf8");
  plan = await planOf(text, ["DeepSeekV2Lite.moe_layers=2"]);
});

/** All launches of a part of an operator. */
function launchesOf(of: LaunchPlan, op: string, part: string): readonly ComputeLaunch[] {
  const found = of.cells.flatMap(({ block, launches }) => {
    const nodes = of.model.blocks.find(({ name }) => name === block)!.nodes;
    return launches.filter(
      (each): each is ComputeLaunch =>
        each.kind === "compute" && each.part === part && nodes.find(({ id }) => id === each.node)?.op === op,
    );
  });
  expect(found.length, `launches of ${op}.${part}`).toBeGreaterThan(0);
  return found;
}

/** Two operands of every launch of a part take each other's place. */
function exchangeOperands(of: LaunchPlan, op: string, part: string, one: string, other: string): void {
  for (const { operands } of launchesOf(of, op, part)) {
    const [a, b] = [one, other].map((name) => operands.find((each) => each.name === name)!);
    [a!.buffer, b!.buffer] = [b!.buffer, a!.buffer];
    [a!.instance, b!.instance] = [b!.instance, a!.instance];
  }
}

function dropPart(of: LaunchPlan, op: string, part: string): void {
  const dropped = new Set<unknown>(launchesOf(of, op, part));
  for (const cell of of.cells) cell.launches = cell.launches.filter((each) => !dropped.has(each));
}

type Damage = readonly [name: string, damage: (plan: LaunchPlan) => void, story: RegExp];

test.each<Damage>([
  [
    "the two matrices of a gated unit exchanged wherever it is computed",
    (of) => {
      exchangeOperands(of, "swiglu", "gate_up", "w_gate", "w_up");
    },
    /as `w_gate`, the weight `w_gate` of [^]*it finds the weight `w_up` of/,
  ],
  [
    "the two sides of a sum exchanged",
    (of) => {
      exchangeOperands(of, "add", "add", "a", "b");
    },
    /as `a`, the value of [^]*has written it as `out`, the value of/,
  ],
  [
    "a part left out that only updates what is there",
    (of) => {
      dropPart(of, "mla", "cache");
    },
    /no launch computes part `cache` of node|has not been added/,
  ],
  [
    "a part that the operator does not have",
    (of) => {
      for (const launch of launchesOf(of, "norm", "norm")) launch.part = "centre";
    },
    /operator `norm` has no part `centre`|no launch computes part `norm`/,
  ],
  [
    "an operand that the part does not have",
    (of) => {
      for (const { operands } of launchesOf(of, "norm", "norm"))
        operands.find(({ name }) => name === "gain")!.name = "bias";
    },
    /part `norm` of `norm` has no operand `bias`/,
  ],
  [
    "an operand that is not there",
    (of) => {
      for (const launch of launchesOf(of, "route", "select"))
        launch.operands = launch.operands.filter(({ name }) => name !== "bias");
    },
    /lacks operand `bias` of part `select` of `route`|reads `.*bias/,
  ],
])("%s", (_, damage, story) => {
  const mutant = structuredClone(plan);
  damage(mutant);
  expect(storyOf(failure(mutant, "faithfulness"))).toMatch(story);
});

test("nodes are of operators that the plan lists, whose operands say what they are", () => {
  const unlisted = structuredClone(plan);
  unlisted.operators = unlisted.operators.filter(({ name }) => name !== "norm");
  expect(storyOf(failure(unlisted, "wellformed"))).toContain(
    "is of the operator `norm`, which the plan does not list",
  );
  const vague = structuredClone(plan);
  delete vague.operators.find(({ name }) => name === "norm")!.parts[0]!.operands[0]!.role.port;
  expect(storyOf(failure(vague, "wellformed"))).toContain("does not say which input it is");
  expect(verify(plan).ok).toBe(true);
});
