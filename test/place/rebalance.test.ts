// Rebalancing: what every result must satisfy, and small cases worked out by hand.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gpuOfSlots, LayerScorer, type PlacedLayer, type PlaceProblem } from "../../src/place/index.js";
import { groupOfExpert } from "../../src/place/problem.js";
import { rebalance, type MoveLimit, type Rebalanced } from "../../src/place/rebalance/index.js";
import { sharesOf } from "../../src/place/shares.js";
import { bestTurns } from "../../src/place/split.js";
import { even, generator, problemOf, rebalanceCases } from "./rebalance-cases.js";

const limits: fc.Arbitrary<MoveLimit> = fc.oneof(
  fc.record({ maxMoves: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ moveCostUs: fc.double({ min: 0, max: 20, noNaN: true }) }),
);

/** Goes through the moves as a server would, and looks at every step whether it could go on serving. */
function carriedOut(
  { gpus, loads }: PlaceProblem,
  from: readonly PlacedLayer[],
  { moves }: Rebalanced,
): number[][] {
  const gpuOf = gpuOfSlots(gpus);
  const now = from.map(({ expertOfSlot }) => [...expertOfSlot]);
  for (const { layer, expert, fromGpu, gpu, slot, replaces } of moves) {
    const slots = now[layer]!;
    const on = (at: number): number[] => slots.filter((_, each) => gpuOf[each] === at);
    expect(on(fromGpu)).toContain(expert);
    expect(on(gpu)).not.toContain(expert);
    expect([gpuOf[slot], slots[slot]]).toEqual([gpu, replaces]);
    slots[slot] = expert;
    expect(new Set(slots).size, "experts that are live").toBe(loads[layer]!.length);
  }
  return now;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

describe("a rebalance of any placement", () => {
  it("keeps every expert live and leads to the placement that it states", () => {
    fc.assert(
      fc.property(rebalanceCases, limits, ({ problem, from }, limit) => {
        const result = rebalance(problem, from, limit);
        expect(carriedOut(problem, from, result)).toEqual(
          result.layers.map(({ placed }) => placed.expertOfSlot),
        );
      }),
    );
  });

  it("makes no more moves than allowed, and its layers' moves are all of them", () => {
    fc.assert(
      fc.property(rebalanceCases, fc.integer({ min: 0, max: 12 }), ({ problem, from }, maxMoves) => {
        const { moves, layers } = rebalance(problem, from, { maxMoves });
        expect(moves.length).toBeLessThanOrEqual(maxMoves);
        expect(layers.map((layer) => layer.moves)).toEqual(
          layers.map((_, layer) => moves.filter((move) => move.layer === layer).length),
        );
      }),
    );
  });

  it("makes no layer slower, and its moves gain what the layer gains beyond other turns", () => {
    fc.assert(
      fc.property(rebalanceCases, limits, ({ problem, from }, limit) => {
        const { layers, moves } = rebalance(problem, from, limit);
        layers.forEach(({ placed, beforeUs, resplitUs, afterUs }, layer) => {
          const scorer = new LayerScorer(problem, layer);
          expect(beforeUs).toBe(scorer.score(from[layer]!).timeUs);
          expect(afterUs).toBe(scorer.score(placed).timeUs);
          expect(resplitUs).toBeLessThanOrEqual(beforeUs);
          expect(afterUs).toBeLessThanOrEqual(resplitUs);
          const gains = moves.filter((move) => move.layer === layer).map(({ gainUs }) => gainUs);
          expect(sum(gains)).toBeCloseTo(resplitUs - afterUs, 6);
        });
      }),
    );
  });

  it("makes only moves that save more than they cost, those that gain most first", () => {
    fc.assert(
      fc.property(
        rebalanceCases,
        fc.double({ min: 0, max: 20, noNaN: true }),
        ({ problem, from }, moveCostUs) => {
          const gains = rebalance(problem, from, { moveCostUs }).moves.map(({ gainUs }) => gainUs);
          for (const gain of gains) expect(gain).toBeGreaterThan(moveCostUs - 1e-9);
          expect(gains).toEqual([...gains].sort((a, b) => b - a));
        },
      ),
    );
  });

  it("leaves groups on their nodes and pinned experts where they are pinned", () => {
    fc.assert(
      fc.property(rebalanceCases, limits, ({ problem, from }, limit) => {
        const gpuOf = gpuOfSlots(problem.gpus);
        const { groups } = problem.gate;
        for (const { placed } of rebalance(problem, from, limit).layers) {
          for (const { expert, gpu } of problem.pins)
            expect(placed.expertOfSlot.some((each, slot) => each === expert && gpuOf[slot] === gpu)).toBe(
              true,
            );
          if (problem.groupRule === "priced") continue;
          const nodes = new Map<number, Set<number>>();
          placed.expertOfSlot.forEach((expert, slot) => {
            const group = groupOfExpert(expert, problem.loads[0]!.length, groups);
            nodes.set(group, (nodes.get(group) ?? new Set()).add(problem.gpus.nodeOf[gpuOf[slot]!]!));
          });
          for (const on of nodes.values()) expect(on.size).toBe(1);
        }
      }),
    );
  });
});

/** Every expert somewhere, whatever its group: experts in order, again and again. */
const scattered = ({ gpus, loads }: PlaceProblem): PlacedLayer => {
  const experts = loads[0]!.length;
  const slots = gpuOfSlots(gpus).length;
  return even(Array.from({ length: slots }, (_, slot) => (slot * 5) % experts));
};

describe("a rebalance of a placement whose groups are on several nodes", () => {
  const eight = { groupRule: "hard", gate: { topK: 2, groups: 4, topGroups: 2 } } as const;
  const nodes = [
    [3, 3],
    [3, 3],
  ];
  const loads = [[5, 1, 2, 3, 8, 1, 1, 2]];
  const problem = problemOf(nodes, loads, eight);
  const from = [scattered(problem)];
  const nodesOfGroup = (placed: PlacedLayer, group: number): Set<number> =>
    new Set(
      gpuOfSlots(problem.gpus).flatMap((gpu, slot) =>
        groupOfExpert(placed.expertOfSlot[slot]!, 8, 4) === group ? [problem.gpus.nodeOf[gpu]!] : [],
      ),
    );

  it("brings them together by forced moves, in a safe order", () => {
    expect(nodesOfGroup(from[0]!, 0).size).toBe(2);
    const result = rebalance(problem, from, { maxMoves: 100 });
    carriedOut(problem, from, result);
    for (let group = 0; group < 4; group++)
      expect(nodesOfGroup(result.layers[0]!.placed, group).size).toBe(1);
    expect(result.forcedMoves).toBeGreaterThan(0);
    expect(result.moves.slice(0, result.forcedMoves).every(({ forced }) => forced)).toBe(true);
    expect(result.layers[0]!.unmended).toBeUndefined();
  });

  it("leaves them and says so where the moves are too few", () => {
    const { moves, layers } = rebalance(problem, from, { maxMoves: 2 });
    expect([moves, layers[0]!.unmended]).toEqual([[], "max_moves"]);
  });

  it("brings them together whatever a move costs", () => {
    const { layers, moves, forcedMoves } = rebalance(problem, from, { moveCostUs: 1e9 });
    expect(layers[0]!.unmended).toBeUndefined();
    expect(forcedMoves).toBe(moves.length);
  });

  it("says where no order of moves is safe", () => {
    const full = problemOf(
      [
        [2, 2],
        [2, 2],
      ],
      loads,
      eight,
    );
    const { moves, layers } = rebalance(full, [scattered(full)], { maxMoves: 100 });
    expect([moves, layers[0]!.unmended]).toEqual([[], "no_safe_order"]);
  });
});

describe("of all that few moves can reach", () => {
  /** Times after at most so many moves, tried out one and all. */
  function leastUs(problem: PlaceProblem, { expertOfSlot }: PlacedLayer, moves: number): number {
    const gpuOf = gpuOfSlots(problem.gpus);
    const shares = sharesOf(problem.loads[0]!);
    const scorer = new LayerScorer(problem, 0);
    const tried = new Set<string>();
    let least = Infinity;
    const visit = (now: readonly number[], left: number): void => {
      const key = `${String(left)} ${now.join(" ")}`;
      if (tried.has(key)) return;
      tried.add(key);
      const turns = bestTurns(shares, now, problem);
      least = Math.min(least, scorer.score({ expertOfSlot: now, turns }).timeUs);
      if (left === 0) return;
      now.forEach((there, slot) => {
        if (now.indexOf(there) === now.lastIndexOf(there)) return;
        const on = now.filter((_, other) => gpuOf[other] === gpuOf[slot]);
        shares.forEach((_, expert) => {
          if (!on.includes(expert)) visit(now.with(slot, expert), left - 1);
        });
      });
    };
    visit(expertOfSlot, moves);
    return least;
  }

  it.each([1, 2, 3])("%i moves reach nearly the best", (maxMoves) => {
    let [possible, reached] = [0, 0];
    for (let seed = 0; seed < 12; seed++) {
      const random = generator(seed);
      const loads = [Array.from({ length: 9 }, () => Math.exp(3 * random()))];
      const problem = problemOf(
        [
          [3, 3],
          [3, 2],
        ],
        loads,
        { gate: { topK: 2, groups: 1, topGroups: 1 } },
      );
      const order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1];
      const from = even(order.map((expert) => (expert + seed) % 9));
      const { resplitUs, afterUs } = rebalance(problem, [from], { maxMoves });
      possible += resplitUs - leastUs(problem, from, maxMoves);
      reached += resplitUs - afterUs;
    }
    expect(reached / possible).toBeGreaterThan(0.85);
    expect(reached / possible).toBeLessThan(1 + 1e-9);
  });
});

