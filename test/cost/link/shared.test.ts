// GPUs that share adapters, and tiers that are oversubscribed: what that does to ports, ways and times.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  busyRate,
  collectiveTime,
  defaultParameters,
  tierPorts,
  Topology,
  transferTimes,
  type CostParameters,
  type Message,
} from "../../../src/cost/index.js";
import type { Tier } from "../../../src/plan/index.js";
import { bare, machine, message } from "./machine.js";

/** Nodes of so many GPUs with 100 GB/s within and 10 GB/s between them, where the network is changed. */
function nodes(network: Partial<Tier> = {}, gpus = 4, count = 2): Topology {
  const [nvlink, infiniband] = machine.tiers as [Tier, Tier];
  return new Topology({
    ...machine,
    gpus: gpus * count,
    tiers: [
      { ...nvlink, joins: gpus },
      { ...infiniband, joins: count, kind: "switch", ...network },
    ],
  });
}

const everyone = (topology: Topology): number[] =>
  Array.from({ length: topology.machine.gpus }, (_, gpu) => gpu);
const times = (
  topology: Topology,
  messages: readonly Message[],
  sms = 0,
  parameters: CostParameters = bare,
): number[] => [...transferTimes(topology, everyone(topology), messages, sms, parameters)];

/** Equal parts from each GPU to each other. */
const allToAll = (topology: Topology, bytes: number): Message[] =>
  everyone(topology).flatMap((from) =>
    everyone(topology).flatMap((to) => (from === to ? [] : [message(from, to, bytes)])),
  );

describe("ports of a tier", () => {
  it("are the GPUs where nothing is shared", () => {
    const { portOf, ports, rate, cut } = tierPorts(nodes(), 1);
    expect([0, 3, 4, 7].map(portOf)).toEqual([0, 3, 4, 7]);
    expect([ports, rate, cut]).toEqual([8, 10e3, undefined]);
  });

  it("are adapters where GPUs share them in order, as fast as their GPUs together", () => {
    const { portOf, ports, rate } = tierPorts(nodes({ nics: 2 }), 1);
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(portOf)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect([ports, rate]).toEqual([4, 20e3]);
  });

  it("need not divide the GPUs evenly: an adapter has its part of all bandwidth then", () => {
    const { portOf, rate } = tierPorts(nodes({ nics: 3 }, 8), 1);
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(portOf)).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
    expect(rate).toBeCloseTo((10e3 * 8) / 3, 9);
  });

  it("have units as limits where the tier is oversubscribed", () => {
    const { cut } = tierPorts(nodes({ oversubscription: 2.5 }), 1);
    expect([0, 3, 4, 7].map(cut!.unitOf)).toEqual([0, 0, 1, 1]);
    expect(cut!.rate).toBe((4 * 10e3) / 2.5);
  });
});

describe("a rail of shared adapters", () => {
  it("joins GPUs whose adapters have equal indices; for others a message first goes to the GPU of the other's index", () => {
    const topology = nodes({ kind: "rail", nics: 2 });
    expect(topology.route(0, 5)).toEqual([{ tier: 1, from: 0, to: 5 }]);
    expect(topology.route(0, 6)).toEqual([
      { tier: 0, from: 0, to: 2 },
      { tier: 1, from: 2, to: 6 },
    ]);
  });

  it("of one adapter a node joins all", () => {
    const topology = nodes({ kind: "rail", nics: 1 });
    for (const from of [0, 1, 2, 3])
      for (const to of [4, 5, 6, 7]) expect(topology.route(from, to)).toEqual([{ tier: 1, from, to }]);
  });
});

describe("a message", () => {
  it("may use all of an adapter that others leave alone", () => {
    // 1 MB at 20 GB/s and the latency.
    expect(times(nodes({ nics: 2 }), [message(0, 4, 1e6)])[0]).toBe(50 + 4);
  });

  it("shares it with those of the GPU beside, gaps included, and not with other adapters", () => {
    const both = times(nodes({ nics: 2 }), [message(0, 4, 1e6), message(1, 7, 1e6), message(2, 6, 1e5)]);
    expect(both[0]).toBeCloseTo(4 + 100 + 0.5, 9);
    expect(both[1]).toBeCloseTo(4 + 100 + 0.5, 9);
    // GPU 6 and 7 have one adapter, into which both messages come.
    expect(both[2]).toBeCloseTo(4 + (1e6 + 1e5) / 20e3 + 0.5, 9);
  });

  it("waits for all that its node sends over an oversubscribed tier, or receives", () => {
    const topology = nodes({ oversubscription: 4 });
    // One GPU's rate for the whole node: a message alone takes what it took, four take four times as long.
    expect(times(topology, [message(0, 4, 1e6)])[0]).toBe(100 + 4);
    const four = [0, 1, 2, 3].map((gpu) => message(gpu, 4 + gpu, 1e6));
    expect(times(topology, four)[0]).toBeCloseTo(400 + 4, 9);
    // The other way has its own limit, and what stays in the node has none.
    expect(times(topology, [...four, message(4, 0, 1e6)])[0]).toBeCloseTo(400 + 4, 9);
    expect(times(topology, [message(0, 1, 1e6)])[0]).toBe(10 + 1);
  });
});

