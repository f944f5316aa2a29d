import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pricePlan, simulate } from "../../src/simulate/index.js";
import { exact, kernel, tinyPlan, transfer } from "./tiny-plan.js";

/** A kernel, and the transfer of its result; both in microseconds. */
interface Job {
  readonly compute: number;
  readonly transfer: number;
}

/** The step of jobs on one compute stream and one communicator, in this order. */
function walked(jobs: readonly Job[]): number {
  const launches = jobs.flatMap((_, at) => [
    kernel(`kernel ${String(at)}`, 1, { records: [`done ${String(at)}`] }),
    transfer("dispatch", { waits: [`done ${String(at)}`] }),
  ]);
  const priced = pricePlan(tinyPlan({ launches }), exact);
  const roles = priced.roles.map((role) => {
    const { columns } = role.prices;
    const times = jobs.flatMap((job) => [job.compute, job.transfer]);
    return {
      ...role,
      prices: {
        ...role.prices,
        rowOf: Int32Array.from(times.keys()),
        times: Float64Array.from(times.flatMap((time) => new Array<number>(columns).fill(time))),
      },
    };
  });
  return simulate({ ...priced, roles }).makespanUs;
}

/** Jobs that compute less than they transfer first, shortest kernel first; then the others, longest transfer first. */
function johnsonsOrder(jobs: readonly Job[]): readonly Job[] {
  const short = jobs.filter((job) => job.compute < job.transfer);
  const long = jobs.filter((job) => job.compute >= job.transfer);
  return [
    ...short.sort((one, other) => one.compute - other.compute),
    ...long.sort((one, other) => other.transfer - one.transfer),
  ];
}

/** When the last transfer ends: each begins when its kernel and the transfer before have ended. */
function makespan(jobs: readonly Job[]): number {
  let [computed, moved] = [0, 0];
  for (const job of jobs) {
    computed += job.compute;
    moved = Math.max(moved, computed) + job.transfer;
  }
  return moved;
}

function* orders<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length <= 1) yield items;
  for (const [at, item] of items.entries())
    if (items.length > 1) for (const rest of orders(items.toSpliced(at, 1))) yield [item, ...rest];
}

const time = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0.1, max: 10, noNaN: true }));
const job: fc.Arbitrary<Job> = fc.record({ compute: time, transfer: time });

describe("jobs that compute and then transfer are a flow shop of two machines", () => {
  it("whose textbook case takes as long as the textbook says", () => {
    const jobs = [
      { compute: 3, transfer: 6 },
      { compute: 5, transfer: 2 },
      { compute: 1, transfer: 2 },
      { compute: 6, transfer: 6 },
      { compute: 7, transfer: 5 },
    ];
    expect(walked(johnsonsOrder(jobs))).toBeCloseTo(24, 12);
  });

  it("takes what the recurrence says, in any order", () => {
    fc.assert(
      fc.property(fc.array(job, { minLength: 1, maxLength: 12 }), (jobs) => {
        expect(walked(jobs) / makespan(jobs)).toBeCloseTo(1, 12);
      }),
    );
  });

  it("in Johnson's order is beaten by no other", () => {
    fc.assert(
      fc.property(fc.array(job, { minLength: 1, maxLength: 6 }), (jobs) => {
        const best = walked(johnsonsOrder(jobs));
        for (const order of orders(jobs)) expect(makespan(order)).toBeGreaterThanOrEqual(best * (1 - 1e-12));
      }),
    );
  });

  it("and so the walk says, of all orders of four", () => {
    fc.assert(
      fc.property(fc.array(job, { minLength: 4, maxLength: 4 }), (jobs) => {
        const all = [...orders(jobs)].map(walked);
        expect(walked(johnsonsOrder(jobs)) / Math.min(...all)).toBeCloseTo(1, 12);
      }),
      { numRuns: 20 },
    );
  });
});
