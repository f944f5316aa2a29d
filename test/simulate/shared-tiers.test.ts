// Steps over tiers whose adapters GPUs share, or that are oversubscribed.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Machine, Tier } from "../../src/plan/index.js";
import { lowerBound, pricePlan, simulate, simulateFully } from "../../src/simulate/index.js";
import { sensitivities } from "../../src/simulate/sensitivity/sensitivity.js";
import { randomParameters, randomPlan } from "./random-plan.js";
import { exact, machine, tier, tinyPlan, transfer, type TinyPlan } from "./tiny-plan.js";

/** Nodes of so many ranks, with no delay within; between them 1000 bytes per microsecond, where the network is not changed. */
const nodes = (network: Partial<Tier>, joins = 2): Machine =>
  machine([
    tier({ joins, bandwidth_bytes_per_s: 1e15 }),
    tier({ name: "ib", kind: "switch", joins: 8 / joins, ...network }),
  ]);

/** Microseconds of one dispatch of 8 rows of 1000 bytes a rank, equally to all. */
const dispatch = (network: Partial<Tier>, given: Partial<TinyPlan> = {}): readonly [number, number] => {
  const plan = { ranks: 4, machine: nodes(network), launches: [transfer("dispatch")], ...given };
  const priced = pricePlan(tinyPlan(plan), exact);
  return [simulate(priced).makespanUs, simulateFully(priced).makespanUs];
};

const both = (us: number): unknown => [expect.closeTo(us, 9), expect.closeTo(us, 9)];

describe("a dispatch between nodes", () => {
  it("takes as long over one adapter for two GPUs as over two, but for the gaps: with ports and with flows", () => {
    // Two of a rank's eight rows go to each of two ranks on the other node.
    expect(dispatch({})).toEqual(both(4));
    expect(dispatch({ nics: 1 })).toEqual(both(4));
    expect(dispatch({ message_gap_us: 0.5 })).toEqual(both(4.5));
    expect(dispatch({ nics: 1, message_gap_us: 0.5 })).toEqual(both(4 + 3 * 0.5));
  });

  it("leaves what a GPU does not need of an adapter to the other", () => {
    // All rows go to rank 3: 8 of each rank of the first node, over one way in. Alone it has 1000 bytes per microsecond.
    const loads = [[0, 0, 0, 1]];
    expect(dispatch({}, { loads })).toEqual(both(16));
    expect(dispatch({ nics: 1 }, { loads })).toEqual(both(8));
  });

  it("takes longer over an oversubscribed tier, as far as a node sends more than that has", () => {
    expect(dispatch({ oversubscription: 1.5 })).toEqual(both(6));
    expect(dispatch({ oversubscription: 4, nics: 1 })).toEqual(both(16));
    // One rank at its own rate is half of what the node has.
    expect(dispatch({ oversubscription: 2 }, { loads: [[0, 0, 0, 1]] })).toEqual(both(16));
  });

  it("shares with the communicator beside it what nodes share", () => {
    // Two communicators of four ranks on two nodes of four GPUs each: ranks 2 and 3, 4 and 5 are the others' neighbours.
    const between = (network: Partial<Tier>): readonly [number, number] => {
      const plan = tinyPlan({
        ranks: 8,
        groupSize: 4,
        machine: nodes(network, 4),
        launches: [transfer("dispatch")],
      });
      const instances = [
        [0, 1, 4, 5],
        [2, 3, 6, 7],
      ];
      const groups = plan.groups.map((each) => ({ ...each, instances }));
      const priced = pricePlan({ ...plan, groups }, exact);
      return [simulate(priced).makespanUs, simulateFully(priced).makespanUs];
    };
    expect(between({})).toEqual(both(4));
    expect(between({ oversubscription: 2 })).toEqual(both(8));
    expect(between({ nics: 1 })).toEqual(both(4));
    // Sixteen rows leave a node at one GPU's rate.
    expect(between({ nics: 2, oversubscription: 4 })).toEqual(both(16));
  });
});

describe("what moves a step", () => {
  it("is the oversubscription of a tier, and not a tenth of an adapter", () => {
    const network = { nics: 1, oversubscription: 2 };
    const plan = tinyPlan({ ranks: 4, machine: nodes(network), launches: [transfer("dispatch")] });
    const priced = pricePlan(plan, exact);
    const of = new Map(
      sensitivities(priced, simulate(priced)).map((each) => [each.parameter, each.step_time_change]),
    );
    expect(of.get("ib.oversubscription")).toBeCloseTo(0.1, 5);
    expect(of.get("ib.bandwidth")).toBeCloseTo(1 / 1.1 - 1, 5);
    expect([...of.keys()]).not.toContain("ib.nics");
  });
});

describe("the lower bound", () => {
  const step = [transfer("dispatch"), transfer("combine")];
  const bound = (network: Partial<Tier>) =>
    lowerBound(
      pricePlan(
        tinyPlan({
          ...{ ranks: 4, microBatches: 2, machine: nodes(network) },
          launches: step.flatMap((each) => [each, { ...each, micro_batch: 1 }]),
        }),
        exact,
      ),
    );

  it("is what a node sends over an oversubscribed tier", () => {
    const free = bound({});
    expect(bound({ oversubscription: 3 })).toEqual({
      timeUs: 3 * free.timeUs,
      boundBy: "ib traffic of every rank",
    });
  });

  it("is no other where GPUs share adapters that are as fast as they together", () => {
    expect(bound({ nics: 1 })).toEqual(bound({}));
  });

  it("holds for any plan and parameters, with ports and with flows", () => {
    const shared = fc.record({
      nics: fc.integer({ min: 1, max: 4 }),
      oversubscription: fc.double({ min: 1, max: 8, noNaN: true }),
    });
    const anyParameters = fc.oneof(fc.constant(exact), randomParameters);
    fc.assert(
      fc.property(
        randomPlan({ simple: false }),
        shared,
        anyParameters,
        (given, { nics, oversubscription }, parameters) => {
          const [near, far] = given.machine!.tiers as [Tier, Tier];
          const tiers = [near, { ...far, oversubscription, nics: Math.min(nics, near.joins) }];
          const priced = pricePlan(tinyPlan({ ...given, machine: machine(tiers) }), parameters);
          const { timeUs } = lowerBound(priced);
          expect(timeUs).toBeLessThanOrEqual(simulate(priced).makespanUs * (1 + 1e-9));
          expect(timeUs).toBeLessThanOrEqual(simulateFully(priced).makespanUs * (1 + 1e-9));
        },
      ),
      { numRuns: 200, seed: 4 },
    );
  });
});
