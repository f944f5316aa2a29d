import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultParameters, transferTimes } from "../../../src/cost/index.js";
import type { CostParameters, Message } from "../../../src/cost/index.js";
import { bare, message, topology } from "./machine.js";

const times = (ranks: number[], messages: Message[], sms = 0, parameters = bare): number[] => [
  ...transferTimes(topology, ranks, messages, sms, parameters),
];
const all = [0, 1, 2, 3, 4, 5, 6, 7];

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
    const ends = times(
      [0, 1, 2, 3],
      [1, 2, 3].map((from) => message(from, 0, 1e5)),
    );
    for (const time of ends) expect(time).toBeCloseTo(1 + 1 + 3, 9);
  });

  it("over a hop takes both latencies and the slower port", () => {
    expect(times([1, 6], [message(1, 6, 1e6)])).toEqual([105, 105]);
  });

  it("over two tiers at once takes as long as the longer of them", () => {
    const over = (...messages: Message[]) => times([0], messages)[0];
    const [node, network] = [message(0, 1, 1e6), message(0, 4, 1e6)];
    expect(over(node, network)).toBe(Math.max(over(node)!, over(network)!));
  });

  it("is limited by the SMs of its communicator, and by none with copy engines", () => {
    const slow = { ...bare, channelBandwidth: 10e9 };
    expect(times([0, 1], [message(0, 1, 1e6)], 2, slow)).toEqual([51, 51]);
    expect(times([0, 1], [message(0, 1, 1e6)], 0, slow)).toEqual([11, 11]);
  });

  it("divides its SMs among tiers and the rank's own rows", () => {
    const slow = { ...bare, channelBandwidth: 10e9 };
    const messages = [message(0, 0, 1e6), message(0, 1, 1e6), message(0, 4, 1e5)];
    // 2.1 MB at 20 GB/s, a gap for the message to itself and one latency, the longer.
    expect(times([0], messages, 2, slow)[0]).toBeCloseTo(105 + 4, 9);
  });

  it("copies locally at memory bandwidth, reading and writing, alone or beside what goes out", () => {
    expect(times([0], [message(0, 0, 1e6)])).toEqual([2]);
    expect(times([0], [message(0, 0, 1e6), message(0, 1, 1e6)])).toEqual([1 + 0.5 + 10 + 2]);
  });

  it("of a large message waits for its handshake, of a small one hardly", () => {
    const shaking: CostParameters = { ...bare, handshake: 6, handshakeBytes: 1e4 };
    expect(times([0, 1], [message(0, 1, 1e4)], 0, shaking)).toEqual([1 + 0.1 + 3, 1 + 0.1 + 3]);
    expect(times([0, 1], [message(0, 1, 0)], 0, shaking)).toEqual([1, 1]);
  });

  it("fills the pipeline of its channels: one chunk each, smaller on the network", () => {
    const filling: CostParameters = { ...bare, chunkFill: 0.5, peerChunk: 4e5, networkChunk: 1e5 };
    const beyondBytes = (to: number) =>
      times([0], [message(0, to, 1e9)], 2, filling)[0]! - times([0], [message(0, to, 1e9)])[0]!;
    expect(beyondBytes(1)).toBeCloseTo((0.5 * 2 * 4e5) / 100e3, 6);
    expect(beyondBytes(4)).toBeCloseTo((0.5 * 2 * 1e5) / 10e3, 6);
  });

  it("costs its start even without bytes", () => {
    expect(times([0], [], 0, { ...bare, transferStart: 8 })).toEqual([8]);
  });
});

describe("for any messages", () => {
  const gpu = fc.nat(7);
  const messages = fc.array(fc.record({ source: gpu, destination: gpu, bytes: fc.nat(1e8) }), {
    maxLength: 30,
  });
  const sms = fc.constantFrom(0, 1, 8, 32);

  it("more bytes are never faster", () => {
    fc.assert(
      fc.property(messages, sms, fc.nat(29), fc.nat(1e8), (before, channels, which, more) => {
        const after = before.map((each, at) => (at === which ? { ...each, bytes: each.bytes + more } : each));
        const longer = times(all, after, channels, defaultParameters);
        times(all, before, channels, defaultParameters).forEach((time, rank) =>
          expect(longer[rank]).toBeGreaterThanOrEqual(time * (1 - 1e-12)),
        );
      }),
    );
  });

  it("no rank is faster than its own port at its raw bandwidth", () => {
    fc.assert(
      fc.property(messages, sms, (group, channels) => {
        times(all, group, channels, defaultParameters).forEach((time, rank) => {
          for (const end of ["source", "destination"] as const)
            for (const [tier, bytesPerUs] of [100e3, 10e3].entries()) {
              const moved = group
                .filter((each) => each[end] === rank && each.source !== each.destination)
                .filter(({ source, destination }) => topology.tierOf(source, destination) === tier)
                // On a rail, a message may come and go by another GPU's port.
                .filter(({ source, destination }) => tier === 0 || (source - destination) % 4 === 0)
                .reduce((sum, { bytes }) => sum + bytes, 0);
              expect(time).toBeGreaterThanOrEqual((moved / bytesPerUs) * (1 - 1e-12));
            }
        });
      }),
    );
  });

  it("ranks of a node that change places change their times", () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    fc.assert(
      fc.property(messages, sms, order, (group, channels, places) => {
        // Both nodes alike, so that rails stay rails.
        const place = (rank: number): number => rank - (rank % 4) + places[rank % 4]!;
        const moved = group.map(({ source, destination, bytes }) =>
          message(place(source), place(destination), bytes),
        );
        const there = times(all, moved, channels, defaultParameters);
        times(all, group, channels, defaultParameters).forEach((time, rank) =>
          expect(there[place(rank)]).toBeCloseTo(time, 6),
        );
      }),
    );
  });
});
