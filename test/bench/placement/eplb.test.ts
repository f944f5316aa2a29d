// The baseline does what its description says, also where that is not good.
import { describe, expect, it } from "vitest";
import { baselinePolicy, placeByBaseline } from "./eplb.js";

describe("the baseline", () => {
  it("copies what has the largest load per copy, and packs the heaviest copy to the least loaded GPU with a free slot", () => {
    // Copies of expert 0 have 5, then 10 / 3 each. The third one goes to GPU 0, as both carry the same.
    const shape = { slots: 6, groups: 1, nodes: 1, gpus: 2 };
    expect(placeByBaseline([10, 1, 1, 1], shape)).toEqual([0, 0, 3, 0, 1, 2]);
  });

  it("packs groups to nodes and copies within them, where it is hierarchical", () => {
    // Groups have 9, 2, 6 and 5: the first two share a node. There, expert 0 has three copies; in the other node 4 and 6 have two.
    const loads = [8, 1, 1, 1, 4, 2, 3, 2];
    const shape = { slots: 12, groups: 4, nodes: 2, gpus: 4 };
    const nodes = [0, 0, 3, 0, 1, 2, ...[4, 7, 6, 5, 4, 6]];
    expect(placeByBaseline(loads, shape, "hierarchical")).toEqual(nodes);
  });

  it("knows neither groups nor nodes, where it is global", () => {
    // Expert 1 has 3, experts 0 and 4 have two copies of 2 each, all others 1. GPU 0 starts with the 3 and gets the next 2 as its
    // second replica, when GPU 1 has two of them; both of expert 4 are on GPU 1.
    const loads = [4, 3, 1, 1, 4, 1, 1, 1];
    const shape = { slots: 10, groups: 4, nodes: 2, gpus: 2 };
    expect(placeByBaseline(loads, shape, "global")).toEqual([1, 0, 2, 3, 6, ...[0, 4, 4, 5, 7]]);
  });

  it("is hierarchical wherever groups divide by nodes, whatever the loads", () => {
    const policies = [1, 4, 8, 3, 16, 18].map((nodes) =>
      baselinePolicy({ slots: 288, groups: 8, nodes, gpus: 144 }),
    );
    expect(policies).toEqual(["hierarchical", "hierarchical", "hierarchical", "global", "global", "global"]);
  });
});
