// Remarks on a placement: which figures they are about.
import { describe, expect, it } from "vitest";
import { placeExperts } from "../../src/index.js";
import { remarks } from "../../src/report/place/words.js";

describe("remarks on a placement", () => {
  it("call GPUs less even than by the rule for the shares that are served, not for even ones", async () => {
    const { report } = await placeExperts({
      ...{ loads: [[[9, 5, 4, 3, 2, 1]]], gpus: 3, nodes: 1, slots: 8, topK: 1 },
    });
    if (report === undefined) throw new Error("nothing was placed");
    const low = report.balancedness.map(() => 0.01);
    const said = /less even, by the shares that are served/;
    expect(remarks({ ...report, balancedness: low }).join(" ")).not.toMatch(said);
    expect(remarks({ ...report, split_balancedness: low }).join(" ")).toMatch(said);
  });
});
