import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultParameters, Topology, transferTimes } from "../../src/cost/index.js";
import type { Message } from "../../src/cost/index.js";
import type { Machine, Tier } from "../../src/plan/index.js";

const tier = (name: string, kind: Tier["kind"], joins: number, gbps: number, latency: number): Tier => ({
  ...{ name, kind, joins, bandwidth_bytes_per_s: gbps * 1e9, efficiency: 1, latency_us: latency },
  ...{ message_gap_us: 0.5, span: [0, 0, 0] },
});
const machine: Machine = {
  name: "two nodes of four",
  gpus: 8,
  gpu: { memory_bytes: 1, memory_bandwidth_bytes_per_s: 1e12, sms: 100, peak_flops: {} },
  tiers: [tier("nvlink", "switch", 4, 100, 1), tier("infiniband", "rail", 2, 10, 4)],
  span: [0, 0, 0],
};
const topology = new Topology(machine);
const parameters = { ...defaultParameters, transferStart: 0, memoryEfficiency: 1, channelBandwidth: 1e15 };
const times = (ranks: number[], messages: Message[], sms = 0): number[] => [
  ...transferTimes(topology, ranks, messages, sms, parameters),
];
const message = (source: number, destination: number, bytes: number): Message => ({
  source,
  destination,
  bytes,
});

describe("tiers", () => {
  it("join GPUs of one unit by the fastest", () => {
    expect(topology.tierOf(0, 3)).toBe(0);
    expect(topology.tierOf(3, 4)).toBe(1);
    expect(() => topology.tierOf(0, 8)).toThrow("no tier joins");
  });

  it("of rails join equal indices; other pairs hop over the tier below first", () => {
    expect(topology.route(1, 5)).toEqual([{ tier: 1, from: 1, to: 5 }]);
    expect(topology.route(1, 6)).toEqual([
      { tier: 0, from: 1, to: 2 },
      { tier: 1, from: 2, to: 6 },
    ]);
  });
});

describe("a transfer", () => {
  it("of one message takes its latency and its bytes at the bandwidth, on both ends", () => {
    expect(times([0, 1], [message(0, 1, 1e6)])).toEqual([11, 11]);
    expect(times([0, 4], [message(0, 4, 1e6)])).toEqual([104, 104]);
  });

  it("adds a gap for each further message of a port", () => {
    const [zero] = times(
      [0, 1, 2, 3],
      [1, 2, 3].map((to) => message(0, to, 1e5)),
    );
    expect(zero).toBeCloseTo(1 + 2 * 0.5 + 3, 9);
  });

  it("runs both directions of a port at once", () => {
    expect(times([0, 1], [message(0, 1, 1e6), message(1, 0, 1e6)])).toEqual([11, 11]);
  });

  it("holds a sender up at a receiver's crowded port", () => {
    // Three ranks send 1 us each to rank 0, which takes 3 us and two gaps; rank 3 also exchanges with nobody else.
    const all = times(
      [0, 1, 2, 3],
      [1, 2, 3].map((from) => message(from, 0, 1e5)),
    );
    for (const time of all) expect(time).toBeCloseTo(1 + 1 + 3, 9);
  });

  it("over a hop takes both latencies and the slower port", () => {
    expect(times([1, 6], [message(1, 6, 1e6)])).toEqual([105, 105]);
  });

  it("is limited by the SMs of its communicator, and by none with copy engines", () => {
    const slow = { ...parameters, channelBandwidth: 10e9 };
    const one = [message(0, 1, 1e6)];
    expect([...transferTimes(topology, [0, 1], one, 2, slow)]).toEqual([51, 51]);
    expect([...transferTimes(topology, [0, 1], one, 0, slow)]).toEqual([11, 11]);
  });

  it("copies locally at memory bandwidth, reading and writing", () => {
    expect(times([0], [message(0, 0, 1e6)])).toEqual([2]);
  });

  it("costs its start even without bytes", () => {
    expect([...transferTimes(topology, [0], [], 0, { ...parameters, transferStart: 8 })]).toEqual([8]);
  });
});

describe("for any messages", () => {
  const gpu = fc.nat(7);
  const messages = fc.array(fc.record({ source: gpu, destination: gpu, bytes: fc.nat(1e8) }), {
    maxLength: 30,
  });
  const ranks = [0, 1, 2, 3, 4, 5, 6, 7];

  it("more bytes are never faster", () => {
    fc.assert(
      fc.property(messages, fc.nat(29), fc.nat(1e8), (all, which, more) => {
        const before = times(ranks, all);
        const after = times(
          ranks,
          all.map((each, at) => (at === which ? { ...each, bytes: each.bytes + more } : each)),
        );
        after.forEach((time, rank) => expect(time).toBeGreaterThanOrEqual(before[rank]!));
      }),
    );
  });

  it("a rank takes at least as long as its own port needs for what it sends within its node", () => {
    fc.assert(
      fc.property(messages, (all) => {
        times(ranks, all).forEach((time, rank) => {
          const sent = all
            .filter(({ source, destination }) => source === rank && destination !== rank)
            .filter(({ destination }) => topology.tierOf(rank, destination) === 0)
            .reduce((sum, each) => sum + each.bytes, 0);
          expect(time).toBeGreaterThanOrEqual(sent / 100e3 - 1e-9);
        });
      }),
    );
  });
});
