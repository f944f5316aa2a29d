import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPlan } from "../../../src/run/run.js";
import { openDevice, type OpenDevice } from "../../../src/run/webgpu/device.js";
import { tinyPlan } from "../tiny-plan.js";

describe("execution on WebGPU", () => {
  let device: OpenDevice;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([1, 2, 3])("agrees with the dense result and with the CPU's routing, seed %i", async (seed) => {
    const plan = tinyPlan({ ranks: 3, experts: 5 });
    const onGpu = await runPlan(plan, { backend: "webgpu", device, seed });
    const onCpu = await runPlan(plan, { backend: "cpu", seed });
    expect(onGpu.failure).toBeUndefined();
    expect(onGpu.adapter).toBe(device.adapter);
    expect(onGpu.max_relative_error).toBeLessThan(1e-4);
    expect(onGpu.routing_sha256).toBe(onCpu.routing_sha256);
    expect(onGpu.executed).toEqual(onCpu.executed);
    expect(onGpu.received_rows).toEqual(onCpu.received_rows);
  });

  it("sees damage", async () => {
    const plan = tinyPlan();
    plan.exchanges[0]!.phases[2]!.steps.pop();
    const { failure } = await runPlan(plan, { backend: "webgpu", device, seed: 1 });
    expect(failure).toMatchObject({ kind: "non_finite", layer: 1, node: "routed" });
  });
});
