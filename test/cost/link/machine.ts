// A small machine with round numbers, and parameters under which nothing but what a test looks at takes time.
import { defaultParameters, Topology, type CostParameters, type Message } from "../../../src/cost/index.js";
import type { Machine, Tier } from "../../../src/plan/index.js";

const tier = (name: string, kind: Tier["kind"], joins: number, gbps: number, latency: number): Tier => ({
  ...{ name, kind, joins, bandwidth_bytes_per_s: gbps * 1e9, efficiency: 1, latency_us: latency },
  ...{ message_gap_us: 0.5, span: [0, 0, 0] },
});

export const machine: Machine = {
  name: "two nodes of four",
  gpus: 8,
  gpu: { memory_bytes: 1, memory_bandwidth_bytes_per_s: 1e12, sms: 100, peak_flops: {} },
  tiers: [tier("nvlink", "switch", 4, 100, 1), tier("infiniband", "rail", 2, 10, 4)],
  span: [0, 0, 0],
};

export const topology = new Topology(machine);

export const bare: CostParameters = {
  ...defaultParameters,
  ...{ transferStart: 0, channelBandwidth: 1e15, handshake: 0, chunkFill: 0, localCopy: 1 },
};

export const message = (source: number, destination: number, bytes: number): Message => ({
  source,
  destination,
  bytes,
});
