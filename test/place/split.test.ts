// How tokens divide among replicas: evenly where that is asked for, else so that the busiest GPU has least.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeLayers, type Gpus } from "../../src/place/index.js";
import { bestTurns, MOST_TURNS } from "../../src/place/split.js";
import { loadsOf, problemOf } from "../bench/placement/cases.js";

const gpusOf = (slots: readonly number[]): Gpus => ({
  slots,
  nodeOf: slots.map(() => 0),
  speeds: slots.map(() => 1),
});

/** [gpu] share of the rows. */
function loadsWith(
  shares: Float64Array,
  expertOfSlot: readonly number[],
  turns: readonly number[],
  { slots }: Gpus,
): number[] {
  const rounds = new Float64Array(shares.length);
  expertOfSlot.forEach((expert, slot) => (rounds[expert]! += turns[slot]!));
  let slot = 0;
  return slots.map((own) => {
    let load = 0;
    for (const end = slot + own; slot < end; slot++) {
      const expert = expertOfSlot[slot]!;
      load += (shares[expert]! * turns[slot]!) / rounds[expert]!;
    }
    return load;
  });
}

describe("turns", () => {
  it("level two GPUs that share an expert", () => {
    // Expert 0 on both, 1 on the first and 2 on the second: 0.6 + 0.3 + 0.1 make 0.5 each where 0 gives 0.2 and 0.4.
    const shares = Float64Array.of(0.6, 0.3, 0.1);
    const turns = bestTurns(shares, [0, 1, 0, 2], { gpus: gpusOf([2, 2]) });
    expect(turns).toEqual([1, 1, 2, 1]);
  });

  it("pass load on along a chain of experts that neighbours share", () => {
    // GPU i holds experts i and i + 1; the first has all the load that is not shared.
    const shares = Float64Array.of(0.4, 0.2, 0.2, 0.2);
    const gpus = gpusOf([2, 2, 2]);
    const expertOfSlot = [0, 1, 1, 2, 2, 3];
    const loads = loadsWith(shares, expertOfSlot, bestTurns(shares, expertOfSlot, { gpus }), gpus);
    expect(Math.max(...loads)).toBeLessThan(0.42);
  });

  it("are even where that helps as much, and where it is asked for", () => {
    const even = [1, 1, 1, 1];
    expect(bestTurns(Float64Array.of(0.5, 0.25, 0.25), [0, 1, 0, 2], { gpus: gpusOf([2, 2]) })).toEqual(even);
    const uneven = Float64Array.of(0.6, 0.3, 0.1);
    expect(bestTurns(uneven, [0, 1, 0, 2], { gpus: gpusOf([2, 2]), evenSplit: true })).toEqual(even);
  });

  it("are whole, at least one a replica, and never load a GPU more than even ones do", () => {
    const weight = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 3, maxLength: 8 }),
        fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 }),
        (weights, wishes) => {
          const sum = weights.reduce((all, each) => all + each, 0);
          const shares = Float64Array.from(weights, (each) => (sum === 0 ? 1 : each / sum));
          const held = wishes.map((own) => [...new Set(own.map((wish) => wish % shares.length))]);
          const gpus = gpusOf(held.map((own) => own.length));
          const expertOfSlot = held.flat();
          const turns = bestTurns(shares, expertOfSlot, { gpus });
          for (const each of turns)
            expect(Number.isInteger(each) && each >= 1 && each <= MOST_TURNS).toBe(true);
          const even = loadsWith(
            shares,
            expertOfSlot,
            turns.map(() => 1),
            gpus,
          );
          const own = loadsWith(shares, expertOfSlot, turns, gpus);
          expect(Math.max(...own)).toBeLessThanOrEqual(Math.max(...even) * (1 + 1e-9));
        },
      ),
    );
  });
});

it("a placement for a system that knows no uneven shares has none, and is at least as even by itself", () => {
  const problem = problemOf(loadsOf("log-normal 1.0", 0, 6), { gpus: 64, nodes: 8, slots: 320 }, "priced");
  const uneven = placeLayers(problem);
  expect(uneven.some(({ placed }) => placed.turns.some((each) => each > 1))).toBe(true);
  for (const { placed, score } of placeLayers({ ...problem, evenSplit: true })) {
    expect(new Set(placed.turns)).toEqual(new Set([1]));
    expect(score.balance).toBe(score.evenBalance);
  }
});
