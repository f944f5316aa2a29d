// Exact placement beside what enumerating every placement gives, the lower bound, and the search.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerBoundShare } from "../../src/place/bound.js";
import { placeExactly, placeLayers, type ExactPlacement, type PlaceProblem } from "../../src/place/index.js";
import { groupOfExpert } from "../../src/place/problem.js";
import { sharesOf } from "../../src/place/shares.js";
import { plainProblem } from "./problems.js";
import { randomProblem } from "./random-problems.js";

/** Turns of a round: a replica has at least one of them. */
const TURNS = 32;

async function exactly(problem: PlaceProblem): Promise<ExactPlacement> {
  const found = await placeExactly(problem, 0);
  if ("refused" in found) throw new Error("too large");
  return found;
}

describe("an exact placement", () => {
  it("cuts the experts that are worth it", async () => {
    // 17 over 3 GPUs: only a cut of the heaviest reaches the mean.
    const found = await exactly(plainProblem({ loads: [6, 3, 3, 3, 1, 1], slots: [3, 3, 2] }));
    expect(found.proved).toBe(true);
    expect(found.lowerBoundLoad).toBeCloseTo(17 / 3, 3);
    expect(found.gap).toBeLessThan(0.005);
    expect(found.score.maxLoad).toBeCloseTo(found.lowerBoundLoad * (1 + found.gap), 6);
  });

  it("keeps groups together where that costs no load", async () => {
    const loads = [4, 3, 4, 3, 4, 3, 4, 3];
    const problem = plainProblem({ loads, slots: [2, 2, 2, 2], nodes: 2, groups: 2 });
    const { placed, score } = await exactly({ ...problem, gate: { topK: 2, groups: 2, topGroups: 1 } });
    expect(score.maxLoad).toBe(7);
    const onFirstNode = placed.expertOfSlot.slice(0, 4).toSorted();
    expect([[0, 1, 2, 3], [4, 5, 6, 7]]).toContainEqual(onFirstNode); // prettier-ignore
  });

  it("has what is pinned where it is pinned", async () => {
    const pins = [{ expert: 3, gpu: 0 }, { expert: 3, gpu: 2 }]; // prettier-ignore
    const { placed } = await exactly(plainProblem({ loads: [4, 3, 2, 1], slots: [2, 2, 2], pins }));
    expect(placed.expertOfSlot.slice(0, 2)).toContain(3);
    expect(placed.expertOfSlot.slice(4)).toContain(3);
  });

  it("takes a layer of zeros as uniform", async () => {
    const { placed, lowerBoundLoad } = await exactly(plainProblem({ loads: [0, 0, 0, 0], slots: [2, 2] }));
    expect(placed.expertOfSlot.toSorted()).toEqual([0, 1, 2, 3]);
    expect(lowerBoundLoad).toBe(0);
  });

  it("may have more replicas of an expert than a round usually has turns", async () => {
    const everywhere = await exactly(plainProblem({ loads: [3, 1], slots: new Array<number>(40).fill(2) }));
    expect(everywhere.proved).toBe(true);
    expect(everywhere.score.balance).toBeCloseTo(1, 6);
  });

  it("refuses what is too large to be proved", async () => {
    const loads = new Array<number>(64).fill(1);
    expect(await placeExactly(plainProblem({ loads, slots: new Array<number>(8).fill(9) }), 0)).toEqual({
      ...{ refused: "too_large", cells: 512, most: 400 },
    });
  });

  it("is as good as its limit allows, and states what is proved, the same each time", async () => {
    const problem = plainProblem({ loads: [30, 20, 19, 12, 11, 10, 7, 5, 3], slots: [3, 3, 2, 2] });
    const found = await placeExactly(problem, 0, { nodeLimit: 20 });
    expect(found).toMatchObject({ proved: false });
    expect("gap" in found && found.gap).toBeGreaterThan(0);
    expect(await placeExactly(problem, 0, { nodeLimit: 20 })).toEqual(found);
  });
});

