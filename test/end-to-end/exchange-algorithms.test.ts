// Every algorithm that schedules an exchange, on every kind of topology that it applies to: its plan is proved, and brings every row
// where it belongs on the CPU, on WebGPU and as an emulated CUDA program, also where ranks have nothing, which the plan was not made for.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parametersOf } from "../../src/cost/index.js";
import { exchangeAlgorithms, scheduleExchange } from "../../src/exchange/schedule.js";
import type { ExchangePlan } from "../../src/exchange-plan/index.js";
import { runExchangeCuda } from "../../src/run/cuda/run-exchange.js";
import { runExchangePlan } from "../../src/run/exchange/run.js";
import { drawTraffic } from "../../src/run/exchange/traffic.js";
import { openDevice, type OpenDevice } from "../../src/run/webgpu/device.js";
import { verifyExchange } from "../../src/verify/index.js";
import { canRun } from "../emit/cuda/program.js";
import { rowsOf } from "../bench/exchange/demands.js";
import { machineOf, type Shape } from "../exchange/plans.js";

const shapes: readonly (Shape & {
  readonly name: string;
  readonly nics?: number;
  readonly spine?: number;
})[] = [
  { name: "one domain of 72", nodes: 1, ranksPerNode: 72 },
  { name: "8 nodes of 8, rails", nodes: 8, ranksPerNode: 8 },
  { name: "3 nodes of 5, a switch", nodes: 3, ranksPerNode: 5, kind: "switch" },
  { name: "4 nodes of 6 that share 2 adapters, spine at half", nodes: 4, ranksPerNode: 6, nics: 2, spine: 2 },
  { name: "6 nodes of 1", nodes: 6, ranksPerNode: 1 },
];

/** Rows with which a pair of ranks has a handful. */
const TOKENS = 24;

function planFor(shape: (typeof shapes)[number], algorithm: string): ExchangePlan | undefined {
  const { nics, spine } = shape;
  const made = machineOf(shape);
  const tiers = made.tiers.map((tier, at) => ({
    ...tier,
    ...(at > 0 && nics !== undefined ? { nics } : {}),
    ...(at > 0 && spine !== undefined ? { oversubscription: spine } : {}),
  }));
  const machine = { ...made, tiers };
  const rows = rowsOf("heavy-tailed", machine.gpus, TOKENS, 5);
  // Scheduled as if rows were large, so that bytes decide and not latency.
  const { plan } = scheduleExchange({
    ...{ machine, parameters: parametersOf(machine), rows, rowBytes: 2 ** 20, algorithm },
    ...{ direction: "dispatch", partialSums: false },
  });
  return plan === undefined ? undefined : { ...plan, row_bytes: 64 };
}

let device: OpenDevice;
beforeAll(async () => {
  device = await openDevice();
});
afterAll(() => {
  device.destroy();
});

const applied = new Set<string>();

describe.each(shapes)("on $name", (shape) => {
  it.each(exchangeAlgorithms)("%s", async (algorithm) => {
    const plan = planFor(shape, algorithm);
    if (plan === undefined) return;
    applied.add(algorithm);
    expect(plan.why?.algorithm).toBe(algorithm);
    expect(verifyExchange(plan).properties.filter(({ ok }) => !ok)).toEqual([]);
    for (const traffic of ["demand", "gaps"] as const) {
      const cpu = await runExchangePlan(plan, { backend: "cpu", traffic, seed: 1, dataSeed: 2 });
      expect(cpu.failure).toBeUndefined();
    }
    // One of five is also executed on WebGPU.
    if (exchangeAlgorithms.indexOf(algorithm) % 5 !== shapes.indexOf(shape)) return;
    const gpu = await runExchangePlan(plan, {
      backend: "webgpu",
      traffic: "gaps",
      seed: 3,
      dataSeed: 2,
      device,
    });
    expect(gpu.failure).toBeUndefined();
  });
});

it("every algorithm has been seen", () => {
  expect(exchangeAlgorithms.filter((name) => !applied.has(name))).toEqual([]);
});

describe.runIf(canRun("executing emitted exchanges", ["g++"]))(
  "as emulated CUDA programs, 3 nodes of 5",
  () => {
    it.each(["rails_split", "three_step_staged", "birkhoff", "gather_chunked"])("%s", async (algorithm) => {
      const plan = planFor(shapes[2]!, algorithm);
      if (plan === undefined) throw new Error(`${algorithm} does not apply`);
      const run = await runExchangeCuda(plan, { routing: drawTraffic("gaps", plan, 2) });
      if ("refused" in run) throw new Error(run.refused.reason);
      expect(run.findings).toEqual([]);
    });
  },
);
