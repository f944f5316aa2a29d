// Whether an exchange goes on in rounds: by the counts of all, some rank would receive, or forward, more than fits.
import { describe, expect, it } from "vitest";
import { AtomSpace, type Exchange, type Placement } from "../../src/plan/index.js";
import { HostCounts } from "../../src/run/counts.js";
import { exceedsBound } from "../../src/run/rounds.js";

/** Two nodes of two ranks, an expert slot on each. */
const placement: Placement = {
  ...{ name: "p", block: "b", gate: "g", experts: 4, slots: 4, slot_begin: [0, 1, 2, 3, 4] },
  layers: [{ expert_of_slot: [0, 1, 2, 3], replica_begin: [0, 1, 2, 3, 4], replica_slot: [0, 1, 2, 3] }],
};
const nodes = new AtomSpace({ ranks_per_node: 2 }, placement);

/** `rows` [source][slot], as rank 0 has gathered them: sources by their index in a node first, copies behind each node's slots. */
function exceeds(rows: readonly (readonly number[])[], fits: number): boolean {
  const table = new Uint32Array(4 * nodes.columns);
  rows.forEach((own, source) => {
    own.forEach((count, slot) => (table[nodes.byRail(source) * nodes.columns + nodes.toldAt(slot)] = count));
  });
  const layout = {
    stride: nodes.columns,
    first: 0,
    firstOfNode: 0,
    copies: 2,
    isGathered: true,
    byRail: true,
  };
  const counts = new HostCounts(nodes, 0, new Uint32Array(nodes.columns), table, layout);
  const exchange = { ranks_per_node: 2, capacity_rows: { expr: fits, value: fits } };
  return exceedsBound(exchange as Exchange, counts);
}

describe("an exchange over nodes exceeds its bound", () => {
  const none = [0, 0, 0, 0];

  it("where a rank would receive more than fits", () => {
    const rows = [[0, 0, 3, 0], [0, 0, 3, 0], none, none];
    expect([5, 6].map((fits) => exceeds(rows, fits))).toEqual([true, false]);
  });

  it("where a rank would forward more than fits, though each receives less", () => {
    // Ranks 0 and 2 are of one rail: what they have for the second node goes through rank 2.
    const rows = [[0, 0, 2, 2], none, [0, 0, 2, 2], none];
    expect([4, 7, 8].map((fits) => exceeds(rows, fits))).toEqual([true, true, false]);
  });

  it("not by what other rails forward", () => {
    const rows = [[0, 0, 2, 2], [0, 0, 2, 2], none, none];
    expect([3, 4].map((fits) => exceeds(rows, fits))).toEqual([true, false]);
  });
});
