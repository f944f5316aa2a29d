// Small exchanges of which all schedules of a family are tried: what that is, and that plans are among them.
import { describe, expect, it } from "vitest";
import { parametersOf } from "../../src/cost/index.js";
import type { Route } from "../../src/exchange-plan/index.js";
import type { ExchangeProblem } from "../../src/exchange/problem.js";
import { bruteForce, timeOfPlan } from "./brute-force.js";
import { machineOf, planOf, type Shape } from "./plans.js";

const problemOf = (shape: Shape, rows: (source: number, destination: number) => number): ExchangeProblem => {
  const machine = machineOf(shape);
  return {
    machine,
    parameters: parametersOf(machine),
    rows: Float64Array.from({ length: machine.gpus ** 2 }, (_, at) =>
      rows(Math.floor(at / machine.gpus), at % machine.gpus),
    ),
    rowBytes: 7168,
    direction: "dispatch",
    partialSums: false,
  };
};

describe("trying everything", () => {
  it.each([
    // One pair: one hop in any of three launches.
    [{ nodes: 1, ranksPerNode: 2 }, [0, 1], 3],
    [{ nodes: 2, ranksPerNode: 1 }, [0, 1], 3],
    // Equal indices: one hop (3), over a neighbour at the source and the destination (3 hops, 1), at one of them only (2 hops, 3 each).
    [{ nodes: 2, ranksPerNode: 2 }, [0, 2], 3 + 1 + 2 * 3],
    // Different indices: one hop (3), over one of the two corners (3 each), over both of one side and the other (1).
    [{ nodes: 2, ranksPerNode: 2 }, [0, 3], 3 + 2 * 3 + 1],
  ] as const)("of %j from and to %j", (shape, [from, to], count) => {
    const problem = problemOf(shape, (source, destination) =>
      source === from && destination === to ? 9 : 0,
    );
    expect(bruteForce(problem, 16)).toMatchObject({ tried: count, launches: 3 });
  });

  it.each(["direct", "gather", "forward"] as const satisfies readonly Route["way"][])(
    "finds nothing slower than a plan that goes %s",
    (way) => {
      for (const kind of ["rail", "switch"] as const) {
        const shape: Shape = { nodes: 2, ranksPerNode: 2, kind };
        const rows = (source: number, destination: number): number =>
          source === destination ? 0 : 100 * (1 + ((3 * source + destination) % 5));
        const problem = problemOf(shape, rows);
        const plan = { ...planOf(shape, way, 1, rows), row_bytes: problem.rowBytes };
        expect(bruteForce(problem, 16).bestUs).toBeLessThanOrEqual(timeOfPlan(plan, problem) + 1e-9);
      }
    },
  );
});
