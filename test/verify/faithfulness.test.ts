// Law: the launches compute the model: all of it, once, from the right inputs.
import { expect, test } from "vitest";
import type { LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import {
  buffer,
  cell,
  failure,
  kernel,
  launch,
  moveBefore,
  operandOf,
  removeLaunch,
  storyOf,
} from "./edit.js";
import { smallPlan } from "./small-plan.js";

const plain = (value: number) => ({ expr: value, value });
const timeline = (plan: LaunchPlan) => plan.roles[0]!.timeline;

const broken: readonly (readonly [string, (plan: LaunchPlan) => unknown, RegExp])[] = [
  [
    "a layer left out",
    (plan) => (timeline(plan)[1]!.repeat = 1),
    /launches nothing for layer 2, micro-batch 0/,
  ],
  [
    "a layer run twice",
    (plan) => timeline(plan).push(timeline(plan)[2]!),
    /rows 0 to 4 are computed by both `logits` and `logits`/,
  ],
  [
    "a layer run by another block's cell",
    (plan) => {
      timeline(plan)[1]!.repeat = 1;
      timeline(plan)[2] = { cell: "head", layer: 2, repeat: 2, micro_batch: 0 };
    },
    /evaluates block `head`\nlayer 2 is a `moe`/,
  ],
  ["a step that stops early", (plan) => timeline(plan).pop(), /launches nothing for layer 3/],
  ["a node left out", (plan) => removeLaunch(plan, "norm"), /no launch computes node `u` \(norm\)/],
  [
    "a part that misses rows",
    (plan) => (kernel(plan, "norm").rows.begin = plain(1)),
    /rows 0 to 1, between row 0/,
  ],
  [
    "a part that ends early",
    (plan) => (kernel(plan, "norm").rows.end = plain(3)),
    /end at row 3, but the node has 4 rows/,
  ],
  [
    "an expert that computes rows of the wrong count",
    (plan) => (kernel(plan, "e.expert").rows.end = { expr: "e.sent", value: 8 }),
    /end at row 40,?028 when 0 rows are received/,
  ],
  [
    "a part computed twice",
    (plan) => cell(plan).launches.splice(1, 0, { ...launch(plan, "norm"), id: "again" } as never),
    /rows 0 to 4 are computed by both/,
  ],
  [
    "a part that makes what another reads left out",
    (plan) => removeLaunch(plan, "e.repack"),
    /no launch of node `e\.c` reads its input `e\.f`/,
  ],
  [
    "another layer's weights",
    (plan) => (operandOf(plan, "e.route", "router").instance = ["-", 2, "layer"]),
    /so its weights are instance 0/,
  ],
  [
    "another node's weights",
    (plan) => (operandOf(plan, "e.route", "router").buffer = "e.matrix"),
    /these are weights of `moe\.e\.f`/,
  ],
  [
    "an input that skips a node",
    (plan) => ((operandOf(plan, "e.route", "u") as { buffer: string; instance: unknown }).buffer = "table"),
    /these are weights of `embed\.embedding`/,
  ],
  [
    "the residual added from the wrong layer",
    (plan) => (operandOf(plan, "add", "x").instance = ["%", ["+", "layer", 1], 2]),
    /reads it|sees|nothing/,
  ],
  [
    "a sum without one of its terms",
    (plan) =>
      (launch(plan, "add").operands = launch(plan, "add").operands.filter(
        (each) => each.name !== "e_result",
      )),
    /no launch of node `sum` reads its input `e\.c`/,
  ],
  [
    "launches of one node in the wrong order",
    (plan) => moveBefore(plan, "e.repack", "e.expert"),
    /sees a value of layer 1/,
  ],
  [
    "an expert that belongs to no exchange",
    (plan) => {
      const { exchange: _, ...rest } = kernel(plan, "e.repack");
      cell(plan).launches = cell(plan).launches.map((each) => (each.id === "e.repack" ? rest : each));
    },
    /follows no exchange/,
  ],
  [
    "experts that share weights",
    (plan) => {
      buffer(plan, "e.matrix").init = {
        kind: "weight",
        block: "moe",
        node: "e.f",
        weight: "matrix",
        per_slot: false,
      };
    },
    /each expert needs weights of its own/,
  ],
  [
    "a result that is no output",
    (plan) => (buffer(plan, "output").kind = "activation"),
    /no launch reads it|no buffer of kind output/,
  ],
];

test.each(broken)("%s", (_, damage, story) => {
  const plan = smallPlan();
  damage(plan);
  expect(storyOf(failure(plan, "faithfulness"))).toMatch(story);
});

test("two mixtures: the experts of one may not take the rows of the other", () => {
  const plan = smallPlan(["e", "f"]);
  expect(verify(plan).ok).toBe(true);
  operandOf(plan, "f.expert", "expert_rows").buffer = "e.expert_rows";
  expect(storyOf(failure(plan, "faithfulness"))).toMatch(/node `f\.f` takes `f\.d`, not `e\.d`/);
});

test("rows may be divided among launches", () => {
  const plan = smallPlan();
  const second = structuredClone(kernel(plan, "norm"));
  second.id = "norm.rest";
  second.rows.begin = plain(3);
  kernel(plan, "norm").rows.end = plain(3);
  cell(plan).launches.splice(1, 0, second);
  for (const each of [kernel(plan, "norm"), second]) each.part = "norm";
  expect(verify(plan).properties.flatMap((each) => each.counterexample?.story ?? [])).toEqual([]);
});
