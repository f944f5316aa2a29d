// What rebalancing is made of: safe orders and their check, choices within a limit, assignments, and prices that follow changes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InternalError } from "../../src/diagnostics/internal-error.js";
import { gpuOfSlots, LayerScorer, slotBegins } from "../../src/place/index.js";
import { leastAssignment } from "../../src/place/rebalance/assignment.js";
import { chooseWithin } from "../../src/place/rebalance/choose.js";
import { CrossingState } from "../../src/place/rebalance/crossing-state.js";
import { LayerState } from "../../src/place/rebalance/layer-state.js";
import { matched } from "../../src/place/rebalance/match.js";
import type { Move } from "../../src/place/rebalance/index.js";
import { safeOrder } from "../../src/place/rebalance/order.js";
import { replayMoves } from "../../src/place/rebalance/replay.js";
import { prices, problemOf, rebalanceCases } from "./rebalance-cases.js";

const expertsOf = (expertOfSlot: readonly number[], slots: readonly number[]): number[][] => {
  const begins = slotBegins(slots);
  return slots.map((_, gpu) => expertOfSlot.slice(begins[gpu], begins[gpu + 1]).sort((a, b) => a - b));
};

describe("a safe order", () => {
  const gpus = Int32Array.of(0, 0, 1, 1, 2, 2);

  it("exchanges two experts over a replica on one of their GPUs by three moves", () => {
    // 0 and 2 change places; 1 is on two GPUs and makes way on the first.
    expect(safeOrder([0, 1, 2, 3, 1, 4], [2, 1, 0, 3, 1, 4], gpus, 5)).toHaveLength(3);
  });

  it("exchanges two experts over a replica on a third GPU by four", () => {
    const gpus = Int32Array.of(0, 1, 2, 3, 3);
    expect(safeOrder([0, 1, 2, 2, 3], [1, 0, 2, 2, 3], gpus, 4)).toHaveLength(4);
  });

  it("is none where no expert has a second replica", () => {
    expect(safeOrder([0, 1, 2, 3, 4, 5], [2, 1, 0, 3, 4, 5], gpus, 6)).toBeUndefined();
  });

  it("leads between any two placements of which the first has a replica to spare", () => {
    fc.assert(
      fc.property(rebalanceCases, ({ problem, from, other }) => {
        const { slots } = problem.gpus;
        const gpuOf = gpuOfSlots(problem.gpus);
        const experts = problem.loads[0]!.length;
        from.forEach(({ expertOfSlot }, layer) => {
          const to = other[layer]!.expertOfSlot;
          const order = safeOrder(expertOfSlot, to, Int32Array.from(gpuOf), experts);
          if (gpuOf.length === experts) return;
          const now = [...expertOfSlot];
          for (const { slot, expert } of order!) {
            expect(expertsOf(now, slots)[gpuOf[slot]!]).not.toContain(expert);
            now[slot] = expert;
            expect(new Set(now).size).toBe(experts);
          }
          expect(expertsOf(now, slots)).toEqual(expertsOf(to, slots));
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("the check of moves", () => {
  const gpus = { nodeOf: [0, 0], slots: [2, 2], speeds: [1, 1] };
  const move: Move = {
    ...{ layer: 0, expert: 0, fromGpu: 0, gpu: 1, slot: 3, replaces: 2 },
    ...{ bytes: 1, bundle: 0, gainUs: 1, forced: false },
  };
  const after = (changed: Partial<Move>, from = [0, 2, 1, 2]): number[][] =>
    replayMoves({ gpus, experts: 3 }, [from], [{ ...move, ...changed }]);

  it("lets a spare replica be overwritten", () => {
    expect(after({})).toEqual([[0, 2, 1, 0]]);
  });
  it.each([
    ["only replica", { slot: 2, replaces: 1 }],
    ["from where it is not", { fromGpu: 1 }],
    ["a GPU an expert that it has", { expert: 1, fromGpu: 1 }],
    ["another expert than is there", { replaces: 1 }],
    ["a slot of another GPU", { slot: 1 }],
    ["an expert that is none", { expert: 3 }],
  ])("refuses a move of which it says: %s", (what, changed) => {
    expect(() => after(changed)).toThrow(InternalError);
    expect(() => after(changed)).toThrow(what);
  });
});

describe("choices within a limit", () => {
  it("are the best of all", () => {
    const way = fc.record({ moves: fc.integer({ min: 1, max: 4 }), costUs: fc.integer({ min: 0, max: 20 }) });
    const layer = fc
      .array(way, { maxLength: 3 })
      .map((ways) => [{ moves: 0, costUs: 20 }, ...ways.sort((a, b) => a.moves - b.moves)]);
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 4 }), fc.nat(10), (layers, most) => {
        const least = (from: number, left: number): number =>
          from === layers.length
            ? 0
            : Math.min(
                ...layers[from]!.filter(({ moves }) => moves <= left).map(
                  ({ moves, costUs }) => costUs + least(from + 1, left - moves),
                ),
              );
        const chosen = chooseWithin(layers, most).map((index, at) => layers[at]![index]!);
        expect(chosen.reduce((all, { moves }) => all + moves, 0)).toBeLessThanOrEqual(most);
        expect(chosen.reduce((all, { costUs }) => all + costUs, 0)).toBe(least(0, most));
      }),
    );
  });
});

describe("an assignment", () => {
  const permutations = (items: readonly number[]): number[][] =>
    items.length === 0
      ? [[]]
      : items.flatMap((item) =>
          permutations(items.filter((each) => each !== item)).map((rest) => [item, ...rest]),
        );

  it("is the cheapest of all", () => {
    const square = fc.integer({ min: 1, max: 5 }).chain((size) =>
      fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }), {
        minLength: size,
        maxLength: size,
      }),
    );
    fc.assert(
      fc.property(square, (costs) => {
        const price = (columns: readonly number[]): number =>
          columns.reduce((all, column, row) => all + costs[row]![column]!, 0);
        const columns = leastAssignment(costs);
        expect([...columns].sort((a, b) => a - b)).toEqual([...costs.keys()]);
        expect(price(columns)).toBe(Math.min(...permutations([...costs.keys()]).map(price)));
      }),
    );
  });
});

describe("a placement under other names of GPUs", () => {
  const problem = problemOf(
    [
      [2, 2],
      [2, 2],
    ],
    [[1, 1, 1, 1, 1, 1, 1, 1]],
  );
  it("moves nothing where only nodes, GPUs and slots have changed places", () => {
    expect(matched(problem, [7, 6, 4, 5, 3, 2, 1, 0], [0, 1, 2, 3, 4, 5, 6, 7])).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
  });
  it("keeps what is pinned to a GPU on it", () => {
    const pinned = { ...problem, pins: [{ expert: 6, gpu: 0 }] };
    const result = matched(pinned, [6, 7, 4, 5, 2, 3, 0, 1], [0, 1, 2, 3, 4, 5, 6, 7]);
    expect(result.slice(0, 2).sort()).toEqual([6, 7]);
  });
});

describe("a layer while its experts move", () => {
  it("is priced as the scorer prices the copies that cross nodes", () => {
    fc.assert(
      fc.property(rebalanceCases, ({ problem, from }) => {
        const free = { ...problem, prices: { ...prices, fastRate: Infinity, expertsUs: () => 0 } };
        from.forEach(({ expertOfSlot }, layer) => {
          const fractions = new Float64Array(Math.max(...problem.gpus.nodeOf, 0) + 1);
          const crossing = new CrossingState(free, layer);
          const experts = problem.loads[layer]!.length;
          const shares = new Float64Array(fractions.length * experts);
          const turns = expertOfSlot.map(() => 1);
          const counts = expertOfSlot.map((each) => expertOfSlot.filter((other) => other === each).length);
          gpuOfSlots(problem.gpus).forEach((gpu, slot) => {
            shares[problem.gpus.nodeOf[gpu]! * experts + expertOfSlot[slot]!]! += 1 / counts[slot]!;
          });
          crossing.keep(shares);
          const { timeUs } = new LayerScorer(free, layer).score({ expertOfSlot, turns });
          expect(crossing.timeUs()).toBeCloseTo(timeUs, 6);
        });
      }),
    );
  });

  it("costs after a change at most what the change was said to cost", () => {
    fc.assert(
      fc.property(rebalanceCases, fc.nat(), fc.nat(), ({ problem, from }, at, which) => {
        const state = new LayerState(problem, 0, from[0]!.expertOfSlot);
        const slot = at % state.expertOf.length;
        const expert = which % state.experts;
        if (!state.isSpare(slot) || state.holds(state.gpuOf[slot]!, expert)) return;
        const said = state.costOfPut(slot, expert);
        state.put(slot, expert);
        expect(state.costUs).toBeLessThanOrEqual(said * 1.02);
        const anew = new LayerState(problem, 0, state.expertOf);
        expect(state.costUs).toBeCloseTo(anew.costUs, 6);
      }),
      { numRuns: 300 },
    );
  });
});
