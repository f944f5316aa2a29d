// Law: the plan says something definite. What is not definite is told, never thrown, whatever the plan says.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verify } from "../../src/verify/index.js";
import { validate } from "../../src/plan/validate.gen.js";
import type { Expr, LaunchPlan } from "../../src/plan/index.js";
import {
  buffer,
  exchange,
  failure,
  hostRead,
  kernel,
  operandOf,
  phase,
  storyOf,
  transferred,
} from "./edit.js";
import { smallPlan } from "./small-plan.js";

const broken: readonly (readonly [string, (plan: LaunchPlan) => unknown, RegExp])[] = [
  ["a span outside its source", (plan) => (plan.model.span = [0, 3, 900]), /of a source of 15 characters/],
  ["a span without a source", (plan) => (plan.model.span = [7, 0, 0]), /source 7, which does not exist/],
  [
    "a dimension that disagrees with its expression",
    (plan) => (plan.dimensions[7]!.value = 9),
    /stated as 9, but its expression gives 8/,
  ],
  [
    "a dimension from a later one",
    (plan) => (plan.dimensions[7]!.expr = "capacity"),
    /`capacity`, which is not in scope/,
  ],
  [
    "a value that disagrees with its expression",
    (plan) => (kernel(plan, "norm").rows.end.value = 5),
    /stated as 5/,
  ],
  [
    "a division by zero",
    (plan) => (kernel(plan, "norm").rows.begin.expr = ["/", 1, "no_bytes"]),
    /division by zero/,
  ],
  [
    "a subtraction of three",
    (plan) => (kernel(plan, "norm").rows.begin.expr = ["-", 1, 1, 1]),
    /too few or too many operands/,
  ],
  [
    "GPUs that no tier joins",
    (plan) => (plan.machine.tiers[0]!.joins = 1),
    /the tiers join 1 GPUs, but the machine has 2: not all reach each other/,
  ],
  [
    "shared adapters without a tier below",
    (plan) => (plan.machine.tiers[0]!.nics = 1),
    /tier `link` is the first: no unit of a tier below/,
  ],
  [
    "more adapters than GPUs",
    (plan) => plan.machine.tiers.push({ ...plan.machine.tiers[0]!, name: "far", joins: 1, nics: 3 }),
    /`nics` of tier `far` is 3, not a whole number from 1 to 2/,
  ],
  ["a node before its input", (plan) => plan.model.blocks[1]!.nodes.reverse(), /does not stand before it/],
  ["layers with a gap", (plan) => (plan.model.layers[1]!.first = 2), /ends at 1/],
  [
    "a rank with two roles",
    (plan) => plan.roles.push({ ...plan.roles[0]!, name: "twice" }),
    /rank 0 has two roles/,
  ],
  ["a rank without a role", (plan) => plan.roles[0]!.ranks.pop(), /1 of 2 ranks have no role/],
  ["a rank twice in a communicator", (plan) => (plan.groups[0]!.instances = [[0, 0]]), /rank 0 is twice in/],
  ["an instance of another size", (plan) => (plan.groups[0]!.size = 3), /has 2 ranks instead of 3/],
  [
    "a slot table that is too short",
    (plan) => plan.placements[0]!.layers[0]!.expert_of_slot.pop(),
    /3 entries for 4 slots/,
  ],
  [
    "an expert that does not exist",
    (plan) => (plan.placements[0]!.layers[0]!.expert_of_slot[0] = 3),
    /holds expert 3 of 3/,
  ],
  [
    "turns that no expert has",
    (plan) => plan.placements[0]!.layers[0]!.replica_slot.push(3),
    /`replica_begin` does not rise from 0 to the 6 entries of `replica_slot`/,
  ],
  [
    "more turns than memory has room for",
    (plan) => {
      plan.placements[0]!.layers[0]!.replica_slot.push(3);
      plan.placements[0]!.layers[0]!.replica_begin[3]! += 1;
    },
    /of \[5\] holds `replica_slot`, which is \[6\]/,
  ],
  [
    "a turn of no slot",
    (plan) => (plan.placements[0]!.layers[0]!.replica_slot[2] = 4),
    /a turn is that of slot 4 of 4/,
  ],
  ["an exchange by no gate", (plan) => (exchange(plan).gate = "u"), /not a gate/],
  [
    "a layout that sorts twice by one key",
    (plan) => (exchange(plan).layouts[0]!.order = ["slot", "slot"]),
    /sorts atoms by slot, slot/,
  ],
  [
    "a buffer without a region",
    (plan) => (buffer(plan, "u").region = "none"),
    /region `none`, which does not exist/,
  ],
  [
    "weights that hold nothing",
    (plan) => delete buffer(plan, "table").init,
    /begins with nothing instead of weight/,
  ],
  [
    "an unknown stream",
    (plan) => (transferred(plan, "e.counts").stream = "none"),
    /stream `none`, which role/,
  ],
  ["an unknown phase", (plan) => (transferred(plan, "e.counts").phase = "none"), /phase `none`/],
  [
    "a transfer that receives nothing",
    (plan) => transferred(plan, "e.counts").operands.pop(),
    /0 operands named `receive`/,
  ],
  [
    "a host read of another node",
    (plan) => (hostRead(plan, "e.read_counts").node = "u"),
    /not its exchange's dispatch/,
  ],
  [
    "an instance that does not exist",
    (plan) => (operandOf(plan, "norm", "stream").instance = "layer"),
    /is 2, not a whole number from 0 to 1/,
  ],
  ["a layer that does not exist", (plan) => (plan.roles[0]!.timeline[2]!.repeat = 2), /for layer 4 of 4/],
];

