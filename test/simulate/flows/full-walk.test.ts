import { describe, expect, it } from "vitest";
import { pricePlan, simulate, simulateFully, StuckError } from "../../../src/simulate/index.js";
import { defaultParameters, type CostParameters } from "../../../src/cost/index.js";
import { planOf } from "../../examples/example.js";
import {
  exact,
  kernel,
  MEMORY_BYTES_PER_US,
  machine,
  tier,
  tinyPlan,
  transfer,
  type TinyPlan,
} from "../tiny-plan.js";

const full = (plan: TinyPlan, parameters: CostParameters = exact) =>
  simulateFully(pricePlan(tinyPlan(plan), parameters));

/** 8 tokens a rank, one expert: a dispatch between two ranks takes 4 us, since half of the rows stay. */
describe("a full simulation", () => {
  it("walks every rank, and moves every message", () => {
    const plan: TinyPlan = { ranks: 4, launches: [kernel("a", 5), transfer("dispatch")] };
    const simulation = full(plan);
    expect(simulation.walkedRanks).toBe(4);
    expect(simulate(pricePlan(tinyPlan(plan), exact)).walkedRanks).toBe(1);
    // One from each rank to each, itself included.
    expect(simulation.flows).toBe(16);
    expect(simulation.makespanUs).toBeCloseTo(6, 9);
  });

  it("agrees with the plain walk where no two transfers meet", () => {
    const received = ["*", "moe.received", MEMORY_BYTES_PER_US] as const;
    const plan: TinyPlan = {
      loads: [[0.25, 0.75]],
      layers: 3,
      launches: [
        transfer("dispatch", { records: ["there"] }),
        kernel("expert", [...received], { exchange: "moe", waits: ["there"], records: ["done"] }),
        transfer("combine", { waits: ["done"] }),
      ],
    };
    const tiers = [tier({ latency_us: 0.5, message_gap_us: 0.25 })];
    const given = { ...tinyPlan(plan), machine: machine(tiers) };
    const priced = pricePlan(given, exact);
    const [one, all] = [simulate(priced), simulateFully(priced)];
    all.ranks.forEach(({ ends }, rank) => {
      ends.forEach((end, launch) => {
        expect(end).toBeCloseTo(one.ranks[rank]!.ends[launch]!, 9);
      });
    });
  });

  it("prices kernels of DeepEP whole: they share ports and are slowed by kernels as in the plain walk", () => {
    const given = tinyPlan({
      ranks: 4,
      sms: 16,
      ...{ loads: [[0.25, 0.5, 0.125, 0.125]], layers: 2, tokens: 4096 },
      streams: ["compute", "comm", "comm2"],
      others: ["second"],
      launches: [
        transfer("dispatch"),
        transfer("dispatch", { exchange: "second", stream: "comm2" }),
        kernel("beside", 200),
      ],
    });
    const exchanges = given.exchanges.map((each) => ({ ...each, transport: "deepep" as const }));
    const priced = pricePlan({ ...given, exchanges }, defaultParameters);
    const [one, all] = [simulate(priced), simulateFully(priced)];
    expect([all.flows, all.whole]).toEqual([0, 2 * 2]);
    expect(all.makespanUs / one.makespanUs).toBeCloseTo(1, 9);
    const { prices } = priced.roles[0]!;
    const alone = prices.times[prices.rowOf[0]! * prices.columns]!;
    expect(all.ranks[0]!.ends[0]! - all.ranks[0]!.moves[0]!).toBeGreaterThan(1.5 * alone);
  });

  it("lets transfers of two communicators share the ports", () => {
    const simulation = full({
      streams: ["compute", "comm", "comm2"],
      others: ["second"],
      launches: [transfer("dispatch"), transfer("dispatch", { exchange: "second", stream: "comm2" })],
    });
    expect(simulation.makespanUs).toBeCloseTo(8, 9);
  });

  it("slows transfers and kernels beside each other down, as the plain walk does", () => {
    const contention = { kernelContention: 0.25, transferContention: 0.5, transferMemoryContention: 1 };
    const simulation = full(
      { launches: [kernel("a", 100), transfer("dispatch")] },
      { ...exact, ...contention },
    );
    expect([...simulation.ranks[0]!.ends]).toEqual([
      expect.closeTo(102, 9),
      // 2.5 times 4 us.
      expect.closeTo(10, 9),
    ]);
  });

  it("tells what share of the launches has ended", () => {
    const shares: number[] = [];
    const launches = Array.from({ length: 50 }, (_, at) => kernel(`kernel ${String(at)}`, 1));
    simulateFully(pricePlan(tinyPlan({ layers: 200, launches }), exact), (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(Math.max(...shares)).toBeLessThan(1);
  });

  it("is stuck where a rank waits for one that never comes", () => {
    const plan = tinyPlan({ launches: [kernel("a", 1), transfer("dispatch")] });
    const [role] = plan.roles;
    const early = { ...role!, name: "early", ranks: [1], timeline: [] };
    const stuck = { ...plan, roles: [{ ...role!, ranks: [0] }, early] };
    expect(() => simulateFully(pricePlan(stuck, exact))).toThrow(StuckError);
  });
});

describe("of an example, a full simulation and the plain one", () => {
  it.each(["mixtral-8x7b-prefill", "deepseek-v2-lite-prefill"])("%s: agree within 5 %%", async (name) => {
    const priced = pricePlan(await planOf(name));
    expect(simulateFully(priced).makespanUs / simulate(priced).makespanUs - 1).toBeLessThan(0.05);
    expect(simulateFully(priced).makespanUs / simulate(priced).makespanUs - 1).toBeGreaterThan(-0.05);
  });
});
