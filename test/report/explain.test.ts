// Explanations say what the simulation shows: by hand on tiny plans, and as laws on any plan.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CostParameters } from "../../src/cost/index.js";
import { explain, type Explanation } from "../../src/report/explain/explanation.js";
import { heatOf } from "../../src/report/explain/heat.js";
import { Intervals } from "../../src/report/explain/intervals.js";
import { lossesOf } from "../../src/report/explain/losses.js";
import { renderExplanation } from "../../src/report/explain/render.js";
import { simulatedPlan, type SimulatedPlan } from "../../src/report/simulated-plan.js";
import { stepAccount } from "../../src/report/step-account.js";
import { pricePlan } from "../../src/simulate/index.js";
import { randomParameters, randomPlan } from "../simulate/random-plan.js";
import { exact, kernel, readCounts, tinyPlan, transfer, type TinyPlan } from "../simulate/tiny-plan.js";

const simulated = (given: TinyPlan, parameters: CostParameters = exact): SimulatedPlan => {
  const plan = tinyPlan(given);
  return simulatedPlan(plan, pricePlan(plan, parameters));
};
const explained = (given: TinyPlan): Explanation => explain(simulated(given));

/** Between two ranks a transfer takes 4 us: half of 8 rows of 1000 bytes stay. */
describe("what hides what", () => {
  it("is the share of a transfer's moving that some kernel of the rank covers, and whose", () => {
    const { transfers } = explained({
      microBatches: 2,
      launches: [
        transfer("dispatch"),
        kernel("gate", 1, { node: "gate", batch: 1 }),
        kernel("work", 2, { batch: 1 }),
      ],
    });
    expect(transfers).toHaveLength(1);
    expect(transfers[0]).toMatchObject({
      ...{ transfer: "dispatch", bytes: 4000, waits_us: 0, moves_us: 4, hidden_us: 3 },
      behind: [
        { node: "work@1", share: 0.666667 },
        { node: "gate@1", share: 0.333333 },
      ],
    });
  });

  it("tells the waiting for other ranks from the moving", () => {
    const { transfers } = explained({
      loads: [[0.25, 0.75]],
      launches: [
        kernel("expert", ["*", "moe.received", 1e6], { node: "expert", exchange: "moe", records: ["done"] }),
        transfer("combine", { waits: ["done"] }),
      ],
    });
    // 4 rows against 12: rank 0 waits 8 us, rank 1 none; both then move 6 of 8 kB one way.
    expect(transfers[0]).toMatchObject({ waits_us: 4, moves_us: 6, hidden_us: 0 });
  });
});

describe("another library", () => {
  it("is priced for the same launches, beside the plan's own", () => {
    const explanation = explained({ launches: [transfer("dispatch"), transfer("combine")] });
    const [own, other] = explanation.transports;
    expect(own).toEqual({ transport: "nccl", step_time_us: explanation.step_time_us });
    expect(other!.transport).toBe("deepep");
    const text = renderExplanation(explanation, []);
    expect(text).toContain("with transport nccl: 8.00 us (as in this plan)");
    expect(text).toMatch(/with transport deepep: [\d.]+ us \(\+[\d.]+ %\)/);
  });

  it("has nothing to move where no rows travel", () => {
    const plan = tinyPlan({ launches: [kernel("work", 5)] });
    const still = { ...plan, exchanges: [] };
    const explanation = explain(simulatedPlan(still, pricePlan(still, exact)));
    expect(explanation.transports).toEqual([]);
    expect(renderExplanation(explanation, [])).not.toContain("transport");
  });
});

describe("what is exposed, and why", () => {
  it("is booked on the transfer that the next kernel needs", () => {
    const { standstills } = explained({
      launches: [
        kernel("work", 2, { records: ["rows"] }),
        transfer("dispatch", { waits: ["rows"], records: ["arrived"] }),
        kernel("expert", 5, { waits: ["arrived"] }),
      ],
    });
    expect(standstills).toEqual([
      { on: "dispatch", reason: "rows", total_us: 4, waits_for_ranks_us: 0, before: "expert" },
    ]);
  });

  it("goes back through the host, where it read counts before it issued the kernel", () => {
    const { standstills } = explain(
      simulated(
        {
          launches: [
            transfer("counts", { records: ["counts"] }),
            readCounts({ waits: ["counts"] }),
            kernel("expert", 5),
          ],
        },
        { ...exact, hostCopy: 7, transferStart: 2 },
      ),
    );
    const booked = Object.fromEntries(standstills.map(({ on, total_us }) => [on, Math.round(total_us)]));
    expect(booked).toEqual({ read: 7, counts: 2 });
  });

  it("names the rank that comes last, and what it computes meanwhile", () => {
    const { waited_for, standstills } = explained({
      loads: [[0.25, 0.75]],
      launches: [
        kernel("expert", ["*", "moe.received", 1e6], { node: "expert", exchange: "moe", records: ["done"] }),
        transfer("combine", { waits: ["done"], records: ["back"] }),
        kernel("work", 1, { waits: ["back"] }),
      ],
    });
    expect(waited_for).toEqual({
      exposed_wait_us: 4,
      ranks: [{ rank: 1, share: 1 }],
      nodes: [{ node: "expert", share: 1 }],
      otherwise: 0,
    });
    expect(standstills[0]).toMatchObject({ on: "combine", reason: "layer_end", total_us: 10 });
  });
});

