// Plans that are right are proved, plans that are damaged are not, and what a tiny execution sees go wrong no proof lets pass.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  countsOfRouting,
  type Counts,
  type ExchangePlan,
  type Route,
} from "../../../src/exchange-plan/index.js";
import { verifyExchange, type VerifyResult } from "../../../src/verify/index.js";
import { planOf } from "../../exchange/plans.js";
import { damages } from "./damages.js";
import { misdelivery } from "./deliver.js";
import { anyPlan } from "./random-plans.js";

/** A few tokens for each rank, with destinations as a sequence of numbers has them. */
function trafficOf(plan: ExchangePlan, seed: number, tokens = 12): Counts {
  let state = seed + 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const routing = Array.from({ length: plan.ranks }, (_, source) =>
    // Every third rank has nothing to send.
    Array.from({ length: source % 3 === 2 ? 0 : tokens }, () => {
      const most = 1 + next(Math.min(plan.ranks, 4));
      const destinations = new Set(Array.from({ length: most }, () => next(plan.ranks)));
      return [...destinations].sort((left, right) => left - right);
    }),
  );
  return countsOfRouting(routing, plan);
}

const failed = ({ properties }: VerifyResult): readonly string[] =>
  properties.filter((each) => each.counterexample !== undefined).map((each) => each.name);

test("plans that are right are proved, and deliver", () => {
  fc.assert(
    fc.property(anyPlan(), fc.nat(1000), (plan, seed) => {
      expect(verifyExchange(plan).properties.filter((each) => !each.ok)).toEqual([]);
      if (plan.ranks <= 16) expect(misdelivery(plan, trafficOf(plan, seed))).toBeUndefined();
    }),
    { numRuns: 150 },
  );
});

describe("a proof fails where", () => {
  it.each(damages)("$name", ({ law, of }) => {
    let damaged = 0;
    fc.assert(
      fc.property(
        anyPlan({ mostNodes: 4, mostRanks: 4 }),
        fc.infiniteStream(fc.nat(1_000_000)),
        (plan, numbers) => {
          const wrong = of(plan, (below) => Number(numbers.next().value) % below);
          if (wrong === undefined) return;
          damaged++;
          const result = verifyExchange(wrong);
          expect(result.ok).toBe(false);
          expect(failed(result)[0]).toBe(law);
        },
      ),
      { numRuns: 40 },
    );
    expect(damaged).toBeGreaterThan(5);
  });
});

test("what goes wrong in an execution is refuted", () => {
  let seen = 0;
  const ofDelivery = damages.filter(({ law }) => law === "delivery" || law === "races");
  fc.assert(
    fc.property(
      anyPlan({ mostNodes: 3, mostRanks: 3 }),
      fc.constantFrom(...ofDelivery),
      fc.nat(1000),
      (plan, { of }, seed) => {
        const wrong = of(plan, (below) => seed % below);
        // So many tokens that the smallest difference of shares is that of a row is more than can be executed; most are larger.
        if (wrong === undefined || misdelivery(wrong, trafficOf(wrong, seed)) === undefined) return;
        seen++;
        expect(verifyExchange(wrong).ok).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
  expect(seen).toBeGreaterThan(50);
});

test("shares, ways, launches and pairs at random are proved only where they deliver", () => {
  // Most of such plans are wrong, some are right: routes are put together without regard to one another.
  const routes = fc.array(
    fc.record({
      pairs: fc.constantFrom<Route["pairs"]>(
        "all",
        "within",
        { shifts: [1, 2] },
        { from: 0, to: 1 },
        { from: 1, to: 0 },
      ),
      share: fc.constantFrom<Route["share"]>([0, 65_536], [0, 32_768], [32_768, 65_536]),
      way: fc.constantFrom("direct" as const, "forward" as const),
      launches: fc.constantFrom<Route["launches"]>([0, 1], [0, 1], [1, 0], [1, 1]),
    }),
    { minLength: 1, maxLength: 4 },
  );
  let [right, wrong] = [0, 0];
  fc.assert(
    fc.property(fc.boolean(), routes, fc.nat(1000), (copies, parts, seed) => {
      const put = {
        ...planOf({ nodes: 2, ranksPerNode: 2 }, "forward"),
        copies,
        routes: parts.map((route) => ({
          ...route,
          launches: route.launches.slice(0, route.way === "direct" ? 1 : 2),
        })),
      };
      // Tokens for all ranks, so that each share of each pair has rows.
      const everywhere = Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => [0, 1, 2, 3]));
      const { ok } = verifyExchange(put);
      const delivers =
        misdelivery(put, countsOfRouting(everywhere, put)) === undefined &&
        misdelivery(put, trafficOf(put, seed)) === undefined;
      // A copy that is not taken apart does no harm where others bring its rows, and is refuted all the same.
      if (!put.copies || ok) expect(ok).toBe(delivers);
      if (ok) right++;
      else wrong++;
    }),
    { numRuns: 3000 },
  );
  expect(right).toBeGreaterThan(10);
  expect(wrong).toBeGreaterThan(100);
});
