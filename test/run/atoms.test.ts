import { describe, expect, it } from "vitest";
import {
  AtomOrder,
  AtomSpace,
  dimensionEnvironment,
  type AtomLayout,
  type AtomSet,
  type Placement,
} from "../../src/plan/index.js";
import { AtomOffsets } from "../../src/run/atoms.js";

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
const space = new AtomSpace({}, placement);
const orderOf = (layout: AtomLayout, rank: number) =>
  new AtomOrder(layout, space, dimensionEnvironment([]), rank);
/** Atom (source, slot) has so many rows. */
const rows = [
  [1, 2, 3],
  [4, 5, 6],
];
const rowsOf = (source: number, slot: number) => rows[source]![slot]!;

describe("atoms", () => {
  it("of a set stand in the order of the layout", () => {
    const pairs = (order: AtomLayout["order"], holds: AtomSet, rank = 0) => {
      const found: (readonly [number, number])[] = [];
      orderOf({ name: "l", holds, order }, rank).forEach((source, slot) => found.push([source, slot]));
      return found;
    };
    const all = { source: "all", host: 0 };
    expect(pairs(["source", "slot"], all)).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(pairs(["slot", "source"], all)).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
    // A host that has no second slot has none to give.
    expect(pairs(["slot", "source"], { source: "rank", host: "all", slot: 1 }, 1)).toEqual([[1, 1]]);
  });

  it("lie behind the rows of those before them", () => {
    const bySource: AtomLayout = {
      name: "l",
      holds: { source: "all", host: "rank" },
      order: ["source", "slot"],
    };
    const spanOf = (layout: AtomLayout, rank: number, set: AtomSet) => {
      const order = orderOf(layout, rank);
      return new AtomOffsets(order, rowsOf).spanOf(order.pieceOf(set));
    };
    const span = (source: number) => spanOf(bySource, 0, { source, host: "rank" });
    expect(span(0)).toEqual({ first: 0, rows: 1 + 2 });
    expect(span(1)).toEqual({ first: 1 + 2, rows: 4 + 5 });
    const sent: AtomLayout = { name: "s", holds: { source: "rank", host: "all" }, order: ["slot", "source"] };
    expect(spanOf(sent, 1, { source: "rank", host: 1 })).toEqual({ first: 4 + 5, rows: 6 });
  });

  it("that a layout does not hold are a mistake", () => {
    const own: AtomLayout = { name: "l", holds: { source: "rank", host: "all" }, order: ["slot", "source"] };
    const order = orderOf(own, 0);
    expect(() => order.pieceOf({ source: 1, host: 0 })).toThrow("holds no entry of source 1, column 0");
  });
});
