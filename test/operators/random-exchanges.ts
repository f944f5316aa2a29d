// Exchanges of random shape: ranks with few slots or none, replicas that share unevenly, tokens that crowd on some experts; and what comes of them.
import * as fc from "fast-check";
import { expertOf, type ExchangeCase } from "./exchange-case.js";
import { randomValues } from "./random-cases.js";

/** Cases on so many ranks. */
export const anyExchange = (ranks: number): fc.Arbitrary<ExchangeCase> =>
  fc
    .record({
      experts: fc.integer({ min: 1, max: 12 }),
      width: fc.integer({ min: 1, max: 3 }),
      seed: fc.nat(),
    })
    .chain((fixed) =>
      fc.record({
        topK: fc.integer({ min: 1, max: fixed.experts }),
        tokens: fc.array(fc.nat({ max: 5 }), { minLength: ranks, maxLength: ranks }),
        // Slots beyond one for each expert, and where ranks begin.
        extra: fc.array(fc.nat({ max: fixed.experts - 1 }), { maxLength: 3 }),
        // Of its expert's round, by slot, again and again.
        turns: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
        cuts: fc.array(fc.nat({ max: fixed.experts }), { minLength: ranks - 1, maxLength: ranks - 1 }),
        // The smaller, the more the tokens crowd on few experts.
        spread: fc.integer({ min: 1, max: fixed.experts }),
        fixed: fc.constant(fixed),
      }),
    )
    .map(({ topK, tokens, extra, turns, cuts, spread, fixed: { experts, width, seed } }): ExchangeCase => {
      const owner = [...Array.from({ length: experts }, (_, expert) => expert), ...extra];
      const replicas = Array.from({ length: experts }, (_, expert) =>
        owner.flatMap((each, slot) =>
          each === expert ? new Array<number>(turns[slot % turns.length]!).fill(slot) : [],
        ),
      );
      const value = randomValues(seed);
      // Products and sums of so few bits are exact in float32, in any order: results must be equal, not close.
      const eighths = (): number => Math.round(value() * 8) / 8;
      return {
        width,
        topK,
        replicas,
        slotBegin: [0, ...cuts.toSorted((a, b) => a - b), owner.length],
        x: tokens.map((count) => Float32Array.from({ length: count * width }, eighths)),
        weights: tokens.map((count) => Float32Array.from({ length: count * topK }, eighths)),
        // A token's experts are neighbours, from one among the first `spread` on.
        experts: tokens.map((count) => {
          const first = Array.from({ length: count }, () => Math.floor(((value() + 1) / 2) * spread));
          return Uint32Array.from(
            first.flatMap((e) => Array.from({ length: topK }, (_, k) => (e + k) % experts)),
          );
        }),
      };
    });

/** By rank, the results [tokens, width] by definition. */
export const expectedResults = ({ width, topK, x, experts, weights }: ExchangeCase): Float64Array[] =>
  x.map((data, rank) =>
    Float64Array.from(data, (_, at) => {
      const [token, column] = [Math.floor(at / width), at % width];
      return Array.from({ length: topK }, (__, k) => token * topK + k).reduce(
        (sum, pair) =>
          sum + weights[rank]![pair]! * expertOf(experts[rank]![pair]!, data[token * width + column]!),
        0,
      );
    }),
  );
