import { describe, expect, it } from "vitest";
import type { Launch } from "../../src/plan/index.js";
import {
  Amounts,
  hostOf,
  pricePlan,
  simulate,
  variations,
  type Variation,
} from "../../src/simulate/index.js";
import { exact, kernel, machine, readCounts, tier, tinyPlan, transfer } from "./tiny-plan.js";

const only = (launches: readonly Launch[], kind: "compute" | "transfer"): Launch => {
  const found = launches.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
};

describe("the amounts of a launch on a rank", () => {
  it("are the rows of a transfer, its own included, and the bytes that leave and reach the rank", () => {
    const launches = [transfer("dispatch")];
    const amounts = new Amounts(pricePlan(tinyPlan({ loads: [[0.25, 0.75]], launches }), exact));
    const launch = only(launches, "transfer");
    if (launch.kind !== "transfer") return;
    expect(amounts.transfer(launch, 0, 0)).toEqual({
      ...{ sentRows: 8, receivedRows: 4, out: [6000], into: [2000] },
    });
    expect(amounts.transfer(launch, 0, 1)).toEqual({
      ...{ sentRows: 8, receivedRows: 12, out: [2000], into: [6000] },
    });
  });

  it("count what a rank forwards for others, on a rail", () => {
    const launches = [transfer("dispatch")];
    const tiers = [tier({ joins: 2 }), tier({ name: "ib", kind: "rail", joins: 2 })];
    const plan = tinyPlan({ ranks: 4, launches, machine: machine(tiers, 4) });
    const launch = only(launches, "transfer");
    if (launch.kind !== "transfer") return;
    // 2 rows for each rank: those for rank 3 go by rank 1, which shares its index; rank 1 forwards as many for rank 0.
    const { out, into } = new Amounts(pricePlan(plan, exact)).transfer(launch, 0, 0);
    expect(out).toEqual([4000, 4000]);
    expect(into).toEqual([4000, 4000]);
  });

  it("are a kernel's FLOPs, bytes and rows at the rank's counts", () => {
    const launches = [kernel("expert", ["*", "moe.received", 10], { node: "expert", exchange: "moe" })];
    const amounts = new Amounts(pricePlan(tinyPlan({ loads: [[0.25, 0.75]], launches }), exact));
    const launch = only(launches, "compute");
    if (launch.kind !== "compute") return;
    expect(amounts.kernel(launch, 0, 1)).toEqual({ flops: 0, bytes: 120, rows: 8 });
  });
});

describe("the host of a rank", () => {
  it("issues launches one after the other and stops at a read until the counts are there", () => {
    const plan = tinyPlan({
      launches: [
        kernel("a", 10, { records: ["a"] }),
        transfer("counts", { waits: ["a"], records: ["counts"] }),
        readCounts({ waits: ["counts"] }),
        kernel("b", 1),
      ],
    });
    const costs = { ...exact, hostLaunch: 2, hostGroup: 3, hostCopy: 1 };
    const spans = hostOf(simulate(pricePlan(plan, costs)).ranks[0]!);
    expect(spans.map(({ startUs, endUs }) => [startUs, endUs].map((us) => Number(us.toFixed(2))))).toEqual([
      [0, 2],
      [2, 5],
      [5, 13],
      [13, 15],
    ]);
    expect(spans[2]!.readyUs).toBeCloseTo(12, 2);
  });
});

describe("variations", () => {
  const plan = tinyPlan({
    loads: [[0.25, 0.75]],
    sms: 50,
    streams: ["compute", "side", "comm"],
    launches: [
      transfer("dispatch", { records: ["rows"] }),
      kernel("beside", 6, { stream: "side" }),
      kernel("expert", ["*", "moe.received", 1e6], { node: "expert", exchange: "moe", waits: ["rows"] }),
    ],
  });
  const times = Object.fromEntries(
    variations(pricePlan(plan, exact)).map(({ name, stepTimeUs }) => [name, stepTimeUs]),
  ) as Record<Variation["name"], number>;
  const step = simulate(pricePlan(plan, exact)).makespanUs;

  it("take no longer than the step where they only remove something", () => {
    for (const name of ["free_links", "free_transfer_sms", "free_host"] as const)
      expect(times[name]).toBeLessThanOrEqual(step + 1e-9);
  });

  it("leave out the transfer alone, where links are free", () => {
    // `beside` and rank 1's 12 us of experts share the GPU from the start.
    expect(times.free_links).toBeCloseTo(18, 6);
  });
});