test.each(broken)("%s", (_, damage, story) => {
  const plan = smallPlan();
  damage(plan);
  expect(storyOf(failure(plan, "wellformed"))).toMatch(story);
});

describe("plans that would cost too much to check are refused at once", () => {
  const huge: readonly (readonly [string, (plan: LaunchPlan) => unknown])[] = [
    ["layers", (plan) => (plan.model.layers[2]!.repeat = 1e15)],
    ["micro-batches", (plan) => (plan.schedule.micro_batches = 1e15)],
    ["repetitions", (plan) => (plan.roles[0]!.timeline[1]!.repeat = 1e15)],
    ["ranks", (plan) => (plan.world = 1e15)],
    ["experts", (plan) => (plan.placements[0]!.experts = 1e15)],
    ["micro-batches of a cell", (plan) => (plan.cells[1]!.micro_batches = 1e15)],
    [
      "nesting",
      (plan) => {
        let deep: Expr = "tokens";
        for (let level = 0; level < 3000; level++) deep = ["+", deep, 0];
        kernel(plan, "norm").rows.end.expr = deep;
        phase(plan, "dispatch").steps[0]!.to = deep;
      },
    ],
  ];
  test.each(huge)("%s", (_, damage) => {
    const plan = smallPlan();
    damage(plan);
    expect(failure(plan, "wellformed").story.length).toBe(1);
  });
});

/** Every place in a JSON value, as the path to it. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((each, at) => [at, each] as const) : Object.entries(value);
  return [path, ...entries.flatMap(([key, each]) => places(each, [...path, key]))];
}

/** The value that holds the one at a path; undefined where earlier damage has removed it. */
function parentOf(
  root: unknown,
  path: readonly (string | number)[],
): Record<string | number, unknown> | undefined {
  let at: unknown = root;
  for (const key of path.slice(0, -1)) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return typeof at === "object" && at !== null ? (at as Record<string | number, unknown>) : undefined;
}

test("no damage that leaves the schema intact makes the verifier throw or run for ever", () => {
  const base = smallPlan();
  const paths = places(base).filter((path) => path.length > 0 && path[0] !== "sources");
  const values = paths.map((path) => parentOf(base, path)?.[path.at(-1)!]);
  const names = [...new Set(values.filter((each) => typeof each === "string"))];
  const replacement = fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom(0, 1, 2, 3, -1, 0.5, 1e6, 2 ** 53, 1e300),
    fc.constantFrom("all", "rank", "layer", "e.received", "nobody", "__proto__"),
    fc.constantFrom<Expr>(
      ["+", "rank", 1],
      ["/", 1, 0],
      ["%", "layer", 2],
      ["*", 1e300, 1e300],
      ["-", "tokens"],
    ),
  );
  const damage = fc.record({
    at: fc.nat(paths.length - 1),
    act: fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("set" as const), value: replacement }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant("copy" as const), from: fc.nat(paths.length - 1) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("repeat" as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("swap" as const) }) },
    ),
  });
  let [valid, wellformed] = [0, 0];
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const plan = structuredClone(base) as unknown;
      for (const { at, act } of damages) {
        const path = paths[at]!;
        const key = path.at(-1)!;
        const parent = parentOf(plan, path);
        if (parent === undefined) continue;
        const list = Array.isArray(parent) && typeof key === "number" ? (parent as unknown[]) : undefined;
        if (act.kind === "set") parent[key] = structuredClone(act.value);
        else if (act.kind === "copy") parent[key] = structuredClone(values[act.from]);
        else if (act.kind === "remove" && list) list.splice(key as number, 1);
        else if (act.kind === "remove") Reflect.deleteProperty(parent, key);
        else if (act.kind === "repeat") list?.splice(key as number, 0, structuredClone(parent[key]));
        else if (list && list.length > 1) list.push(list.shift());
      }
      if (!validate(plan)) return;
      valid++;
      const result = verify(plan);
      if (result.properties[0]?.ok) wellformed++;
      expect(result.ok).toBe(result.properties.every((each) => each.ok));
    }),
    { seed: 20, numRuns: 2500 },
  );
  expect(valid, "damages that the schema lets through").toBeGreaterThan(300);
  expect(wellformed, "damages that only later properties can judge").toBeGreaterThan(100);
});