describe("where rows crowd", () => {
  it("is the rank that receives most and the expert chosen most", () => {
    const { loads } = explained({ loads: [[0.25, 0.75]], launches: [transfer("dispatch")] });
    expect(loads[0]).toMatchObject({ mean_rows: 8, mean_peak: 1.5, hottest: [{ rank: 1, layers: 1 }] });
    expect(loads[0]?.peaks[0]).toEqual({ layer: 0, rank: 1, rows: 12, factor: 1.5, experts: [1] });
    expect(loads[0]?.experts[0]).toEqual({
      ...{ layer: 0, expert: 1, share: 0.75, factor: 1.5, replicas: 1, ranks: [1] },
      split: [1],
    });
  });

  it("tells how replicas share an expert's tokens", () => {
    const given = tinyPlan({ slotsPerRank: 2, loads: [[0.7, 0.2, 0.1]], launches: [transfer("dispatch")] });
    const [placement] = given.placements;
    const tables = {
      ...{ expert_of_slot: [0, 1, 0, 2], replica_begin: [0, 4, 5, 6], replica_slot: [2, 2, 0, 2, 1, 3] },
    };
    const plan = { ...given, placements: [{ ...placement!, experts: 3, layers: [tables] }] };
    const [heat] = heatOf(simulatedPlan(plan, pricePlan(plan, exact)));
    expect(heat?.experts[0]).toMatchObject({ expert: 0, replicas: 2, ranks: [0, 1], split: [0.25, 0.75] });
  });
});

describe("for any plan and parameters", () => {
  it("the losses of the busiest rank add up to the step, and so do the accounts of all ranks", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), randomParameters, (given, parameters) => {
        const plan = simulated(given, parameters);
        const step = plan.simulation.makespanUs;
        const parts = lossesOf(plan).parts.reduce((sum, { us }) => sum + us, 0);
        expect(parts).toBeCloseTo(step, 6);
        for (const times of plan.simulation.ranks) {
          const account = stepAccount(times, step);
          const all = (Object.values(account) as number[]).reduce((sum, us) => sum + us, 0);
          expect(all).toBeCloseTo(step, 6);
          expect(account.computes_us).toBeCloseTo(times.computeUs, 6);
          expect(account.moves_us + account.waits_for_ranks_us).toBeCloseTo(times.exposedUs, 6);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("standstills are all the time without a kernel, and hide nothing more than moves", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), randomParameters, (given, parameters) => {
        const plan = simulated(given, parameters);
        const { standstills, transfers } = explain(plan);
        const { ranks, makespanUs } = plan.simulation;
        const idle = ranks.reduce((sum, { computeUs }) => sum + makespanUs - computeUs, 0) / ranks.length;
        expect(standstills.reduce((sum, { total_us }) => sum + total_us, 0)).toBeCloseTo(idle, 1);
        for (const { moves_us, hidden_us, behind } of transfers) {
          expect(hidden_us).toBeLessThanOrEqual(moves_us + 1e-3);
          if (behind.length > 0) expect(behind.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 4);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("an explanation can be printed, and holds finite numbers alone", () => {
    fc.assert(
      fc.property(randomPlan({ simple: true }), randomParameters, (given, parameters) => {
        const text = renderExplanation(explain(simulated(given, parameters)), []);
        expect(text).toContain("In short");
        expect(text).not.toMatch(/NaN|undefined|Infinity/);
      }),
      { numRuns: 25 },
    );
  });
});

describe("intervals", () => {
  it("cover, overlap and leave gaps like sets of moments", () => {
    const moments = fc.array(fc.tuple(fc.nat(20), fc.nat(5)), { maxLength: 8 });
    fc.assert(
      fc.property(moments, fc.nat(20), fc.nat(8), (given, from, length) => {
        const sorted = given
          .map(([start, long]) => [start, start + long] as const)
          .sort((a, b) => a[0] - b[0]);
        const intervals = new Intervals<number>();
        sorted.forEach(([start, end], at) => intervals.add(start, end, at));
        const within = Array.from({ length }, (_, at) => from + at);
        const busy = (moment: number): boolean =>
          sorted.some(([start, end]) => start <= moment && moment < end);
        expect(intervals.covered(from, from + length)).toBe(within.filter(busy).length);
        let overlap = 0;
        intervals.overlaps(from, from + length, (each) => (overlap += each));
        const counted = within.flatMap((m) => sorted.filter(([start, end]) => start <= m && m < end));
        expect(overlap).toBe(counted.length);
        const gaps = intervals.gaps(0, 30).reduce((sum, [start, end]) => sum + end - start, 0);
        expect(gaps).toBe(Array.from({ length: 30 }, (_, at) => at).filter((m) => !busy(m)).length);
      }),
    );
  });
});
