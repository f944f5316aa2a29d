// Law: every atom goes from its source to its slot and back, once, and both ends of a message agree about it.
import { expect, test } from "vitest";
import type { LaunchPlan } from "../../src/plan/index.js";
import { buffer, cell, failure, launch, operandOf, phase, removeLaunch, storyOf } from "./edit.js";
import { verify } from "../../src/verify/index.js";
import { smallPlan } from "./small-plan.js";

const broken: readonly (readonly [string, (plan: LaunchPlan) => unknown, RegExp])[] = [
  [
    "a lost step of the dispatch",
    (plan) => phase(plan, "dispatch").steps.pop(),
    /atom \(source 0, slot 2\) is never sent; rank 1 waits/,
  ],
  [
    "a lost step of the counts",
    (plan) => phase(plan, "counts").steps.pop(),
    /the number of rows of each atom[^]*never sent/,
  ],
  [
    "a lost step of the combine",
    (plan) => phase(plan, "combine").steps.shift(),
    /back to its source[^]*never sent/,
  ],
  [
    "a doubled step",
    (plan) => phase(plan, "dispatch").steps.push(phase(plan, "dispatch").steps[0]!),
    /step 0: rank 0 sends atom \(source 0, slot 0\)[^]*it is sent twice/,
  ],
  [
    "a peer that is not expected",
    (plan) => (phase(plan, "dispatch").steps[1]!.to = "rank"),
    /rank 0 sends to rank 0[^]*rank 0 receives from rank 1/,
  ],
  [
    "a peer that does not exist",
    (plan) => (phase(plan, "dispatch").steps[1]!.to = ["+", "rank", 1]),
    /not a whole number from 0 to 1/,
  ],
  [
    "ends that disagree about the atoms",
    (plan) => (phase(plan, "dispatch").steps[1]!.send.slot = 0),
    /rank 0 sends rank 1 the atoms of source 0, slot 2\n.*expects those of source 0, slots 2 to 3/,
  ],
  [
    "rows sent that are not there",
    (plan) => {
      const step = phase(plan, "dispatch").steps[1]!;
      step.send = { source: step.to, host: step.to };
      step.receive = { source: "rank", host: "rank" };
    },
    /holds only those of source 0, slots 0 to 3/,
  ],
  [
    "rows that do not arrive in one piece",
    (plan) => (buffer(plan, "e.arrived_rows").layout!.layout = "by_expert"),
    /they do not lie in one piece/,
  ],
  [
    "a buffer without a layout",
    (plan) => delete buffer(plan, "e.arrived_rows").layout,
    /holds no atoms of `e`/,
  ],
  [
    "sizes from the counts of the other direction",
    (plan) => {
      operandOf(plan, "e.read_counts", "sent").buffer = "e.received";
      operandOf(plan, "e.read_counts", "received").buffer = "e.sent";
    },
    /`e\.read_counts` on rank 0 reads as `sent` the counts of source 0, slots 0 to 3/,
  ],
  [
    "a phase that is never launched",
    (plan) => removeLaunch(plan, "e.dispatch"),
    /is launched 0 times instead of once/,
  ],
  [
    "a phase that is launched twice",
    (plan) =>
      cell(plan).launches.push({
        ...launch(plan, "e.combine"),
        id: "again",
        waits: [],
        records: [],
      } as never),
    /is launched 2 times/,
  ],
  [
    "tokens sent to another expert's slot",
    (plan) => (plan.placements[0]!.layers[0]!.replica_slot = [0, 2, 0, 3, 1]),
    /tokens for expert 1 are sent to slot 3\nslot 3 holds expert 2/,
  ],
  [
    "one of an expert's turns at another expert's slot",
    (plan) => (plan.placements[0]!.layers[0]!.replica_slot = [0, 2, 1, 1, 3]),
    /tokens for expert 0 are sent to slot 1\nslot 1 holds expert 1/,
  ],
  [
    "a slot without a turn",
    (plan) => (plan.placements[0]!.layers[0]!.replica_slot = [0, 0, 0, 1, 3]),
    /slot 2 holds expert 0, but no turn is its: no tokens come/,
  ],
  [
    "an expert without a slot",
    (plan) => {
      plan.placements[0]!.layers[0] = {
        expert_of_slot: [0, 1, 0, 1],
        replica_begin: [0, 3, 5, 5],
        replica_slot: [0, 2, 0, 1, 3],
      };
    },
    /expert 2 has no slot/,
  ],
  [
    "an expert twice on one rank",
    (plan) => {
      plan.placements[0]!.layers[0] = {
        expert_of_slot: [0, 0, 1, 2],
        replica_begin: [0, 3, 4, 5],
        replica_slot: [0, 1, 0, 2, 3],
      };
    },
    /rank 0 holds expert 0 twice, in slots 0 and 1/,
  ],
];

test.each(broken)("%s", (_, damage, story) => {
  const plan = smallPlan();
  damage(plan);
  expect(storyOf(failure(plan, "delivery"))).toMatch(story);
});

test("whose turn it is, and how often, is nobody's matter as long as all turns are an expert's own", () => {
  const plan = smallPlan();
  plan.placements[0]!.layers[0]!.replica_slot = [2, 2, 0, 1, 3];
  expect(verify(plan).ok).toBe(true);
});

test("a story names the phase's launch and its source", () => {
  const plan = smallPlan();
  phase(plan, "dispatch").steps.pop();
  const { launches, spans } = failure(plan, "delivery");
  expect(launches.map((each) => each.launch)).toEqual(["e.dispatch"]);
  expect(spans).toEqual([launch(plan, "e.dispatch").span]);
});
