// What a search thinks that a swap changes between nodes is what the swap changes, and sums that are kept are those of a fresh count.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlaceProblem } from "../../src/place/index.js";
import { LayerState } from "../../src/place/search/state.js";
import { spreadStart } from "../../src/place/search/starts.js";
import { ClusterTerms, LayerTerms } from "../../src/place/search/terms.js";
import { problemOf } from "../bench/placement/cases.js";

const EXPERTS = 12;
const TOP_K = 2;

const drawn = fc.record({
  loads: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: EXPERTS, maxLength: EXPERTS }),
  tokens: fc.array(fc.uniqueArray(fc.nat(EXPERTS - 1), { minLength: TOP_K, maxLength: TOP_K }), {
    minLength: 5,
    maxLength: 40,
  }),
  swaps: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 }),
});

function problem(loads: readonly number[], tokens: readonly (readonly number[])[] | undefined): PlaceProblem {
  return {
    ...problemOf([loads], { gpus: 6, nodes: 3, slots: EXPERTS }, "priced"),
    gate: { topK: TOP_K, groups: 3, topGroups: 2 },
    ...(tokens === undefined ? {} : { tokens: [Int32Array.from(tokens.flat())] }),
  };
}

describe.each(["by loads", "by tokens that were seen"])("reach of nodes %s", (by) => {
  it("is foreseen before a swap, and is that of a fresh count behind many", () => {
    fc.assert(
      fc.property(drawn, ({ loads, tokens, swaps }) => {
        const given = problem(loads, by === "by loads" ? undefined : tokens);
        const terms = new LayerTerms(new ClusterTerms(given), 0);
        const state = new LayerState(terms, spreadStart(terms), given.tokens !== undefined);
        const { gpuOf, nodeOf } = terms.cluster;
        for (const [one, other] of swaps) {
          const [s, t] = [one % EXPERTS, other % EXPERTS];
          const [first, second] = [nodeOf[gpuOf[s]!]!, nodeOf[gpuOf[t]!]!];
          if (first === second || !state.maySwap(s, t)) continue;
          const [a, b] = [state.expertOf[s]!, state.expertOf[t]!];
          const foreseen = [state.reach!.exchanged(first, a, b), state.reach!.exchanged(second, b, a)];
          state.swap(s, t);
          expect(state.reach!.reached[first]).toBeCloseTo(foreseen[0]!, 9);
          expect(state.reach!.reached[second]).toBeCloseTo(foreseen[1]!, 9);
        }
        const fresh = new LayerState(terms, state.expertOf, given.tokens !== undefined);
        fresh.reach!.reached.forEach((share, node) => {
          expect(state.reach!.reached[node]).toBeCloseTo(share, 9);
        });
        fresh.loads.forEach((load, gpu) => {
          expect(state.loads[gpu]).toBeCloseTo(load, 9);
        });
      }),
    );
  });
});