describe("times of groups", () => {
  const shape = fc.record({
    gpus: fc.integer({ min: 1, max: 6 }),
    count: fc.integer({ min: 2, max: 3 }),
    kind: fc.constantFrom("rail" as const, "switch" as const),
    sms: fc.constantFrom(0, 8),
  });
  const random = (gpus: number): fc.Arbitrary<Message[]> =>
    fc.array(
      fc
        .tuple(fc.nat(gpus - 1), fc.nat(gpus - 1), fc.nat(1e6))
        .map(([from, to, bytes]) => message(from, to, bytes)),
      { maxLength: 30 },
    );

  it("are the same with as many adapters as GPUs and an oversubscription of 1 as without", () => {
    const cases = shape.chain((given) =>
      fc.record({ given: fc.constant(given), messages: random(given.gpus * given.count) }),
    );
    fc.assert(
      fc.property(cases, ({ given: { gpus, count, kind, sms }, messages }) => {
        const without = nodes({ kind }, gpus, count);
        const stated = nodes({ kind, nics: gpus, oversubscription: 1 }, gpus, count);
        expect(times(stated, messages, sms, defaultParameters)).toEqual(
          times(without, messages, sms, defaultParameters),
        );
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it("are never shorter with fewer adapters, where all send as much to each over a switch", () => {
    const cases = shape.chain((given) =>
      fc.record({
        given: fc.constant(given),
        nics: fc.integer({ min: 1, max: given.gpus }),
        bytes: fc.nat(1e7),
      }),
    );
    fc.assert(
      fc.property(cases, ({ given: { gpus, count, sms }, nics, bytes }) => {
        const last = (topology: Topology): number =>
          Math.max(...times(topology, allToAll(topology, bytes), sms, defaultParameters));
        const own = last(nodes({}, gpus, count));
        expect(last(nodes({ nics }, gpus, count))).toBeGreaterThanOrEqual(own * (1 - 1e-12));
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it("are never shorter where a tier is further oversubscribed", () => {
    const cases = shape.chain((given) =>
      fc.record({
        given: fc.constant(given),
        messages: random(given.gpus * given.count),
        ratios: fc.tuple(
          fc.double({ min: 1, max: 8, noNaN: true }),
          fc.double({ min: 1, max: 8, noNaN: true }),
        ),
      }),
    );
    fc.assert(
      fc.property(cases, ({ given: { gpus, count, kind, sms }, messages, ratios }) => {
        const [less, more] = ratios
          .toSorted((one, other) => one - other)
          .map((oversubscription) =>
            times(nodes({ kind, oversubscription }, gpus, count), messages, sms, defaultParameters),
          );
        less!.forEach((time, rank) => {
          expect(more![rank]!).toBeGreaterThanOrEqual(time * (1 - 1e-12));
        });
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

describe("what each GPU reaches while all of its unit send", () => {
  it("is its bandwidth, or its part of the fullest adapter or of what the unit sends", () => {
    expect(busyRate(nodes(), 1)).toBe(10e3);
    expect(busyRate(nodes({ nics: 2 }), 1)).toBe(10e3);
    // Three of eight GPUs at an adapter that has a third of the bandwidth of eight.
    expect(busyRate(nodes({ nics: 3 }, 8), 1)).toBeCloseTo((10e3 * 8) / 9, 9);
    expect(busyRate(nodes({ nics: 2, oversubscription: 2 }), 1)).toBe(5e3);
  });

  it("is the rate of collectives across nodes", () => {
    const slope = (topology: Topology): number =>
      collectiveTime(topology, "reduce_scatter", 8, 2e9, bare) -
      collectiveTime(topology, "reduce_scatter", 8, 1e9, bare);
    const free = { ...bare, localCopy: 0, ringStepGrowth: 0 };
    const bytes = (topology: Topology): number =>
      collectiveTime(topology, "all_gather", 8, 2e9, free) -
      collectiveTime(topology, "all_gather", 8, 1e9, free);
    expect(bytes(nodes({ oversubscription: 2 })) / bytes(nodes())).toBeCloseTo(2, 6);
    expect(slope(nodes({ nics: 2 }))).toBe(slope(nodes()));
  });
});
