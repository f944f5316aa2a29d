// One-to-one stages: each moves between pairs of different nodes, all of them move everything, and take hardly longer than any must.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EXACT_STAGES, FEW_STAGES, stagesOf } from "../../src/exchange/stages/stages.js";
import { demandKinds, rowsOf } from "../bench/exchange/demands.js";

const longestLine = (traffic: Float64Array, size: number): number => {
  const lines = new Float64Array(2 * size);
  traffic.forEach((each, at) => {
    lines[Math.floor(at / size)]! += each;
    lines[size + (at % size)]! += each;
  });
  return lines.reduce((most, each) => Math.max(most, each), 0);
};

function check(traffic: Float64Array, size: number, options = FEW_STAGES): { ratio: number; stages: number } {
  const stages = stagesOf(traffic, size, options);
  const moved = new Float64Array(size * size);
  let time = 0;
  for (const { from, to, amounts, length } of stages) {
    expect(new Set(from).size).toBe(from.length);
    expect(new Set(to).size).toBe(to.length);
    amounts.forEach((amount, at) => {
      expect(amount).toBeGreaterThan(0);
      expect(amount).toBeLessThanOrEqual(length);
      moved[from[at]! * size + to[at]!]! += amount;
    });
    time += length;
  }
  moved.forEach((each, at) => {
    expect(each).toBeCloseTo(traffic[at]!, 6);
  });
  const bound = longestLine(traffic, size);
  return { ratio: bound === 0 ? 1 : time / bound, stages: stages.length };
}

const matrices = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    traffic: fc
      .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1000 }), fc.constant(7)), {
        minLength: size * size,
        maxLength: size * size,
      })
      .map((entries) => Float64Array.from(entries)),
  }),
);

test("few stages of any matrix take at most 1 % longer than its busiest node", () => {
  fc.assert(
    fc.property(matrices, ({ size, traffic }) => {
      expect(check(traffic, size).ratio).toBeLessThanOrEqual(1.01 + 1e-9);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("exact stages of any matrix take as long as its busiest node", () => {
  fc.assert(
    fc.property(matrices, ({ size, traffic }) => {
      expect(check(traffic, size, EXACT_STAGES).ratio).toBeLessThanOrEqual(1 + 1e-6);
    }),
    { seed: 1, numRuns: 200 },
  );
});

describe("the measured demands, between 40 nodes", () => {
  test.each(demandKinds)("%s: within 1 % in at most 8 stages a node", (kind) => {
    const size = 40;
    const traffic = rowsOf(kind, size, 4096, 1);
    for (let node = 0; node < size; node++) traffic[node * (size + 1)] = 0;
    const { ratio, stages } = check(traffic, size);
    expect(ratio).toBeLessThanOrEqual(1.01);
    expect(stages).toBeLessThanOrEqual(8 * size);
  });
});

test("nothing to send takes no stage", () => {
  expect(stagesOf(new Float64Array(16), 4)).toEqual([]);
});
