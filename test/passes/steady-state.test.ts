// The time of a repetition of a cell in a given order, and the search for an order with a shorter one.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { improveOrder } from "../../src/passes/overlap/improve-order.js";
import { periodOf, type RepeatedTask } from "../../src/passes/overlap/steady-state.js";

const task = (
  resource: string,
  duration: number,
  after: number[] = [],
  afterPrevious: number[] = [],
  blocksHost = false,
): RepeatedTask => ({ resource, duration_us: duration, after, afterPrevious, thread: 0, blocksHost });

describe("a repetition", () => {
  it("takes the time of the busiest stream where nothing hinders", () => {
    const tasks = [task("compute", 3), task("comm", 5), task("compute", 1)];
    expect(periodOf(tasks, true)([0, 1, 2])).toBe(5);
    expect(periodOf(tasks, false)([0, 1, 2])).toBe(5);
  });

  it("takes the time of the chain that goes on from one to the next", () => {
    // Compute 3, transfer 4, and the next repetition starts with the transfer's result.
    const tasks = [task("compute", 3, [], [1]), task("comm", 4, [0])];
    expect(periodOf(tasks, true)([0, 1])).toBe(7);
    expect(periodOf(tasks, false)([0, 1])).toBe(7);
  });

  it("overlaps with the next where nothing is handed on", () => {
    const tasks = [task("compute", 3), task("comm", 4, [0])];
    expect(periodOf(tasks, true)([0, 1])).toBe(4);
    expect(periodOf(tasks, false)([0, 1])).toBe(7);
  });

  it("waits for a transfer that an earlier one on its stream holds up", () => {
    const tasks = [task("comm", 2, [2]), task("comm", 1), task("compute", 6, [1])];
    // Issued first, the transfer that waits for compute keeps back the one that compute waits for: nobody would order so.
    expect(periodOf(tasks, false)([1, 2, 0])).toBe(9);
  });

  it("issues nothing while the host waits", () => {
    const tasks = [task("comm", 5), task("host", 1, [0], [], true), task("compute", 4)];
    expect(periodOf(tasks, false)([0, 1, 2])).toBe(10);
    expect(periodOf(tasks, false)([0, 2, 1])).toBe(6);
  });
});

describe("moving launches", () => {
  it("issues what does not depend on the counts before the host waits for them", () => {
    const tasks = [task("comm", 5), task("host", 1, [0], [], true), task("compute", 4)];
    const cost = periodOf(tasks, false);
    expect(improveOrder(tasks, [0, 1, 2], cost)).toEqual([0, 2, 1]);
  });

  it("never gives a worse order, nor one that puts a launch before what it depends on", () => {
    const graphs = fc.array(
      fc.record({
        resource: fc.constantFrom("compute", "scale_up", "scale_out", "host"),
        duration: fc.integer({ min: 0, max: 9 }),
        back: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
        previous: fc.array(fc.nat(24), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 25 },
    );
    fc.assert(
      fc.property(graphs, fc.boolean(), (graph, repeats) => {
        const tasks = graph.map(({ resource, duration, back, previous }, index) =>
          task(
            resource,
            duration,
            [...new Set(back.map((each) => index - each).filter((each) => each >= 0))],
            previous.filter((each) => each < graph.length),
            resource === "host",
          ),
        );
        const cost = periodOf(tasks, repeats);
        const start = tasks.map((_, index) => index);
        const order = improveOrder(tasks, start, cost);
        expect([...order].sort((a, b) => a - b)).toEqual(start);
        expect(cost(order)).toBeLessThanOrEqual(cost(start));
        tasks.forEach(({ after }, index) => {
          for (const earlier of after) expect(order.indexOf(earlier)).toBeLessThan(order.indexOf(index));
        });
      }),
      { numRuns: 100 },
    );
  });
});
