// Law: no cycle of waits, communicators used alike on all ranks, no dead wait, counts read before they are needed.
import { describe, expect, test } from "vitest";
import { verify } from "../../src/verify/index.js";
import {
  cell,
  failure,
  hostRead,
  kernel,
  launchesIn,
  moveBefore,
  phase,
  removeLaunch,
  splitRoles,
  storyOf,
  transferred,
} from "./edit.js";
import { moeCell, smallPlan } from "./small-plan.js";

describe("ranks with timelines of their own", () => {
  test("may differ where they do not communicate", () => {
    const plan = smallPlan(["e", "f"]);
    splitRoles(plan, moeCell("alike", ["e", "f"]));
    expect(verify(plan).ok).toBe(true);
  });

  test("deadlock when they use two communicators in another order", () => {
    const plan = smallPlan(["e", "f"]);
    splitRoles(plan, moeCell("swapped", ["f", "e"]));
    const counterexample = failure(plan, "progress");
    expect(new Set(counterexample.launches.map((each) => each.rank))).toEqual(new Set([0, 1]));
    expect(storyOf(counterexample)).toMatch(/rank 0: `f\.counts` .* behind `e\.combine`/);
    expect(storyOf(counterexample)).toMatch(
      /rank 1: `f\.read_counts` .* waits for event `f\.told` of `f\.counts`/,
    );
    expect(storyOf(counterexample)).toContain("none of them ever starts");
    expect(counterexample.launches.length, "the shortest cycle").toBe(4);
  });

  test("deadlock when they use two communicators of one exchange in another order", () => {
    const plan = smallPlan();
    plan.groups.push({ ...plan.groups[0]!, name: "e.side" });
    phase(plan, "combine").group = "e.side";
    expect(verify(plan).ok).toBe(true);
    const other = moeCell("swapped", ["e"]);
    splitRoles(plan, other);
    moveBefore({ ...plan, cells: [other] }, "e.combine", "e.counts");
    transferred({ ...plan, cells: [other] }, "e.combine").waits = [];
    const counterexample = failure(plan, "progress");
    expect(storyOf(counterexample)).toMatch(/rank 1: `e\.counts` .* behind `e\.combine`/);
    expect(storyOf(counterexample)).toContain("none of them ever starts");
  });

  test("fail when one communicator's operations stand in another order", () => {
    const plan = smallPlan();
    const other = moeCell("swapped", ["e"]);
    splitRoles(plan, other);
    moveBefore({ ...plan, cells: [other] }, "e.combine", "e.dispatch");
    const counterexample = failure(plan, "progress");
    expect(launchesIn(counterexample)).toEqual(["e.dispatch", "e.combine"]);
    expect(storyOf(counterexample)).toContain("operation 1 of communicator `e.group` on rank 0");
  });

  test("fail when one of them takes no part in an operation", () => {
    const plan = smallPlan();
    const other = moeCell("short", ["e"]);
    splitRoles(plan, other);
    removeLaunch({ ...plan, cells: [other] }, "e.combine");
    kernel({ ...plan, cells: [other] }, "e.reduce").waits = [];
    expect(storyOf(failure(plan, "progress"))).toContain("operation 2 of communicator `e.group`");
  });
});

describe("waits", () => {
  test("for an event that nobody records are reported", () => {
    const plan = smallPlan();
    kernel(plan, "e.pack").records = [];
    const counterexample = failure(plan, "progress");
    expect(launchesIn(counterexample)).toEqual(["e.dispatch"]);
    expect(storyOf(counterexample)).toContain("no launch of the role records it");
  });

  test("that find no record in any layer are reported", () => {
    const plan = smallPlan();
    kernel(plan, "norm").waits = ["late"];
    kernel(plan, "logits").records = ["late"];
    expect(storyOf(failure(plan, "progress"))).toContain("only after all 2 waits");
  });

  test("for the layer before are legal, though the first layer's finds no record", () => {
    const plan = smallPlan();
    kernel(plan, "norm").waits = ["layer"];
    kernel(plan, "add").records = ["layer"];
    expect(verify(plan).ok).toBe(true);
  });
});

describe("counts", () => {
  test("must be read before rows are sent", () => {
    const plan = smallPlan();
    removeLaunch(plan, "e.read_counts");
    const counterexample = failure(plan, "progress");
    expect(launchesIn(counterexample)).toEqual(["e.dispatch"]);
    expect(storyOf(counterexample)).toContain("has read none yet");
  });

  test("must be read before kernels over received rows are issued", () => {
    const plan = smallPlan();
    moveBefore(plan, "e.read_counts", "e.expert");
    // The transfer too comes after the read, so that only `e.unpack` comes too early.
    moveBefore(plan, "e.dispatch", "e.expert");
    expect(launchesIn(failure(plan, "progress"))).toEqual(["e.unpack"]);
  });

  test("of the layer before do not count", () => {
    const plan = smallPlan();
    const moved = hostRead(plan, "e.read_counts");
    removeLaunch(plan, "e.read_counts");
    cell(plan).launches.push(moved);
    plan.roles[0]!.timeline[1]!.repeat = 2;
    expect(launchesIn(failure(plan, "progress"))[0]).toBe("e.dispatch");
  });
});
