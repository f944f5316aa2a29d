// Exchanges beside their bounds: by hand on tiny plans, and as a law on any plan.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CostParameters } from "../../src/cost/index.js";
import { exchangeTimes, type ExchangeTime } from "../../src/report/explain/exchange-times.js";
import { explain } from "../../src/report/explain/explanation.js";
import { renderExplanation } from "../../src/report/explain/render.js";
import { simulatedPlan, type SimulatedPlan } from "../../src/report/simulated-plan.js";
import { pricePlan } from "../../src/simulate/index.js";
import { randomParameters, randomPlan } from "../simulate/random-plan.js";
import { exact, kernel, tinyPlan, transfer, type TinyPlan } from "../simulate/tiny-plan.js";

const simulated = (given: TinyPlan, parameters: CostParameters = exact): SimulatedPlan => {
  const plan = tinyPlan(given);
  return simulatedPlan(plan, pricePlan(plan, parameters));
};
const times = (given: TinyPlan, parameters?: CostParameters): readonly ExchangeTime[] =>
  exchangeTimes(simulated(given, parameters));

/** Between two ranks a transfer takes 4 us: half of 8 rows of 1000 bytes stay. */
describe("an exchange beside its bound", () => {
  it("meets the bound where nothing but bytes takes time", () => {
    const [dispatch, combine] = times({ launches: [transfer("dispatch"), transfer("combine")] });
    expect(dispatch).toMatchObject({ exchange: "moe", direction: "dispatch", time_us: 4, over_bound: 1 });
    expect(combine).toMatchObject({ exchange: "moe", direction: "combine", time_us: 4, over_bound: 1 });
    expect(dispatch!.bound_by).toMatch(/^\S+ (out of|into) every GPU$/);
  });

  it("is bound by the GPU that most rows go to, which is named", () => {
    // 2 of 8 rows of either rank go to rank 0, 6 to rank 1: it gets 6 from the other.
    const [dispatch] = times({
      loads: [[0.25, 0.75]],
      launches: [transfer("dispatch"), transfer("combine")],
    });
    expect(dispatch).toMatchObject({ time_us: 6, bound_us: 6 });
    expect(dispatch!.bound_by).toMatch(/ GPU [01]$/);
  });

  it("does not count the waiting for other ranks", () => {
    const [combine] = times({
      loads: [[0.25, 0.75]],
      launches: [
        kernel("expert", ["*", "moe.received", 1e6], { node: "expert", exchange: "moe", records: ["done"] }),
        transfer("combine", { waits: ["done"] }),
      ],
    });
    expect(combine).toMatchObject({ direction: "combine", time_us: 6, bound_us: 6 });
  });

  it("pays a start that no schedule avoids, which is the bound where there is little to move", () => {
    const [dispatch] = times(
      { launches: [transfer("dispatch"), transfer("combine")] },
      { ...exact, transferStart: 100 },
    );
    expect(dispatch).toMatchObject({ time_us: 104, bound_us: 100 });
    expect(dispatch!.bound_by).toMatch(/^start and latency of /);
  });

  it("is said in the explanation", () => {
    const text = renderExplanation(
      explain(simulated({ launches: [transfer("dispatch"), transfer("combine")] })),
      [],
    );
    expect(text).toMatch(/exchange moe: dispatch 4\.00 us, 1\.00x its bound of 4\.00 us \(.+ every GPU\)/);
  });

  it("is never below it", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), randomParameters, (given, parameters) => {
        for (const { over_bound } of times(given, parameters)) expect(over_bound).toBeGreaterThan(1 - 1e-9);
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});
