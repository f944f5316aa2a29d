// Law: launches of a rank that touch the same bytes, one of them writing, are ordered.
import { expect, test } from "vitest";
import { verify } from "../../src/verify/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import {
  buffer,
  failure,
  hostRead,
  kernel,
  launchesIn,
  moveBefore,
  operandOf,
  storyOf,
  transferred,
} from "./edit.js";
import { smallPlan } from "./small-plan.js";

const broken: readonly (readonly [string, (plan: LaunchPlan) => void, readonly string[]])[] = [
  [
    "rows are sent before they are packed",
    (plan) => (transferred(plan, "e.dispatch").waits = []),
    ["e.pack", "e.dispatch"],
  ],
  [
    "counts are read by the host before they have arrived",
    (plan) => (hostRead(plan, "e.read_counts").waits = []),
    ["e.counts", "e.read_counts"],
  ],
  [
    "rows are taken before they have come back",
    (plan) => (kernel(plan, "e.reduce").waits = []),
    ["e.combine", "e.reduce"],
  ],
  [
    "a record comes too early to cover what the wait is for",
    (plan) => {
      kernel(plan, "e.pack").records = [];
      kernel(plan, "e.assign").records.push("e.packed");
    },
    ["e.pack", "e.dispatch"],
  ],
  [
    "two buffers share bytes while both are in use on two streams",
    (plan) => (buffer(plan, "e.received").region = "e.send_rows"),
    ["e.counts", "e.pack"],
  ],
  [
    "a kernel reads what it writes",
    (plan) => (operandOf(plan, "e.expert", "result_rows").buffer = "e.expert_rows"),
    ["e.expert"],
  ],
];

test.each(broken)("%s", (_, damage, launches) => {
  const plan = smallPlan();
  damage(plan);
  const counterexample = failure(plan, "races");
  expect(launchesIn(counterexample), storyOf(counterexample)).toEqual(launches);
  expect(storyOf(counterexample)).toMatch(/bytes [\d,]+ to [\d,]+/);
});

test("a wait that another path implies may go", () => {
  const plan = smallPlan();
  // The combine runs behind the dispatch on its stream, and `e.repack` behind `e.unpack`, which waited for that.
  kernel(plan, "e.unpack").records.push("e.extra");
  transferred(plan, "e.combine").waits.push("e.extra");
  expect(verify(plan).ok).toBe(true);
  transferred(plan, "e.combine").waits = ["e.sorted"];
  kernel(plan, "e.unpack").records = [];
  expect(verify(plan).ok).toBe(true);
});

test("a wait refers to the latest record before it, be it of the layer before", () => {
  const plan = smallPlan();
  // Now `e.dispatch` stands before `e.pack`: its wait finds the record of the layer before, which orders nothing here.
  moveBefore(plan, "e.dispatch", "e.pack");
  expect(launchesIn(failure(plan, "races"))).toContain("e.pack");
});
