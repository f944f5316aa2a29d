// List scheduling on known cases: what overlaps, what waits, and the order in which the host issues it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listSchedule, rules, type Task } from "../../src/passes/overlap/list-schedule.js";

const task = (
  resource: string,
  duration: number,
  after: number[] = [],
  blocksHost = false,
  thread = 0,
): Task => ({
  resource,
  duration_us: duration,
  after,
  thread,
  blocksHost,
});

describe("list scheduling", () => {
  it("runs a chain one after the other", () => {
    const { start_us, makespan_us } = listSchedule(
      [task("compute", 3), task("comm", 4, [0]), task("compute", 5, [1])],
      "critical_path",
    );
    expect(start_us).toEqual([0, 3, 7]);
    expect(makespan_us).toBe(12);
  });

  it("hides one micro-batch's transfer behind the other's compute", () => {
    // Two chains of compute 3, transfer 4, compute 5: the second's first compute and the first's transfer overlap.
    const chain = (base: number): Task[] => [
      task("compute", 3),
      task("comm", 4, [base]),
      task("compute", 5, [base + 1]),
    ];
    const { start_us, makespan_us } = listSchedule([...chain(0), ...chain(3)], "critical_path");
    expect(start_us).toEqual([0, 3, 7, 3, 7, 12]);
    expect(makespan_us).toBe(17);
  });

  it("prefers the longer path", () => {
    const { start_us } = listSchedule(
      [task("compute", 1), task("compute", 1), task("comm", 10, [1])],
      "critical_path",
    );
    expect(start_us).toEqual([1, 0, 1]);
  });

  it("issues a wait of the host behind everything that starts before it ends", () => {
    const tasks = [
      task("compute", 2),
      task("host", 3, [0], true),
      task("compute", 4),
      task("compute", 1, [1]),
    ];
    // 0 at 0, then 2 (on the same stream) at 2, before the host's wait ends at 5.
    expect(listSchedule(tasks, "critical_path").order).toEqual([0, 2, 1, 3]);
  });

  it("keeps equal micro-batches apart by staying with one while it can", () => {
    // Each: two computes, a transfer, a compute. In step, both transfers would wait for all four first computes.
    const batch = (base: number, thread: number): Task[] => [
      task("compute", 4, [], false, thread),
      task("compute", 4, [base], false, thread),
      task("comm", 6, [base + 1], false, thread),
      task("compute", 5, [base + 2], false, thread),
    ];
    const tasks = [...batch(0, 0), ...batch(4, 1)];
    expect(listSchedule(tasks, "stay").start_us).toEqual([0, 4, 8, 16, 8, 12, 16, 22]);
    expect(listSchedule(tasks, "stay").makespan_us).toBe(27);
    expect(listSchedule(tasks, "critical_path").makespan_us).toBeGreaterThan(27);
  });

  const graphs = fc.array(
    fc.record({
      resource: fc.constantFrom("compute", "comm", "host"),
      duration: fc.integer({ min: 0, max: 9 }),
      back: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 25 },
  );

  it("never starts a task before what it needs, never overlaps a resource, and issues in an order that respects both", () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom(...rules), (drafts, rule) => {
        const tasks = drafts.map(({ resource, duration, back }, index) =>
          task(
            resource,
            duration,
            [...new Set(back.map((each) => index - each).filter((each) => each >= 0))],
            resource === "host",
          ),
        );
        const { start_us, order, makespan_us } = listSchedule(tasks, rule);
        const end = (index: number): number => (start_us[index] ?? 0) + (tasks[index]?.duration_us ?? 0);
        expect([...order].sort((a, b) => a - b)).toEqual(tasks.map((_, index) => index));
        tasks.forEach((each, index) => {
          for (const before of each.after) {
            expect(start_us[index]).toBeGreaterThanOrEqual(end(before));
            expect(order.indexOf(before)).toBeLessThan(order.indexOf(index));
          }
          tasks.forEach((other, at) => {
            if (at <= index || other.resource !== each.resource) return;
            const apart = end(index) <= (start_us[at] ?? 0) || end(at) <= (start_us[index] ?? 0);
            expect(apart).toBe(true);
          });
        });
        expect(makespan_us).toBe(Math.max(...tasks.map((_, index) => end(index))));
      }),
    );
  });
});
