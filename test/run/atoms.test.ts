import { describe, expect, it } from "vitest";
import {
  dimensionEnvironment,
  extend,
  type AtomLayout,
  type AtomSet,
  type Placement,
} from "../../src/plan/index.js";
import { AtomOffsets, AtomOrder, atomsOf } from "../../src/run/atoms.js";

// Two ranks; rank 0 has slots 0 and 1, rank 1 has slot 2.
const placement: Placement = {
  name: "p",
  block: "b",
  gate: "g",
  experts: 3,
  slots: 3,
  slot_begin: [0, 2, 3],
  layers: [],
};
const onRank = (rank: number) => extend(dimensionEnvironment([]), { rank });
/** Atom (source, slot) has so many rows. */
const rows = [
  [1, 2, 3],
  [4, 5, 6],
];
const rowsOf = (source: number, slot: number) => rows[source]![slot]!;

describe("atoms", () => {
  it("of a set stand in the order of the layout", () => {
    const all = { source: "all", host: 0 };
    const pairs = (order: AtomLayout["order"]) =>
      atomsOf(all, order, placement, 2, onRank(0)).map(({ source, slot }) => [source, slot]);
    expect(pairs(["source", "slot"])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(pairs(["slot", "source"])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
  });

  it("of one slot of each host leave out hosts with fewer slots", () => {
    const second = { source: "rank", host: "all", slot: 1 };
    expect(atomsOf(second, ["slot", "source"], placement, 2, onRank(1))).toEqual([{ source: 1, slot: 1 }]);
  });

  it("lie behind the rows of those before them", () => {
    const bySource: AtomLayout = {
      name: "l",
      holds: { source: "all", host: "rank" },
      order: ["source", "slot"],
    };
    const spanOf = (layout: AtomLayout, rank: number, set: AtomSet) => {
      const order = new AtomOrder(layout, placement, 2, onRank(rank));
      return new AtomOffsets(order, rowsOf).spanOf(order.positionsOf(set));
    };
    const span = (source: number) => spanOf(bySource, 0, { source, host: "rank" });
    expect(span(0)).toEqual({ first: 0, rows: 1 + 2 });
    expect(span(1)).toEqual({ first: 1 + 2, rows: 4 + 5 });
    const sent: AtomLayout = { name: "s", holds: { source: "rank", host: "all" }, order: ["slot", "source"] };
    expect(spanOf(sent, 1, { source: "rank", host: 1 })).toEqual({ first: 4 + 5, rows: 6 });
  });

  it("that a layout does not hold are a mistake", () => {
    const own: AtomLayout = { name: "l", holds: { source: "rank", host: "all" }, order: ["slot", "source"] };
    const order = new AtomOrder(own, placement, 2, onRank(0));
    expect(() => order.positionsOf({ source: 1, host: 0 })).toThrow("holds no atom (1, 0)");
  });
});
