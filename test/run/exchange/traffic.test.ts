// Traffic to execute plans with: that of the demand on average, and all kinds unlike it.
import { describe, expect, it } from "vitest";
import { countsOfRouting, entryOf } from "../../../src/exchange-plan/index.js";
import { drawRouting, drawTraffic } from "../../../src/run/exchange/traffic.js";
import { withCopies } from "../../end-to-end/exchange-cases.js";
import { planOf } from "../../exchange/plans.js";

const shape = { nodes: 3, ranksPerNode: 2 };
const means = (source: number, destination: number): number => ((source * 5 + destination * 3) % 7) / 2;
const plain = planOf(shape, "forward", 1, means);
const copied = withCopies(plain);
const copiesFor = (source: number, node: number): number =>
  entryOf(copied.demand.copies!, source, node, Math.floor(source / 2));

describe("a drawn routing", () => {
  it.each([
    ["of rows", plain],
    ["of copies", copied],
  ])("has the counts of the demand on average, %s", (_, plan) => {
    const draws = 600;
    const all = Array.from({ length: draws }, (_, seed) => countsOfRouting(drawRouting(plan, seed), plan));
    for (let source = 0; source < 6; source++) {
      for (let rank = 0; rank < 6; rank++) {
        const sum = all.reduce((total, { rows }) => total + rows(source, rank), 0);
        expect(Math.abs(sum / draws - means(source, rank))).toBeLessThan(0.15);
      }
      if (plan === copied)
        for (let node = 0; node < 3; node++) {
          const sum = all.reduce((total, { copies }) => total + copies(source, node), 0);
          expect(Math.abs(sum / draws - copiesFor(source, node))).toBeLessThan(0.15);
        }
    }
  });

  it("has tokens with several destinations, ascending, where there are copies, and else with one", () => {
    const tokens = drawRouting(copied, 1).flat();
    for (const token of tokens) expect([...new Set(token)].sort((a, b) => a - b)).toEqual(token);
    expect(Math.max(...tokens.map(({ length }) => length))).toBeGreaterThan(2);
    expect(
      new Set(
        drawRouting(plain, 1)
          .flat()
          .map(({ length }) => length),
      ),
    ).toEqual(new Set([1]));
  });

  it("is a part of the demand where only a part is asked for", () => {
    const rows = (scale: number): number =>
      Array.from({ length: 100 }, (_, seed) => drawRouting(copied, seed, scale).flat(2).length).reduce(
        (sum, each) => sum + each,
        0,
      );
    expect(rows(0.25) / rows(1)).toBeCloseTo(0.25, 1);
  });
});

describe("traffic unlike the demand", () => {
  it("goes to one rank, leaves ranks without tokens, is one token or none", () => {
    const toOne = drawTraffic("to-one", copied, 3).flat();
    expect(new Set(toOne.flat()).size).toBe(1);
    expect(toOne).toHaveLength(drawRouting(copied, 3).flat().length);

    const gaps = drawTraffic("gaps", copied, 3);
    expect(gaps.some((tokens) => tokens.length === 0)).toBe(true);
    expect(new Set(gaps.flat(2)).size).toBeLessThan(6);
    expect(gaps.flat(2).length).toBeGreaterThan(0);

    const one = drawTraffic("one-token", copied, 3).flat();
    expect(one).toHaveLength(1);
    expect(one[0]!.length).toBeGreaterThan(0);
    expect(drawTraffic("empty", copied, 3)).toEqual([[], [], [], [], [], []]);
  });
});