describe("by hand", () => {
  it("a hot expert gets the slot of a cold one's second replica", () => {
    const problem = problemOf([[2, 2]], [[8, 4, 1]]);
    const from = [even([0, 2, 1, 2])];
    const { moves, layers } = rebalance(problem, from, { maxMoves: 1 });
    expect(moves).toMatchObject([{ layer: 0, expert: 0, fromGpu: 0, gpu: 1, slot: 3, replaces: 2 }]);
    // 13 loads on two GPUs: 9 turns of 0 against 4 and 1 of the others cannot be better than even.
    expect(layers[0]!.afterUs).toBeLessThan(layers[0]!.resplitUs);
  });

  it("turns alone cost no move", () => {
    const problem = problemOf([[1, 2]], [[4, 2]]);
    const { moves, resplitUs, beforeUs } = rebalance(problem, [even([0, 0, 1])], { maxMoves: 0 });
    expect(moves).toEqual([]);
    // Even halves of expert 0 leave GPU 1 with 4 of 6; turns 3 : 1 leave each with 3.
    expect(resplitUs / beforeUs).toBeCloseTo(3 / 4, 9);
  });

  it("nothing moves where every expert has one replica, and that is said", () => {
    const problem = problemOf([[2, 2]], [[4, 3, 2, 1]]);
    const { moves, layersWithoutSpare } = rebalance(problem, [even([0, 1, 2, 3])], { maxMoves: 9 });
    expect([moves, layersWithoutSpare]).toEqual([[], [0]]);
  });

  it("two equally hot GPUs are relieved together, if not by half the moves", () => {
    const problem = problemOf([[1, 1, 2, 2]], [[6, 6, 1, 1]]);
    const from = [even([0, 1, 2, 3, 2, 3])];
    expect(rebalance(problem, from, { maxMoves: 1 }).moves).toEqual([]);
    const { moves } = rebalance(problem, from, { maxMoves: 2 });
    expect(moves.map(({ expert, bundle }) => [expert, bundle])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(moves[0]!.gainUs).toBeCloseTo(moves[1]!.gainUs, 9);
  });

  it("moves go to the layer that gains most, whichever it is", () => {
    const problem = problemOf(
      [[2, 2]],
      [
        [5, 4, 1],
        [9, 2, 1],
      ],
    );
    const from = [even([0, 2, 1, 2]), even([0, 2, 1, 2])];
    expect(rebalance(problem, from, { maxMoves: 1 }).moves.map(({ layer }) => layer)).toEqual([1]);
  });

  it("a pinned expert comes first, by moves that are forced", () => {
    const problem = problemOf([[2, 2]], [[1, 1, 1]], { pins: [{ expert: 0, gpu: 1 }] });
    const { moves, forcedMoves, layers } = rebalance(problem, [even([0, 2, 1, 2])], { maxMoves: 1 });
    expect(moves).toMatchObject([{ expert: 0, gpu: 1, replaces: 2, forced: true }]);
    expect(forcedMoves).toBe(1);
    expect(layers[0]!.unmended).toBeUndefined();
  });

  it("a pin that takes more moves than are allowed is left, and that is said", () => {
    const problem = problemOf([[2, 2]], [[1, 1, 1]], { pins: [{ expert: 0, gpu: 1 }] });
    const { moves, layers } = rebalance(problem, [even([0, 2, 1, 2])], { maxMoves: 0 });
    expect([moves, layers[0]!.unmended]).toEqual([[], "max_moves"]);
  });
});
