// Small placements to rebalance, of every shape that the problem allows.
import fc from "fast-check";
import { gpuOfSlots, type LayerPrices, type PlacedLayer, type PlaceProblem } from "../../src/place/index.js";

/** Round numbers: a row takes a hundredth of a microsecond in an expert, and as much in a port. */
export const prices: LayerPrices = {
  tokensPerGpu: 1000,
  dispatchBytes: 100,
  combineBytes: 200,
  fastRate: 30_000,
  slowRate: 10_000,
  expertBytes: 1_000_000,
  expertsUs: (rows) => rows.reduce((sum, each) => sum + each / 100, 0),
};

/** Nodes of GPUs with so many slots each. */
export function problemOf(
  slotsOfNodes: readonly (readonly number[])[],
  loads: readonly (readonly number[])[],
  more: Partial<PlaceProblem> = {},
): PlaceProblem {
  const slots = slotsOfNodes.flat();
  return {
    loads,
    gpus: {
      nodeOf: slotsOfNodes.flatMap((own, node) => own.map(() => node)),
      slots,
      speeds: slots.map(() => 1),
    },
    gate: { topK: 1, groups: 1, topGroups: 1 },
    groupRule: "priced",
    pins: [],
    prices,
    ...more,
  };
}

export const even = (expertOfSlot: readonly number[]): PlacedLayer => ({
  expertOfSlot,
  turns: expertOfSlot.map(() => 1),
});

export interface RebalanceCase {
  readonly problem: PlaceProblem;
  readonly from: readonly PlacedLayer[];
  /** The same slots, filled otherwise. */
  readonly other: readonly PlacedLayer[];
}

/** Groups of three experts on nodes that have one to three of them, and up to one slot on each GPU for more replicas. */
export const rebalanceCases: fc.Arbitrary<RebalanceCase> = fc
  .record({
    groupsOfNodes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    gpus: fc.integer({ min: 2, max: 4 }),
    layers: fc.integer({ min: 1, max: 3 }),
    groupRule: fc.constantFrom("hard" as const, "priced" as const),
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    pinned: fc.boolean(),
    slow: fc.boolean(),
  })
  .map(({ groupsOfNodes, gpus, layers, groupRule, seed, pinned, slow }) => {
    const random = generator(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    const groups = groupsOfNodes.reduce((sum, each) => sum + each, 0);
    let first = 0;
    const nodes = groupsOfNodes.map((own) => {
      const experts = Array.from({ length: 3 * own }, () => first++);
      const least = Math.ceil(experts.length / gpus);
      const slots = Array.from({ length: gpus }, () => Math.min(experts.length, least + below(2)));
      return { experts, slots };
    });
    const place = (): PlacedLayer => {
      const expertOfSlot = nodes.flatMap(({ experts, slots }) => {
        const order = shuffled(experts, random);
        let next = 0;
        return slots.flatMap((own) => Array.from({ length: own }, () => order[next++ % order.length]!));
      });
      return { expertOfSlot, turns: expertOfSlot.map(() => 1 + below(3)) };
    };
    const from = Array.from({ length: layers }, place);
    const problem = problemOf(
      nodes.map(({ slots }) => slots),
      from.map(() => Array.from({ length: 3 * groups }, () => below(4) * random() ** 2)),
      { groupRule, gate: { topK: 2, groups, topGroups: Math.min(2, groups) } },
    );
    const gpuOf = gpuOfSlots(problem.gpus);
    const slot = below(gpuOf.length);
    // An expert that is there in all layers is pinned, so that what is moved from breaks nothing.
    const expert = from[0]!.expertOfSlot[slot]!;
    const gpu = gpuOf[slot]!;
    const isThere = from.every(({ expertOfSlot }) =>
      expertOfSlot.some((each, at) => each === expert && gpuOf[at] === gpu),
    );
    return {
      problem: {
        ...problem,
        pins: pinned && isThere ? [{ expert, gpu }] : [],
        gpus: {
          ...problem.gpus,
          speeds: problem.gpus.speeds.map((_, each) => (slow && each % 2 === 1 ? 0.5 : 1)),
        },
      },
      from,
      other: from.map(place),
    };
  });

/** A generator of uniform numbers in [0, 1): mulberry32. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), bits | 61)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