describe("what HiGHS proves", () => {
  it("is what enumerating every placement gives, at least the lower bound, and no more than a placement has", async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const problem = randomProblem(draw, { mostExperts: 4, mostGpus: 3, layers: 1 });
        const total = problem.loads[0]!.reduce((sum, load) => sum + load, 0);
        if (total === 0) return;
        const found = await exactly(problem);
        const best = leastPeak(problem);
        expect(found.proved).toBe(true);
        expect(found.lowerBoundLoad / total).toBeGreaterThanOrEqual(lowerBoundShare(problem, 0) * (1 - 1e-9));
        expect(found.lowerBoundLoad / total / best).toBeCloseTo(1, 4);
        expect(found.score.maxLoad).toBeGreaterThanOrEqual(found.lowerBoundLoad);
        expect(found.gap).toBeCloseTo(found.score.maxLoad / found.lowerBoundLoad - 1, 9);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the search", () => {
  it("comes within 3 % of exact placements on average, and never below what they prove", async () => {
    let [sum, count] = [0, 0];
    for (const exponent of [0.6, 1, 1.5])
      for (const slots of [
        [3, 2, 2, 2],
        [3, 3, 2, 2],
        [3, 3, 3, 3],
      ]) {
        // prettier-ignore
        const loads = Array.from({ length: 8 }, (_, rank) => 100 / (rank + 1) ** exponent);
        const problem = plainProblem({ loads, slots });
        const searched = placeLayers(problem)[0]!.score.maxLoad;
        const { score, lowerBoundLoad } = await exactly(problem);
        expect(searched).toBeGreaterThanOrEqual(lowerBoundLoad);
        expect(score.maxLoad).toBeLessThanOrEqual(searched * (1 + 1e-3));
        sum += searched / lowerBoundLoad;
        count++;
      }
    expect(sum / count).toBeLessThan(1.03);
  });
});

/** The least greatest share of the rows over a GPU's speed, over all placements and all splits that give each replica a turn. */
function leastPeak(problem: PlaceProblem): number {
  const { gpus, pins, gate, groupRule } = problem;
  const shares = sharesOf(problem.loads[0]!);
  const experts = [...shares.keys()];
  const setsOf = (gpu: number): number[][] =>
    subsets(experts).filter(
      (held) =>
        held.length === gpus.slots[gpu] && pins.every((pin) => pin.gpu !== gpu || held.includes(pin.expert)),
    );
  let best = Infinity;
  const extend = (held: readonly (readonly number[])[]): void => {
    if (held.length < gpus.slots.length) {
      for (const set of setsOf(held.length)) extend([...held, set]);
      return;
    }
    const nodesOf = (expert: number): number[] =>
      held.flatMap((own, gpu) => (own.includes(expert) ? [gpus.nodeOf[gpu]!] : []));
    if (experts.some((expert) => nodesOf(expert).length === 0)) return;
    const nodesOfGroup = Array.from({ length: gate.groups }, (_, group) =>
      experts
        .filter((expert) => groupOfExpert(expert, experts.length, gate.groups) === group)
        .flatMap(nodesOf),
    );
    const torn = nodesOfGroup.some((nodes) => new Set(nodes).size > 1);
    if (groupRule === "hard" && torn) return;
    best = Math.min(best, peakOf(held, shares, gpus.speeds));
  };
  extend([]);
  return best;
}

/**
 * The least peak of one placement. Every replica has its turn; the rest of some experts goes to the GPUs that hold any of them, so
 * those bear it together, and by Hall's theorem (of flows: Hoffman's) no more is needed.
 */
function peakOf(
  held: readonly (readonly number[])[],
  shares: Float64Array,
  speeds: readonly number[],
): number {
  const replicas = Array.from(shares, (_, expert) => held.filter((own) => own.includes(expert)).length);
  const turns = held.map((own) => own.reduce((sum, expert) => sum + shares[expert]! / TURNS, 0));
  let peak = Math.max(...turns.map((load, gpu) => load / speeds[gpu]!));
  for (const some of subsets([...shares.keys()])) {
    const rest = some.reduce((sum, expert) => sum + shares[expert]! * (1 - replicas[expert]! / TURNS), 0);
    const bearers = [...held.keys()].filter((gpu) => some.some((expert) => held[gpu]!.includes(expert)));
    const taken = bearers.reduce((sum, gpu) => sum + turns[gpu]!, 0);
    const speed = bearers.reduce((sum, gpu) => sum + speeds[gpu]!, 0);
    if (speed > 0) peak = Math.max(peak, (rest + taken) / speed);
  }
  return peak;
}

function subsets(of: readonly number[]): number[][] {
  return of.reduce<number[][]>((sets, each) => [...sets, ...sets.map((set) => [...set, each])], [[]]);
}
