// Co-activation matrices: what is read and refused, and the tokens that are drawn from one.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFault, parseCoactivation, tokensOfCoactivation } from "../../../src/importers/loads/index.js";
import { faultOf } from "./reading.js";

const SYMMETRIC = [
  [9, 4, 1],
  [4, 9, 2],
  [1, 2, 9],
];
const layersOf = (text: string, experts: number): unknown => {
  const read = parseCoactivation(text, experts);
  return isFault(read) ? faultOf(read) : read.layers.map((each) => [...each]);
};
const READ = [0, 4, 1, 4, 0, 2, 1, 2, 0];

describe("a co-activation matrix", () => {
  it.each<readonly [string, readonly (readonly number[])[]]>([
    ["symmetric", SYMMETRIC],
    [
      "upper triangular",
      [
        [9, 4, 1],
        [0, 9, 2],
        [0, 0, 9],
      ],
    ],
    [
      "lower triangular",
      [
        [0, 0, 0],
        [4, 0, 0],
        [1, 2, 0],
      ],
    ],
  ])("may be %s", (_, matrix) => {
    expect(layersOf(JSON.stringify(matrix), 3)).toEqual([READ]);
  });

  it("may be there for each layer", () => {
    expect(
      layersOf(
        JSON.stringify([
          SYMMETRIC,
          [
            [0, 0, 0],
            [0, 0, 0],
            [0, 0, 0],
          ],
        ]),
        3,
      ),
    ).toEqual([READ, new Array(9).fill(0)]);
  });

  it.each<readonly [string, string, string]>([
    ["that is empty", "", "the file: it is empty"],
    ["that is no JSON", "[[0, 1], [1", "the end of the file: it ends with 2 brackets open"],
    ["of other experts", "[[0]]", "the file: it has 1 row, and layers have 2 experts"],
    ["that is ragged", "[[0, 1], [1]]", "expert 1: it has 1 number, and layers have 2 experts"],
    ["with a negative number", "[[0, -1], [0, 0]]", "expert 0, expert 1: it is negative, -1"],
    ["with a number beyond numbers", "[[0, 1e999], [0, 0]]", "expert 0, expert 1: it is Infinity"],
    ["with no number", "[[0, NaN], [0, 0]]", "expert 0, expert 1: it is NaN"],
    [
      "that is not symmetric",
      "[[0, 3], [2, 0]]",
      "expert 0, expert 1: they are together 3 times, and in the other order 2 times",
    ],
    ["of layers of which one is wrong", "[[[0, 3], [3, 0]], [[0]]]", "layer 1: it has 1 row"],
  ])("is refused %s", (_, text, fault) => {
    expect(layersOf(text, 2)).toContain(fault);
  });
});

/** Tokens of a gate whose experts come in families that are chosen together, some families more often. */
function familiarTokens(experts: number, topK: number, count: number): Int32Array {
  const tokens = new Int32Array(count * topK);
  const families = experts / 4;
  for (let token = 0; token < count; token++) {
    const family = Math.floor(families * ((token * 0.618034) % 1) ** 2);
    // Three of a family, and the rest from all over.
    const chosen = new Set([0, 1, 2].map((at) => family * 4 + ((token + at) % 4)));
    for (let next = token * 7; chosen.size < topK; next += 5) chosen.add(next % experts);
    tokens.set([...chosen], token * topK);
  }
  return tokens;
}

function countsOf(
  tokens: Int32Array,
  topK: number,
  experts: number,
): { loads: number[]; matrix: Float64Array } {
  const loads = new Array<number>(experts).fill(0);
  const matrix = new Float64Array(experts * experts);
  for (let token = 0; token < tokens.length; token += topK) {
    const chosen = tokens.subarray(token, token + topK);
    for (const one of chosen) {
      loads[one]!++;
      for (const other of chosen) if (one !== other) matrix[one * experts + other]!++;
    }
  }
  return { loads, matrix };
}

/** Pearson's correlation. */
function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const mean = (of: ArrayLike<number>): number =>
    Array.from(of).reduce((sum, each) => sum + each, 0) / of.length;
  const [a, b] = [mean(one), mean(other)];
  let [both, first, second] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    both += (one[at]! - a) * (other[at]! - b);
    first += (one[at]! - a) ** 2;
    second += (other[at]! - b) ** 2;
  }
  return both / Math.sqrt(first * second);
}

describe("tokens drawn from a matrix", () => {
  const [EXPERTS, TOP_K] = [64, 6];
  const { loads, matrix } = countsOf(familiarTokens(EXPERTS, TOP_K, 20_000), TOP_K, EXPERTS);
  const drawn = tokensOfCoactivation(matrix, loads, TOP_K, 8000, 7);
  const again = countsOf(drawn, TOP_K, EXPERTS);

  it("have together what it has together", () => {
    expect(correlation(again.matrix, matrix)).toBeGreaterThan(0.85);
  });

  it("load the experts as they are loaded", () => {
    expect(correlation(again.loads, loads)).toBeGreaterThan(0.95);
  });

  it("tell more than loads do: drawn by load alone, they have hardly anything together", () => {
    const blind = tokensOfCoactivation(new Float64Array(EXPERTS ** 2), loads, TOP_K, 8000, 7);
    expect(correlation(countsOf(blind, TOP_K, EXPERTS).matrix, matrix)).toBeLessThan(0.6);
  });

  it("are the same for the same seed, and others for another", () => {
    expect(tokensOfCoactivation(matrix, loads, TOP_K, 8000, 7)).toEqual(drawn);
    expect(tokensOfCoactivation(matrix, loads, TOP_K, 8000, 8)).not.toEqual(drawn);
  });

  it("choose so many different experts, whatever the matrix and the loads", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }).chain((experts) =>
          fc.record({
            loads: fc.array(fc.oneof(fc.constant(0), fc.nat(9), fc.constant(1e300)), {
              minLength: experts,
              maxLength: experts,
            }),
            topK: fc.integer({ min: 1, max: experts }),
            matrix: fc.array(
              fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(9), fc.constant(1e300)),
              {
                minLength: experts ** 2,
                maxLength: experts ** 2,
              },
            ),
          }),
        ),
        (given) => {
          const tokens = tokensOfCoactivation(
            Float64Array.from(given.matrix),
            given.loads,
            given.topK,
            20,
            1,
          );
          for (let token = 0; token < 20; token++) {
            const chosen = [...tokens.subarray(token * given.topK, (token + 1) * given.topK)];
            expect(new Set(chosen).size).toBe(given.topK);
            expect(chosen.every((expert) => expert >= 0 && expert < given.loads.length)).toBe(true);
          }
        },
      ),
    );
  });
});
