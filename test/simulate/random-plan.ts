// Random plans that are faithful: every launch waits for what it needs, whatever streams and interleaving they have.
import fc from "fast-check";
import { defaultParameters, type CostParameters } from "../../src/cost/index.js";
import type { Expr, Launch } from "../../src/plan/index.js";
import {
  kernel,
  machine,
  MEMORY_BYTES_PER_US,
  readCounts,
  tier,
  transfer,
  type TinyPlan,
} from "./tiny-plan.js";

const share = fc.double({ min: 0.1, max: 1, noNaN: true });
const cost = fc.double({ min: 0, max: 5, noNaN: true });

/** Any efficiencies and launch costs. */
export const randomParameters: fc.Arbitrary<CostParameters> = fc
  .record({
    ...{ memoryEfficiency: share, memorySaturation: share, kernelStart: cost, transferStart: cost },
    ...{ hostLaunch: cost, hostGroup: cost, hostMessage: cost, hostSynchronize: cost, hostCopy: cost },
    channelBandwidth: fc.integer({ min: 1e6, max: 1e9 }),
  })
  .map((random) => ({ ...defaultParameters, ...random }));

export interface RandomOptions {
  /** One compute stream, one communicator without SMs: nothing is shared, so that faster parts cannot delay others. */
  readonly simple: boolean;
}

/** A plan of some micro-batches through some layers, over one or two tiers. */
export const randomPlan = ({ simple }: RandomOptions): fc.Arbitrary<TinyPlan> =>
  fc
    .record({
      ranks: fc.constantFrom(1, 2, 4),
      slotsPerRank: fc.integer({ min: 1, max: 3 }),
      tokens: fc.integer({ min: 1, max: 16 }),
      topK: fc.integer({ min: 1, max: 2 }),
      // Of each layer: which rank is busiest changes from one to the next.
      weights: fc.array(fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }), {
        minLength: 3,
        maxLength: 3,
      }),
      layers: fc.integer({ min: 1, max: 3 }),
      microBatches: fc.integer({ min: 1, max: 3 }),
      sms: simple ? fc.constant(0) : fc.constantFrom(0, 16, 64),
      streams: fc.array(simple ? fc.constant("compute") : fc.constantFrom("compute", "side"), {
        minLength: 18,
        maxLength: 18,
      }),
      ownGroups: simple ? fc.constant(false) : fc.boolean(),
      work: fc.nat(20),
      expert: fc.nat(5),
      order: fc.array(fc.nat(2), { minLength: 40, maxLength: 40 }),
      joins: fc.constantFrom(1, 2, 4),
      rail: fc.boolean(),
      latency: cost,
      gap: cost,
    })
    .map((random): TinyPlan => {
      const slots = random.ranks * random.slotsPerRank;
      const loadsOf = (row: readonly number[]): number[] => {
        const weights = row.slice(0, slots).map((each, at) => (at === 0 ? each + 1 : each));
        const all = weights.reduce((sum, each) => sum + each, 0);
        return weights.map((each) => each / all);
      };
      const { latency, gap, rail, joins } = random;
      const batches = Array.from({ length: random.microBatches }, (_, batch) => batch);
      return {
        ...random,
        loads: random.weights.slice(0, random.layers).map(loadsOf),
        streams: ["compute", "side", ...batches.map((batch) => `comm${String(batch)}`)],
        others: random.ownGroups ? batches.map((batch) => `moe${String(batch)}`) : [],
        machine: machine([
          tier({ joins, latency_us: latency, message_gap_us: gap, efficiency: 0.8 }),
          tier({
            name: "ib",
            kind: rail ? "rail" : "switch",
            bandwidth_bytes_per_s: 2e8,
            latency_us: latency,
          }),
        ]),
        launches: merge(
          batches.map((batch) => batchLaunches(batch, random)),
          random.order,
        ),
      };
    });

interface BatchOptions {
  readonly streams: readonly string[];
  readonly ownGroups: boolean;
  readonly work: number;
  readonly expert: number;
}

/** One micro-batch through one layer, each launch after all that it needs. */
function batchLaunches(batch: number, { streams, ownGroups, work, expert }: BatchOptions): Launch[] {
  const event = (name: string): string => `${name}@${String(batch)}`;
  const stream = (at: number): string => streams[batch * 6 + at]!;
  const comm = `comm${String(batch)}`;
  const exchange = ownGroups ? `moe${String(batch)}` : "moe";
  const after = (
    name: string,
    previous: string[],
  ): { waits: string[]; records: string[]; batch: number } => ({
    waits: previous.map(event),
    records: [event(name)],
    batch,
  });
  const expertBytes: Expr = ["*", `${exchange}.received`, expert * MEMORY_BYTES_PER_US];
  return [
    kernel("work", work, { ...after("work", ["combined"]), stream: stream(0) }),
    kernel("route", 1, { ...after("routed", ["work"]), stream: stream(1), node: "gate" }),
    transfer("counts", { ...after("counted", ["routed"]), stream: comm, exchange }),
    kernel("pack", 2, { ...after("packed", ["routed"]), stream: stream(2), node: "dispatch" }),
    { ...readCounts({ waits: [event("counted")], batch }), exchange },
    transfer("dispatch", { ...after("dispatched", ["packed"]), stream: comm, exchange }),
    kernel("expert", expertBytes, {
      ...after("experts", ["dispatched"]),
      ...{ stream: stream(3), node: "expert", exchange },
    }),
    transfer("combine", { ...after("back", ["experts"]), stream: comm, exchange }),
    kernel("reduce", 1, { ...after("combined", ["back"]), stream: stream(4), node: "combine" }),
  ];
}

/** Interleaves lists, keeping the order of each; `order` says from which to take next, as far as it goes. */
function merge(lists: readonly Launch[][], order: readonly number[]): Launch[] {
  const rest = lists.map((each) => [...each]);
  const merged: Launch[] = [];
  for (const which of order) {
    const next = rest[which % rest.length]?.shift();
    if (next !== undefined) merged.push(next);
  }
  return [...merged, ...rest.flat()];
}
