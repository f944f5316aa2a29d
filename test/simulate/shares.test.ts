// What a step goes to: every instant is charged once, by what the rank that computes longest does in it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { predict, pricePlan, simulate, chargesOf } from "../../src/simulate/index.js";
import type { CostShare, Launch } from "../../src/plan/index.js";
import { randomParameters, randomPlan } from "./random-plan.js";
import { exact, kernel, readCounts, tinyPlan, transfer, type TinyPlan } from "./tiny-plan.js";

const shares = (given: TinyPlan, parameters = exact): Partial<Record<CostShare["cost"], number>> =>
  Object.fromEntries(predict(tinyPlan(given), parameters).shares.map(({ cost, time_us }) => [cost, time_us]));

/** What the experts take for a row, in microseconds. */
const experts = (us: number): Launch =>
  kernel("expert", ["*", "moe.received", us * 1e6], {
    ...{ exchange: "moe", node: "expert", waits: ["there"], records: ["done"] },
  });
const there = transfer("dispatch", { records: ["there"] });
const back = transfer("combine", { waits: ["done"] });

describe("the shares of a step", () => {
  it("are kernels, and the transfers that no kernel hides", () => {
    // 8 rows: 4 us out, of which a kernel of another stream hides 3, 8 us of experts, 4 us back.
    const beside = kernel("work", 3, { stream: "side" });
    const streams = ["compute", "side", "comm"];
    expect(shares({ streams, launches: [there, beside, experts(1), back] })).toEqual({
      memory_bound: 11,
      exposed_dispatch: 1,
      exposed_combine: 4,
    });
  });

  it("tell products of experts from others, and both from attention", () => {
    const work = { flops: { expr: 2e6, value: 2e6 }, bytes: { expr: 0, value: 0 }, dtype: "bf16" as const };
    const of = (launch: Launch, kind: "gemm" | "attention"): Launch => ({
      ...launch,
      ...(launch.kind === "compute" ? { work: { class: kind, ...work } } : {}),
    });
    const launches = [
      of(kernel("q", 0), "gemm"),
      of(kernel("attend", 0), "attention"),
      of(kernel("up", 0, { node: "expert" }), "gemm"),
      of(kernel("down", 0, { node: "expert" }), "gemm"),
    ];
    expect(shares({ launches })).toEqual({ experts: 4, other_gemms: 2, attention: 2 });
  });

  it("are waiting where a transfer runs and nothing moves yet", () => {
    // The second rank has three quarters of the rows: the first is not the one that computes longest, and waits.
    const loads = [[0.25, 0.75]];
    const plan = tinyPlan({ loads, launches: [there, experts(1), back] });
    const priced = pricePlan(plan, exact);
    const { makespanUs, ranks } = simulate(priced);
    const [waits] = ranks.map((each) => chargesOf(each, makespanUs).waits);
    expect(waits).toEqual(Float64Array.of(0, 0, 8));
    expect(predict(plan, exact).shares.map(({ cost }) => cost)).not.toContain("waits_for_ranks");
  });

  it("are the host's, where it reads counts, and idle, where it has not issued yet", () => {
    const slow = { ...exact, hostLaunch: 2, hostCopy: 5 };
    const gate = kernel("gate", 1, { node: "gate", records: ["gate"] });
    const launches = [gate, readCounts({ waits: ["gate"] }), kernel("work", 4)];
    // Issued at 2, ended at 3, counts known at 8, the next issued at 10.
    expect(shares({ launches }, slow)).toEqual({ memory_bound: 5, waits_for_counts: 5, idle: 4 });
  });

  it("are kernels slowed by transfers, by what those take longer than with the whole GPU", () => {
    // The transfer holds half of the SMs for 4 us, in which 2 us of work are done at half the speed.
    const slowed = { ...exact, memorySaturation: 1 };
    const beside = kernel("work", 10, { stream: "side" });
    const streams = ["compute", "side", "comm"];
    expect(shares({ streams, sms: 50, launches: [there, beside] }, slowed)).toEqual({
      memory_bound: 10,
      slowed_by_transfers: 2,
    });
  });

  it("end with the step, where others end later", () => {
    const alone = (us: number): TinyPlan => ({ launches: [experts(us)], loads: [[0.25, 0.75]] });
    const priced = pricePlan(tinyPlan(alone(1)), exact);
    const { makespanUs, ranks } = simulate(priced);
    expect(ranks.map((each) => chargesOf(each, makespanUs).endedUs)).toEqual([8, 0]);
  });
});

describe("for any plan and parameters", () => {
  it("shares add up to the step, largest first, and say each cost once", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), randomParameters, (given, parameters) => {
        const { shares: all, step_time_us: step } = predict(tinyPlan(given), parameters);
        expect(all.reduce((sum, each) => sum + each.time_us, 0)).toBeCloseTo(step, 6);
        expect(new Set(all.map(({ cost }) => cost)).size).toBe(all.length);
        expect(all.map(({ time_us: us }) => us)).toEqual(
          all.map(({ time_us: us }) => us).sort((one, other) => other - one),
        );
      }),
    );
  });
});
