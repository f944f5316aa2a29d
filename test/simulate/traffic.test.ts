import { describe, expect, it } from "vitest";
import { PlanIndex, type AtomSet, type LaunchPlan } from "../../src/plan/index.js";
import { atomRange, entriesIn, Traffic, type ExchangeTraffic } from "../../src/simulate/traffic.js";
import { tinyPlan } from "./tiny-plan.js";

const trafficOf = (plan: LaunchPlan, layer = 0): ExchangeTraffic =>
  new Traffic(new PlanIndex(plan)).of("moe", layer);

describe("expected counts", () => {
  it("of uniform routing are equal: every rank sends tokens times top-k rows and receives as many", () => {
    const traffic = trafficOf(tinyPlan({ ranks: 4, tokens: 8, topK: 2, launches: [] }));
    expect([...traffic.sent]).toEqual([16, 16, 16, 16]);
    expect([...traffic.received]).toEqual([16, 16, 16, 16]);
    expect(traffic.rowsBetween(0, 3)).toBe(4);
  });

  it("follow the loads of the experts", () => {
    const plan = tinyPlan({ slotsPerRank: 2, tokens: 8, launches: [], loads: [[0.5, 0.25, 0.25, 0]] });
    const traffic = trafficOf(plan);
    expect([...traffic.received]).toEqual([12, 4]);
    expect(traffic.rowsOfSlots(0)).toEqual([8, 4]);
    expect(traffic.rowsOf(1, 2)).toBe(2);
  });

  it("may differ by layer; equal layers share them", () => {
    const plan = tinyPlan({
      layers: 2,
      launches: [],
      loads: [
        [1, 0],
        [0, 1],
      ],
    });
    expect([...trafficOf(plan, 0).received]).toEqual([16, 0]);
    expect([...trafficOf(plan, 1).received]).toEqual([0, 16]);
    const traffic = new Traffic(new PlanIndex(tinyPlan({ layers: 2, launches: [] })));
    expect(traffic.of("moe", 0)).toBe(traffic.of("moe", 1));
  });

  it("split the tokens among an expert's replicas by (source + token) mod replicas", () => {
    // Expert 0 has slots 0 and 1, expert 1 none of its own use; five tokens, all to expert 0.
    const plan = tinyPlan({ tokens: 5, launches: [], loads: [[1, 0]] });
    const [placement] = plan.placements;
    const tables = { expert_of_slot: [0, 0], replica_begin: [0, 2, 2], replica_slot: [0, 1] };
    const traffic = trafficOf({ ...plan, placements: [{ ...placement!, layers: [tables] }] });
    expect([traffic.rowsOf(0, 0), traffic.rowsOf(0, 1)]).toEqual([3, 2]);
    expect([traffic.rowsOf(1, 0), traffic.rowsOf(1, 1)]).toEqual([2, 3]);
  });

  it("of a set of atoms are those of its sources and hosts", () => {
    const plan = tinyPlan({ slotsPerRank: 2, launches: [], loads: [[0.5, 0.25, 0.25, 0]] });
    const traffic = trafficOf(plan);
    const sizeOnRank1 = (set: AtomSet) => {
      const onRank1 = (name: string): number | undefined => (name === "rank" ? 1 : undefined);
      const range = atomRange(set, undefined, traffic.space, onRank1);
      return { rows: traffic.rowsIn(range), atoms: entriesIn(range, traffic.space) };
    };
    expect(sizeOnRank1({ source: "rank", host: 0 })).toEqual({ rows: 6, atoms: 2 });
    expect(sizeOnRank1({ source: "all", host: "rank" })).toEqual({ rows: 4, atoms: 4 });
    expect(sizeOnRank1({ source: "all", host: 0, slot: 1 })).toEqual({ rows: 4, atoms: 2 });
    // A host that has fewer slots contributes none.
    expect(sizeOnRank1({ source: "all", host: 0, slot: 2 })).toEqual({ rows: 0, atoms: 0 });
  });
});
