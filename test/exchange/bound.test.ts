// No schedule beats the bound, and the search's choice is near the best there is: tried on all schedules of small exchanges.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parametersOf } from "../../src/cost/index.js";
import type { ExchangeProblem } from "../../src/exchange/problem.js";
import { scheduleExchange } from "../../src/exchange/schedule.js";
import { verifyExchange } from "../../src/verify/index.js";
import { bruteForce, timeOfPlan } from "./brute-force.js";
import { machineOf, type Shape } from "./plans.js";

const SMS = 16;

/** The choice takes at most so many times the best of all schedules that were tried. */
const NEAR = 1.05;

const shapes: readonly Shape[] = [
  { nodes: 1, ranksPerNode: 2 },
  { nodes: 1, ranksPerNode: 3 },
  { nodes: 1, ranksPerNode: 4 },
  { nodes: 2, ranksPerNode: 1 },
  { nodes: 4, ranksPerNode: 1 },
  { nodes: 2, ranksPerNode: 2, kind: "rail" },
  { nodes: 2, ranksPerNode: 2, kind: "switch" },
];

/** Rows of every pair, some without any: a few (the latency counts), or many (the bytes do). */
const rowsOf = (gpus: number): fc.Arbitrary<readonly number[]> =>
  fc
    .record({
      scale: fc.constantFrom(1, 64, 4096),
      rows: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: gpus ** 2, maxLength: gpus ** 2 }),
    })
    .map(({ scale, rows }) =>
      rows.map((each, at) => (Math.floor(at / gpus) === at % gpus ? 0 : scale * each)),
    );

function problemOf(shape: Shape, rows: readonly number[]): ExchangeProblem {
  const machine = machineOf(shape);
  return {
    machine,
    parameters: parametersOf(machine),
    rows: Float64Array.from(rows),
    rowBytes: 7168,
    direction: "dispatch",
    partialSums: false,
    sms: SMS,
  };
}

describe.each(shapes)("all schedules of %j", (shape) => {
  const { nodes, ranksPerNode } = shape;
  it("take as long as the bound or longer, and the chosen one is near the best", () => {
    let worst = 0;
    fc.assert(
      fc.property(rowsOf(nodes * ranksPerNode), (rows) => {
        if (rows.every((each) => each === 0)) return;
        const problem = problemOf(shape, rows);
        const { bestUs } = bruteForce(problem, SMS, 20_000);
        const chosen = scheduleExchange(problem);
        if (chosen.plan === undefined) throw new Error("there is no schedule");
        const { plan, bound } = chosen;
        expect(verifyExchange(plan).properties.filter((each) => !each.ok)).toEqual([]);
        expect(bestUs).toBeGreaterThanOrEqual(bound.us * (1 - 1e-9));
        worst = Math.max(worst, timeOfPlan(plan, problem) / bestUs);
      }),
      { numRuns: 12 },
    );
    expect(worst).toBeLessThanOrEqual(NEAR);
  });
});
