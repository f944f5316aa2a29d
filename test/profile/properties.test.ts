// For any plan and any measurements: prices stay numbers, and no measured step is faster than its lower bound.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { MeasuredTime } from "../../src/plan/index.js";
import { lowerBound, pricePlan, simulate } from "../../src/simulate/index.js";
import { randomParameters, randomPlan } from "../simulate/random-plan.js";
import { tinyPlan } from "../simulate/tiny-plan.js";

const measurement: fc.Arbitrary<MeasuredTime> = fc
  .record({
    operator: fc.constantFrom(
      "work",
      "dispatch",
      "combine",
      "swiglu",
      "expert",
      "linear",
      "norm",
      "gemm",
      "attention",
    ),
    part: fc.constantFrom(undefined, undefined, "kernels", "counts", "dispatch", "combine"),
    tokens: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
    scale: fc.option(fc.double({ min: 1e-4, max: 1e4, noNaN: true }), { nil: undefined }),
    time_us: fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
    sms: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
  })
  .map(({ operator, part, tokens, scale, time_us, sms }) => ({
    operator,
    ...(part === undefined ? {} : { part }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(scale === undefined && tokens !== undefined ? { time_us } : { scale: scale ?? 2 }),
    ...(sms === undefined ? {} : { sms }),
    samples: 1,
    file: 0,
  }));

it("the lower bound holds under any measurements", () => {
  let changed = 0;
  fc.assert(
    fc.property(
      randomPlan({ simple: false }),
      randomParameters,
      fc.array(measurement, { minLength: 1, maxLength: 6 }),
      (given, parameters, times) => {
        const plan = tinyPlan(given);
        const measured = { files: [], times };
        const priced = pricePlan({ ...plan, measured }, parameters);
        const { makespanUs } = simulate(priced);
        expect(Number.isFinite(makespanUs)).toBe(true);
        expect(lowerBound(priced).timeUs).toBeLessThanOrEqual(makespanUs * (1 + 1e-9));
        if (makespanUs !== simulate(pricePlan(plan, parameters)).makespanUs) changed++;
      },
    ),
    { numRuns: 300 },
  );
  expect(changed).toBeGreaterThan(50);
});
