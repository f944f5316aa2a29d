// Any plan that is right delivers any traffic; one that is damaged is found out, and capacity stops an exchange before it begins.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SHARES, type ExchangePlan, type Routing } from "../../../src/exchange-plan/index.js";
import { runExchangePlan } from "../../../src/run/exchange/run.js";
import { openDevice, type OpenDevice } from "../../../src/run/webgpu/device.js";
import { verifyExchange } from "../../../src/verify/index.js";
import { withCopies } from "../../end-to-end/exchange-cases.js";
import { anyPlan, anyRouting } from "../../exchange/any-plan.js";
import { planOf } from "../../exchange/plans.js";

let device: OpenDevice;
beforeAll(async () => {
  device = await openDevice();
});
afterAll(() => {
  device.destroy();
});

/** Plans with traffic, and the seed of an order. */
const exchanges = anyPlan.chain((plan) => fc.tuple(fc.constant(plan), anyRouting(plan.ranks), fc.nat(99)));

describe("a plan that is right", () => {
  it("delivers any traffic, in any order", async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, async ([plan, traffic, seed]) => {
        expect(verifyExchange(plan).ok).toBe(true);
        const { failure } = await runExchangePlan(plan, { backend: "cpu", traffic, seed });
        expect(failure).toBeUndefined();
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  it("delivers it on WebGPU too", async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, async ([plan, traffic, seed]) => {
        const { failure } = await runExchangePlan(plan, { backend: "webgpu", traffic, seed, device });
        expect(failure).toBeUndefined();
      }),
      { seed: 9, numRuns: 40 },
    );
  });
});

/** Eight tokens of each rank for all: every eighth of what any pair has is a row. */
const everywhere = (ranks: number): Routing =>
  Array.from({ length: ranks }, () =>
    Array.from({ length: 8 }, () => Array.from({ length: ranks }, (_, rank) => rank)),
  );

/** Dispatches and combines, with copies and sums or without. */
const variants: readonly (readonly [string, Partial<ExchangePlan>])[] = [
  ["a dispatch", { direction: "dispatch" }],
  ["a dispatch of copies", { direction: "dispatch", copies: true }],
  ["a combine", { direction: "combine" }],
  ["a combine of copies", { direction: "combine", copies: true }],
  ["a combine of sums", { direction: "combine", copies: true, partial_sums: true }],
];

describe.each(["cpu", "webgpu"] as const)("on %s, a damaged plan is found out", (backend) => {
  const failureOf = async (plan: ExchangePlan) => {
    expect(verifyExchange(plan).ok).toBe(false);
    return (await runExchangePlan(plan, { backend, traffic: everywhere(plan.ranks), seed: 5, device }))
      .failure;
  };
  const shape = { nodes: 3, ranksPerNode: 2 };

  it.each(variants)("where a route is missing: %s", async (_, variant) => {
    const plan = { ...planOf(shape, "spread", 2), ...variant };
    for (const dropped of plan.routes.keys()) {
      const failure = await failureOf({ ...plan, routes: plan.routes.filter((_, at) => at !== dropped) });
      // A sum of which a summand is missing is there, and wrong; without any it is missing.
      expect(failure?.kind).toMatch(plan.direction === "dispatch" ? /^missing$/ : /^(missing|wrong_result)$/);
    }
  });

  it.each(variants)("where a share is missing, or taken twice: %s", async (_, variant) => {
    const plan = { ...planOf(shape, "forward"), ...variant };
    const cut = (share: [number, number]): ExchangePlan => ({
      ...plan,
      routes: plan.routes.map((route, at) => (at === 1 ? { ...route, share } : route)),
    });
    const less = await failureOf(cut([0, (SHARES * 7) / 8]));
    expect(less?.kind).toMatch(plan.direction === "dispatch" ? /^missing$/ : /^(missing|wrong_result)$/);
    const more = await failureOf({ ...plan, routes: [...plan.routes, plan.routes[1]!] });
    expect(more?.kind).toMatch(plan.direction === "dispatch" ? /^twice$/ : /^wrong_result$/);
  });

  it.each(variants)("where two hops change places: %s", async (_, variant) => {
    const plan = { ...planOf(shape, "spread"), ...variant };
    for (const [left, right] of [
      [0, 1],
      [1, 2],
    ] as const) {
      const [route] = plan.routes.slice(1);
      const launches = [...route!.launches];
      [launches[left], launches[right]] = [launches[right]!, launches[left]!];
      const failure = await failureOf({ ...plan, routes: [plan.routes[0]!, { ...route!, launches }] });
      expect(failure?.kind).toBe("poison");
      expect(failure?.message).toMatch(
        /^rank \d sends on what has not arrived: (rows|copies) \d to \d of rank \d for (rank|node) \d, from rank \d to rank \d in launch step\.\d$/,
      );
    }
  });

  it("where a hop waits for one of its own launch", async () => {
    const plan = planOf(shape, "forward");
    const routes = plan.routes.map((route, at) => (at === 1 ? { ...route, launches: [0, 0] } : route));
    expect((await failureOf({ ...plan, routes }))?.kind).toBe("poison");
  });
});

describe("a capacity", () => {
  const plan = { ...planOf({ nodes: 2, ranksPerNode: 2 }, "forward"), capacity_rows: 8 };
  const none: Routing[number] = [];
  const run = (traffic: Routing, capacity = 8) =>
    runExchangePlan({ ...plan, capacity_rows: capacity }, { backend: "cpu", traffic });

  it("stops an exchange in which a rank would receive more, before it begins", async () => {
    const nine = Array.from({ length: 9 }, () => [3]);
    const { ok, failure, messages } = await run([none, nine, none, none]);
    expect(ok).toBe(false);
    expect(failure).toEqual({
      kind: "over_capacity",
      rank: 3,
      rows: 9,
      capacity: 8,
      message: "rank 3 would receive 9 rows; 8 fit",
    });
    expect(messages).toBe(0);
    expect((await run([none, nine, none, none], 9)).failure).toBeUndefined();
  });

  it("stops one in which a rank would hold more for others", async () => {
    // All of rank 0's rows for the other node pass rank 3, of which neither 4 nor 5 receives many.
    const wide = { ...planOf({ nodes: 2, ranksPerNode: 3 }, "forward"), capacity_rows: 8 };
    const nine = Array.from({ length: 9 }, (_, at) => [at < 5 ? 4 : 5]);
    const traffic = [nine, none, none, none, none, none];
    const { failure } = await runExchangePlan(wide, { backend: "cpu", traffic });
    expect(failure).toMatchObject({ kind: "over_capacity", rank: 3, rows: 9, capacity: 8 });
    expect(failure?.message).toBe("rank 3 would hold 9 rows for others; 8 fit");
  });

  it("counts a copy once, and sums as they cross", async () => {
    const both = Array.from({ length: 8 }, () => [2, 3]);
    const copied = withCopies(plan);
    const traffic = [both, none, none, none];
    expect((await runExchangePlan(copied, { backend: "cpu", traffic })).failure).toBeUndefined();
    const back = { ...copied, direction: "combine" as const, partial_sums: true };
    expect((await runExchangePlan(back, { backend: "cpu", traffic })).failure).toBeUndefined();
  });
});
