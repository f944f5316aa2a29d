import { describe, it } from "vitest";
import { add } from "../../src/operators/add/operator.js";
import { embedding } from "../../src/operators/embedding/operator.js";
import { linear } from "../../src/operators/linear/operator.js";
import { norm } from "../../src/operators/norm/operator.js";
import { swiglu } from "../../src/operators/swiglu/operator.js";
import { expectEverywhere, rows } from "./expect.js";

describe("embedding", () => {
  it("takes the row of each id", async () => {
    await expectEverywhere(
      {
        operator: embedding,
        dims: { vocab: 3, width: 2 },
        options: {},
        inputs: [{ kind: "ids", data: Uint32Array.of(2, 0, 2) }],
        weights: { table: [1, 2, 3, 4, 5, 6] },
      },
      rows(2, 5, 6, 1, 2, 5, 6),
    );
  });
});

describe("norm", () => {
  // The mean square of 3, 4 is 12.5, with epsilon 3.5 it is 16, root 4: 3/4 * 2 and 4/4 * 10.
  const common = { operator: norm, dims: { in: 2 }, options: { epsilon: 3.5 } };

  it("divides by the root of the mean square and multiplies by the gain", async () => {
    await expectEverywhere(
      { ...common, inputs: [rows(2, 3, 4, -4, 3)], weights: { gain: [2, 10] } },
      rows(2, 1.5, 10, -2, 7.5),
    );
  });

  it("takes the gain of the slot that a row belongs to", async () => {
    await expectEverywhere(
      {
        ...common,
        inputs: [rows(2, 3, 4, 3, 4, 3, 4)],
        weights: { gain: [4, 4, 100, 100, 8, 8] },
        // Slot 0 has one row, from source 1; slot 1 none; slot 2 one row from each source.
        received: [
          [0, 0, 1],
          [1, 0, 1],
        ],
      },
      rows(2, 3, 4, 6, 8, 6, 8),
    );
  });
});

describe("linear", () => {
  it("multiplies rows by a matrix whose columns are no multiple of four", async () => {
    // [1, 2] and [0, -1] by [[1, 0, 2, 1, 1], [3, 1, 0, -1, 0.5]].
    await expectEverywhere(
      {
        operator: linear,
        dims: { in: 2, width: 5 },
        options: {},
        inputs: [rows(2, 1, 2, 0, -1)],
        weights: { w: [1, 0, 2, 1, 1, 3, 1, 0, -1, 0.5] },
      },
      rows(5, 7, 2, 2, -1, 2, -3, -1, 0, 1, -0.5),
    );
  });

  it("multiplies by the matrix of the slot that a row belongs to", async () => {
    await expectEverywhere(
      {
        operator: linear,
        dims: { in: 1, width: 1 },
        options: {},
        inputs: [rows(1, 1, 2, 3, 4)],
        weights: { w: [10, 100] },
        // Three rows of slot 0 (one from source 0, two from source 1), one of slot 1.
        received: [
          [1, 0],
          [2, 1],
        ],
      },
      rows(1, 10, 20, 30, 400),
    );
  });
});

describe("add", () => {
  it("adds element by element", async () => {
    await expectEverywhere(
      {
        operator: add,
        dims: { in: 2 },
        options: {},
        inputs: [rows(2, 1, 2, 3, 4), rows(2, 10, 20, 30, -40)],
        weights: {},
      },
      rows(2, 11, 22, 33, -36),
    );
  });
});

describe("swiglu", () => {
  // silu(ln 3) = ln 3 * 3/4 and silu(-ln 3) = -ln 3 / 4, since 1 / (1 + exp(-ln 3)) is 3/4.
  const ln3 = Math.log(3);
  const common = { operator: swiglu, dims: { in: 1, width: 2 }, options: {} };

  it("multiplies the gate's silu with the other product, and by the last matrix", async () => {
    // x = ln 3: gate [ln 3, -ln 3], up [2 ln 3, 4 ln 3], inner ln 3 ^ 2 [3/2, -1], by [2, 1] gives 2 ln 3 ^ 2.
    await expectEverywhere(
      {
        ...common,
        inputs: [rows(1, ln3)],
        weights: { w_gate: [1, -1], w_up: [2, 4], w_down: [2, 1] },
      },
      rows(1, 2 * ln3 ** 2),
    );
  });

  it("takes the matrices of the slot that a row belongs to", async () => {
    // Slot 0 has no row. Slot 1: gate [ln 3, 0], up [ln 3, 1], inner [3/4 ln 3 ^ 2, 0], by [4, 1].
    await expectEverywhere(
      {
        ...common,
        inputs: [rows(1, ln3)],
        weights: { w_gate: [9, 9, 1, 0], w_up: [9, 9, 1, 1], w_down: [9, 9, 4, 1] },
        received: [[0, 1]],
      },
      rows(1, 3 * ln3 ** 2),
    );
  });
});
