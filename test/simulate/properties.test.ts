import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CostParameters } from "../../src/cost/index.js";
import { launchesOf, lowerBound, pricePlan, simulate } from "../../src/simulate/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { randomParameters, randomPlan } from "./random-plan.js";
import { exact, noContention, tinyPlan } from "./tiny-plan.js";

const makespan = (plan: LaunchPlan, parameters: CostParameters): number =>
  simulate(pricePlan(plan, parameters)).makespanUs;

describe("for any plan and parameters", () => {
  it("the lower bound holds", () => {
    // Without launch costs and losses a step comes near it, so that one too large would show.
    const anyParameters = fc.oneof(fc.constant(exact), randomParameters);
    fc.assert(
      fc.property(randomPlan({ simple: false }), anyParameters, (given, parameters) => {
        const priced = pricePlan(tinyPlan(given), parameters);
        const { timeUs } = lowerBound(priced);
        expect(timeUs).toBeLessThanOrEqual(simulate(priced).makespanUs * (1 + 1e-9));
      }),
      { numRuns: 400 },
    );
  });

  it("streams are first in first out and launches end after they start", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), randomParameters, (given, parameters) => {
        for (const rank of simulate(pricePlan(tinyPlan(given), parameters)).ranks) {
          const ends = new Map<string, number>();
          for (const { stream, startUs, moveUs, endUs } of launchesOf(rank)) {
            expect(startUs).toBeLessThanOrEqual(moveUs);
            expect(moveUs).toBeLessThanOrEqual(endUs);
            if (stream === undefined) continue;
            expect(startUs).toBeGreaterThanOrEqual(ends.get(stream) ?? 0);
            ends.set(stream, endUs);
          }
        }
      }),
    );
  });

  it("walking one of many equal instances gives what walking all gives", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), randomParameters, (given, parameters) => {
        const size = given.ranks ?? 1;
        const one = simulate(pricePlan(tinyPlan({ ...given, ranks: size, groupSize: size }), parameters));
        const two = simulate(pricePlan(tinyPlan({ ...given, ranks: size * 2, groupSize: size }), parameters));
        fc.pre(two.walkedRanks === one.walkedRanks);
        expect(two.makespanUs).toBeCloseTo(one.makespanUs, 6);
      }),
    );
  });

  it("walking one of many equal ranks gives what walking each gives", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), randomParameters, (given, parameters) => {
        const slots = (given.ranks ?? 1) * (given.slotsPerRank ?? 1);
        const even = Array.from({ length: slots }, () => 1 / slots);
        // So little that no time changes visibly, and enough that ranks are told apart.
        const uneven = even.map((load, slot) => load * (1 + (slot % 2 === 0 ? 1e-7 : -1e-7)));
        const one = simulate(pricePlan(tinyPlan({ ...given, loads: [even] }), parameters));
        const all = simulate(pricePlan(tinyPlan({ ...given, loads: [uneven] }), parameters));
        expect(all.makespanUs / one.makespanUs).toBeCloseTo(1, 4);
      }),
    );
  });
});

describe("where launches share nothing", () => {
  const alone = randomParameters.map((each) => ({ ...each, ...noContention }));

  it("a faster link is never slower", () => {
    fc.assert(
      fc.property(
        randomPlan({ simple: true }),
        alone,
        fc.double({ min: 1, max: 10, noNaN: true }),
        (given, parameters, factor) => {
          const plan = tinyPlan(given);
          const tiers = plan.machine.tiers.map((tier) => ({
            ...tier,
            bandwidth_bytes_per_s: tier.bandwidth_bytes_per_s * factor,
            latency_us: tier.latency_us / factor,
          }));
          const faster = { ...plan, machine: { ...plan.machine, tiers } };
          expect(makespan(faster, parameters)).toBeLessThanOrEqual(makespan(plan, parameters) * (1 + 1e-9));
        },
      ),
    );
  });

  it("more bytes are never faster", () => {
    fc.assert(
      fc.property(randomPlan({ simple: true }), alone, fc.nat(20), (given, parameters, more) => {
        const wider = { ...given, tokens: (given.tokens ?? 1) + more };
        expect(makespan(tinyPlan(wider), parameters)).toBeGreaterThanOrEqual(
          makespan(tinyPlan(given), parameters) * (1 - 1e-9),
        );
      }),
    );
  });
});
