// Exchange plans, proved and on real bytes: whatever the way and the topology, every row comes where it belongs, on both backends.
// WEFT_EXCHANGES=all executes every case with every traffic, which takes a minute or two.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runExchangePlan } from "../../src/run/exchange/run.js";
import { openDevice, type OpenDevice } from "../../src/run/webgpu/device.js";
import { verifyExchange } from "../../src/verify/index.js";
import { exchangeCases, topologies } from "./exchange-cases.js";

const cases = exchangeCases(process.env["WEFT_EXCHANGES"] === "all");
let device: OpenDevice;
beforeAll(async () => {
  device = await openDevice();
});
afterAll(() => {
  device.destroy();
});

describe.each(topologies.map(({ name }) => name))("on %s", (topology) => {
  const here = cases.filter(({ name }) => name.startsWith(topology));
  it.each(here.map((each) => [each.name.slice(topology.length + 2), each] as const))(
    "every row comes where it belongs: %s",
    async (_, { plan, traffic }) => {
      expect(verifyExchange(plan).properties.filter(({ ok }) => !ok)).toEqual([]);
      const cpu = await runExchangePlan(plan, { backend: "cpu", traffic, seed: 1, dataSeed: 2 });
      expect(cpu.failure).toBeUndefined();
      const gpu = await runExchangePlan(plan, { backend: "webgpu", traffic, seed: 3, dataSeed: 2, device });
      expect(gpu).toEqual({ ...cpu, backend: "webgpu", adapter: device.adapter, seed: 3 });
      // The sample has no case in which there is nothing to see.
      if (traffic === "demand" && plan.ranks > 2) expect(cpu.messages).toBeGreaterThan(0);
    },
  );
});
