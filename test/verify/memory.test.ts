// Law: buffers lie where nothing live is overwritten, hold what they must under every routing, and fit the device.
import { expect, test } from "vitest";
import type { LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { buffer, exchange, failure, operandOf, region, removeLaunch, storyOf } from "./edit.js";
import { smallPlan } from "./small-plan.js";

const plain = (value: number) => ({ expr: value, value });

const broken: readonly (readonly [string, (plan: LaunchPlan) => unknown, RegExp])[] = [
  [
    "a region that is smaller than its buffer",
    (plan) => (region(plan, "e.send_rows").bytes = plain(16)),
    /`e\.send_rows` has 1 instance of 256 bytes[^]*has 16 bytes/,
  ],
  [
    "regions that overlap",
    (plan) => (region(plan, "e.send_rows").offset = plain(region(plan, "e.weights").offset.value)),
    /begins at [\d,]+, within it/,
  ],
  [
    "a region beyond the end of memory",
    (plan) => (plan.memory.total = plain(plan.memory.total.value - 16)),
    /region `output` ends at byte/,
  ],
  ["an offset that is not aligned", (plan) => (plan.memory.alignment_bytes = 32), /not a multiple of 32/],
  ["more memory than the GPU has", (plan) => (plan.machine.gpu.memory_bytes = 1000), /a GPU has 1,000/],
  [
    "instances that are smaller than their shape",
    (plan) => (buffer(plan, "u").instance_bytes = plain(64)),
    /shape \[4, 8\] needs 128 bytes/,
  ],
  [
    "weights of the gate overwritten by packed rows while they are needed",
    (plan) => (buffer(plan, "e.weights").region = "e.send_rows"),
    /`e\.route`.* writes `e\.weights`[^]*`e\.pack`.* writes `e\.send_rows`[^]*`e\.reduce`.* reads/,
  ],
  [
    "expert weights overwritten by activations",
    (plan) => (buffer(plan, "e.result").region = "e.matrix"),
    /hold `e\.matrix`\[0\], weights that must outlive the step/,
  ],
  [
    "a read before any write",
    (plan) => removeLaunch(plan, "norm"),
    /reads `u`\[0\][^]*nothing has written it before/,
  ],
  [
    "a write to weights",
    (plan) => (operandOf(plan, "e.route", "router").access = "update"),
    /is filled before the step and only read/,
  ],
  [
    "a capacity below the worst case",
    (plan) => (exchange(plan).capacity_rows = plain(15)),
    /may receive 16 rows[^]*room for 15/,
  ],
  [
    "too few rows for what may arrive",
    (plan) => (buffer(plan, "e.arrived_rows").shape = [15, "hidden"]),
    /up to 16 rows[^]*room for 15/,
  ],
  [
    "too few counts for the atoms",
    (plan) => (buffer(plan, "e.received").shape = [3]),
    /up to 4 counts[^]*room for 3/,
  ],
  [
    "a mean that is not what a rank sends",
    (plan) => {
      exchange(plan).mean_rows = plain(7);
      for (const each of plan.cells.flatMap(({ launches }) => launches))
        if (each.kind === "compute" && each.rows.end.expr === "e.received") each.rows.end.value = 7;
    },
    /sends 8 rows[^]*says 7/,
  ],
];

test.each(broken)("%s", (_, damage, story) => {
  const plan = smallPlan();
  // Offsets as plain numbers, so that a damaged region does not move those behind it.
  for (const each of plan.memory.regions) each.offset = plain(each.offset.value);
  plan.memory.total = plain(plan.memory.total.value);
  damage(plan);
  expect(storyOf(failure(plan, "memory"))).toMatch(story);
});

test("buffers may share bytes when one is done with before the other is written", () => {
  const plan = smallPlan();
  // What arrived has been unpacked before results are made, and is not written again before they have left.
  buffer(plan, "e.leaving_rows").region = "e.expert_rows";
  buffer(plan, "e.expert_rows").region = "e.expert_rows";
  expect(verify(plan).properties.flatMap((each) => each.counterexample?.story ?? [])).toEqual([]);
});

test("with a bound, room for the bound is enough", () => {
  const plan = smallPlan();
  exchange(plan).tokens = { policy: "dropless", bound: 1.5, overflow: "abort" };
  exchange(plan).capacity_rows = plain(12);
  expect(verify(plan).ok).toBe(true);
  exchange(plan).capacity_rows = plain(11);
  expect(storyOf(failure(plan, "memory"))).toContain("1.5 times the mean");
});
