// Law: NCCL, CUDA and the machine give what the plan asks for.
import { expect, test } from "vitest";
import type { LaunchPlan } from "../../src/plan/index.js";
import { failure, kernel, phase, storyOf } from "./edit.js";
import { smallPlan } from "./small-plan.js";

const broken: readonly (readonly [string, (plan: LaunchPlan) => unknown, RegExp])[] = [
  [
    "more ranks than GPUs",
    (plan) => (plan.machine.gpus = plan.machine.tiers[0]!.joins = 1),
    /2 ranks, the machine 1 GPUs/,
  ],
  ["CTAs that are no power of two", (plan) => (plan.groups[0]!.sms = 3), /takes 3 SMs/],
  ["more CTAs than NCCL takes", (plan) => (plan.groups[0]!.sms = 128), /up to 64/],
  ["all SMs for communication", (plan) => (plan.groups[0]!.sms = 16), /leaves none for compute/],
  [
    "a group of too many operations",
    (plan) => {
      const away = phase(plan, "dispatch").steps[1]!;
      phase(plan, "dispatch").steps = Array.from({ length: 1025 }, () => away);
    },
    /2,050 sends and receives/,
  ],
  [
    "an event with two recorders",
    (plan) => kernel(plan, "norm").records.push("e.packed"),
    /`norm` and `e\.pack` .* both record event `e\.packed`/,
  ],
  [
    "an event with two waiters",
    (plan) => kernel(plan, "add").waits.push("e.returned"),
    /`e\.reduce` and `add` .* both wait for event/,
  ],
];

test.each(broken)("%s", (_, damage, story) => {
  const plan = smallPlan();
  damage(plan);
  expect(storyOf(failure(plan, "limits"))).toMatch(story);
});
