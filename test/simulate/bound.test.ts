import { describe, expect, it } from "vitest";
import type { CostParameters } from "../../src/cost/index.js";
import { lowerBound, predict, pricePlan, type Bound } from "../../src/simulate/index.js";
import {
  exact,
  kernel,
  machine,
  MEMORY_BYTES_PER_US,
  tier,
  tinyPlan,
  transfer,
  type TinyPlan,
} from "./tiny-plan.js";

const bound = (plan: TinyPlan, parameters: CostParameters = exact): Bound =>
  lowerBound(pricePlan(tinyPlan(plan), parameters));
const skewed = [[0.25, 0.75]];
const expert = (us: number) =>
  kernel("expert", ["*", "moe.received", us * MEMORY_BYTES_PER_US], {
    ...{ exchange: "moe", node: "expert", waits: ["there"], records: ["done"] },
  });
const step = (us: number) => [
  transfer("dispatch", { records: ["there"] }),
  expert(us),
  transfer("combine", { waits: ["done"] }),
];

describe("the lower bound", () => {
  it("is the kernels of the busiest rank", () => {
    // Three layers; rank 1 receives 12 rows in each, for 10 us a row.
    const launches = [kernel("work", 5), ...step(10)];
    const { timeUs, boundBy } = bound({ loads: skewed, layers: 3, launches });
    // The chain of a single micro-batch has the kernels and 6 us for each exchange besides.
    expect(boundBy).toBe("dependency chain");
    expect(timeUs).toBeCloseTo(3 * (5 + 120 + 12), 9);
    const twice = launches.flatMap((each) => [each, { ...each, micro_batch: 1 }]);
    expect(bound({ loads: skewed, layers: 3, microBatches: 2, launches: twice })).toEqual({
      timeUs: 3 * 2 * (5 + 120),
      boundBy: "compute of rank 1",
    });
  });

  it("is what the busiest rank sends or receives over a tier", () => {
    const launches = step(0).flatMap((each) => [each, { ...each, micro_batch: 1 }]);
    // 6 rows come to rank 1 from rank 0, and leave it again: in and out do not add up within one direction, 6 + 2 each way.
    expect(bound({ loads: skewed, microBatches: 2, launches })).toEqual({
      timeUs: 2 * (6 + 2),
      boundBy: "nvlink traffic of every rank",
    });
  });

  it("is shared by a node's GPUs on a rail", () => {
    // Four ranks on two nodes of two: a node sends 2 * 4 rows to the other, over two ports.
    const rails = machine([
      tier({ joins: 2, bandwidth_bytes_per_s: 1e12 }),
      tier({ name: "ib", kind: "rail" }),
    ]);
    const launches = step(0).flatMap((each) => [each, { ...each, micro_batch: 1 }]);
    const { timeUs, boundBy } = bound({ ranks: 4, machine: rails, microBatches: 2, launches });
    expect(boundBy).toBe("ib traffic of every rank");
    expect(timeUs).toBeCloseTo(2 * (4 + 4), 9);
  });

  it("is the dependency chain of a micro-batch, with latencies", () => {
    const slow = machine([tier({ latency_us: 100 })]);
    const { timeUs, boundBy } = bound({
      machine: slow,
      layers: 2,
      launches: [kernel("work", 5), ...step(1)],
    });
    expect(boundBy).toBe("dependency chain");
    // In each layer: 5 us, 100 + 4 us out, 8 rows of 1 us, 100 + 4 us back.
    expect(timeUs).toBeCloseTo(2 * (5 + 104 + 8 + 104), 9);
  });

  it("follows the chain from one rank to another where each sends to each", () => {
    // The busier expert is on rank 0 in the first layer and on rank 1 in the second: 12 rows of 1 us each time.
    const loads = [
      [0.75, 0.25],
      [0.25, 0.75],
    ];
    const quick = machine([tier({ bandwidth_bytes_per_s: 1e15 })]);
    const { timeUs } = bound({ machine: quick, loads, layers: 2, launches: step(1) });
    expect(timeUs).toBeCloseTo(24, 3);
  });

  it("knows neither launch costs nor the order of launches", () => {
    const launches = [kernel("work", 5), ...step(1)];
    const costly = { ...exact, kernelStart: 50, hostLaunch: 50, transferStart: 50 };
    expect(bound({ launches }, costly)).toEqual(bound({ launches }));
    expect(bound({ launches: [...launches].reverse() })).toEqual(bound({ launches }));
  });

  it("takes the shortest piece of a divided node into the chain", () => {
    const pieces = [3, 2].map((us) => ({ ...kernel("part", us), part: "part" }));
    expect(bound({ launches: pieces }).timeUs).toBe(5);
    const latency = machine([tier({ latency_us: 100 })]);
    expect(bound({ launches: [...pieces, ...step(0)], machine: latency }).timeUs).toBeCloseTo(
      2 + 104 + 104,
      9,
    );
  });
});

describe("the prediction of a plan", () => {
  it("has the step's time, its parts and its bound", () => {
    // 5 us, 2 us out on a quick link, 8 rows of 1 us, 2 us back: nothing overlaps.
    const quick = machine([tier({ bandwidth_bytes_per_s: 2e9 })]);
    const plan = tinyPlan({
      machine: quick,
      launches: [
        kernel("work", 5, { records: ["worked"] }),
        transfer("dispatch", { waits: ["worked"], records: ["there"] }),
        expert(1),
        transfer("combine", { waits: ["done"] }),
      ],
    });
    expect(predict(plan, exact)).toEqual({
      step_time_us: 17,
      // 8 tokens on each of two ranks.
      tokens_per_second: 941176.471,
      compute_us: 13,
      communication_us: 4,
      exposed_communication_us: 4,
      host_wait_us: 0,
      lower_bound_us: 17,
      bound_by: "dependency chain",
      peak_memory_bytes: 4096,
      shares: [
        { cost: "memory_bound", time_us: 13, share: 0.764706 },
        { cost: "exposed_dispatch", time_us: 2, share: 0.117647 },
        { cost: "exposed_combine", time_us: 2, share: 0.117647 },
      ],
      // Kernels take 13 us at the memory's rate, transfers 4 us at the link's.
      sensitivity: [
        { parameter: "memory_efficiency", change: -0.1, step_time_change: 0.084967 },
        { parameter: "row_kernel_efficiency", change: -0.1, step_time_change: 0.084967 },
        { parameter: "gpu.memory_bandwidth", change: 0.1, step_time_change: -0.069519 },
        { parameter: "nvlink.bandwidth", change: 0.1, step_time_change: -0.02139 },
      ],
      streams: [
        { role: "all", stream: "compute", busy_us: 13 },
        { role: "all", stream: "comm", busy_us: 4 },
      ],
    });
  });

  it("is the same every time", () => {
    const plan = tinyPlan({ loads: skewed, layers: 2, launches: step(1) });
    expect(predict(plan)).toEqual(predict(plan));
  });
});
