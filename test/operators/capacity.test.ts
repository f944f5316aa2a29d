// An exchange whose atoms all have the same rows: what exceeds them is dropped, what they lack is padded.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combine } from "../../src/operators/combine/operator.js";
import { dispatch } from "../../src/operators/dispatch/operator.js";
import { NO_ROW } from "../../src/operators/no-row.js";
import type { DenseValue } from "../../src/operators/operator.js";
import { exchangeAtCapacity } from "./capacity-case.js";
import { blank, blankRows, expertOf, runPart, type ExchangeCase, type Runner } from "./exchange-case.js";
import { expectClose, rows, swiftShader } from "./expect.js";
import { runOnCpu, runOnGpu } from "./node-case.js";
import { randomValues } from "./random-cases.js";

const onGpu: Runner = async (memory, launches) => runOnGpu(await swiftShader(), memory, launches);
const runners = [["the CPU", runOnCpu] as const, ["WebGPU", onGpu] as const];
const context = (rowEnd: number) => ({
  dims: { in: 1, top_k: 2 },
  rowEnd,
  exchange: { rank: 1, ranks: 2, slots: 3, ownSlots: 1, countStride: 1, firstCount: 0, atomRows: 2 },
});

describe.each(runners)("at a capacity of two rows, on %s", (_, run) => {
  it("pairs take the rows of their slots in order, and the rest is dropped", async () => {
    // As without capacity the pairs go to slots 2 1 | 1 0 | 2 1: slot 0 gets pair 3; slot 1 pairs 1 and 2, but not 5; slot 2
    // pairs 0 and 4.
    const { pair_row, row_pair } = await runPart(
      run,
      [dispatch, "assign_capacity"],
      {
        chosen: Uint32Array.of(0, 1, 1, 0, 0, 1),
        replica_begin: Uint32Array.of(0, 2, 3),
        replica_slot: Uint32Array.of(0, 2, 1),
        pair_row: blank(6),
        row_pair: blank(6),
      },
      context(3),
    );
    expect([...pair_row]).toEqual([4, 2, 3, 0, 5, NO_ROW]);
    expect([...row_pair]).toEqual([3, NO_ROW, 1, 2, 0, 4]);
  });

  it("rows that no pair takes are zeros", async () => {
    const { send_rows } = await runPart(
      run,
      [dispatch, "pack_capacity"],
      {
        x: Float32Array.of(10, 11, 12),
        row_pair: Uint32Array.of(3, NO_ROW, 1, 2, 0, 4),
        send_rows: blankRows(6),
      },
      context(6),
    );
    expect([...send_rows]).toEqual([11, 0, 10, 11, 10, 12]);
  });

  it("what was dropped adds nothing, and the other weights stay", async () => {
    const { out } = await runPart(
      run,
      [combine, "reduce_capacity"],
      {
        returned_rows: Float32Array.of(3, 100, 4, 8),
        pair_row: Uint32Array.of(3, NO_ROW, NO_ROW, NO_ROW),
        weights: Float32Array.of(0.5, 2, 1, 0.25),
        out: blankRows(2),
      },
      context(2),
    );
    expect([...out]).toEqual([4, 0]);
  });
});

it("by definition, a combine leaves out what was dropped", () => {
  const gate: DenseValue = {
    kind: "gate",
    topK: 2,
    experts: Uint32Array.of(0, 1, 1, 2),
    weights: Float64Array.of(0.5, 2, 1, 0.25),
  };
  const { value } = combine.reference({
    inputs: [rows(1, 8, 3, 100, 4), gate],
    dims: {},
    options: {},
    dropped: Uint8Array.of(0, 1, 0, 0),
    weight: () => new Float64Array(),
    state: () => new Float64Array(),
  });
  expectClose(value, rows(1, 4, 101), 0);
});

interface Case {
  readonly given: ExchangeCase;
  readonly atomRows: number;
}

/** Random choices of up to twelve experts, the first perhaps with a second replica, to which every third token goes, on up to three ranks. */
const anyCase = fc
  .record({
    ranks: fc.integer({ min: 1, max: 3 }),
    experts: fc.integer({ min: 1, max: 12 }),
    width: fc.integer({ min: 1, max: 3 }),
    tokens: fc.nat({ max: 6 }),
    atomRows: fc.integer({ min: 1, max: 4 }),
    doubled: fc.boolean(),
    seed: fc.nat(),
  })
  .map(({ ranks, experts, width, tokens, atomRows, doubled, seed }): Case => {
    const owner = [...Array.from({ length: experts }, (_, expert) => expert), ...(doubled ? [0] : [])];
    const topK = Math.min(2, experts);
    const value = randomValues(seed);
    const perRank = <T>(make: () => T): T[] => Array.from({ length: ranks }, make);
    return {
      atomRows,
      given: {
        width,
        topK,
        replicas: Array.from({ length: experts }, (_, expert) =>
          owner.flatMap((each, slot) =>
            each !== expert ? [] : doubled && slot === 0 ? [slot, slot] : [slot],
          ),
        ),
        slotBegin: Array.from({ length: ranks + 1 }, (_, rank) => Math.floor((rank * owner.length) / ranks)),
        x: perRank(() => Float32Array.from({ length: tokens * width }, value)),
        weights: perRank(() => Float32Array.from({ length: tokens * topK }, value)),
        experts: perRank(() =>
          Uint32Array.from(
            Array.from({ length: tokens }, () => Math.floor(((value() + 1) / 2) * experts)).flatMap((e) =>
              Array.from({ length: topK }, (_, k) => (e + k) % experts),
            ),
          ),
        ),
      },
    };
  });

async function agrees(run: Runner, { given, atomRows }: Case): Promise<void> {
  const { width, topK, replicas, x, experts, weights } = given;
  const results = await exchangeAtCapacity(run, given, atomRows);
  results.forEach(({ out, dropped }, rank) => {
    const taken = new Map<number, number>();
    const expected = new Float64Array(x[rank]!.length);
    experts[rank]!.forEach((expert, pair) => {
      const token = Math.floor(pair / topK);
      const places = replicas[expert]!;
      const slot = places[(rank + token) % places.length]!;
      const before = taken.get(slot) ?? 0;
      taken.set(slot, before + 1);
      expect(dropped[pair]).toBe(before >= atomRows);
      if (before >= atomRows) return;
      for (let column = 0; column < width; column++)
        expected[token * width + column]! +=
          weights[rank]![pair]! * expertOf(expert, x[rank]![token * width + column]!);
    });
    expectClose(
      { kind: "rows", width, data: Float64Array.from(out) },
      { kind: "rows", width, data: expected },
    );
  });
}

describe("an exchange at a capacity, over ranks, replicas and any routing", () => {
  it("brings the first rows of every atom through their experts and back, on the CPU", async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, (each) => agrees(runOnCpu, each)),
      { numRuns: 300 },
    );
  });

  it("does so on WebGPU", async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, (each) => agrees(onGpu, each)),
      { numRuns: 8, seed: 4 },
    );
  });
});
