import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combine } from "../../src/operators/combine/operator.js";
import { dispatch } from "../../src/operators/dispatch/operator.js";
import type { DenseCall, DenseValue } from "../../src/operators/operator.js";
import { blank, blankRows, exchange, runPart, type ExchangeCase, type Runner } from "./exchange-case.js";
import { expectClose, rows, swiftShader } from "./expect.js";
import { runOnCpu, runOnGpu } from "./node-case.js";
import { anyExchange, expectedResults } from "./random-exchanges.js";

const onGpu: Runner = async (memory, launches) => runOnGpu(await swiftShader(), memory, launches);
const runners = [["the CPU", runOnCpu] as const, ["WebGPU", onGpu] as const];
const context = (rank: number, ownSlots: number, rowEnd: number) => ({
  dims: { in: 1, top_k: 2 },
  rowEnd,
  exchange: { rank, ranks: 2, slots: 3, ownSlots, countStride: ownSlots, firstCount: 0 },
});

describe.each(runners)("an exchange on %s", (_, run) => {
  it("assigns rows by replica and slot, and packs by them", async () => {
    // Expert 0 lives in slots 0 and 2, expert 1 in slot 1. On rank 1, tokens 0 and 2 take the second replica of expert 0
    // ((1 + 0) % 2 and (1 + 2) % 2 are 1), token 1 the first. So the pairs go to slots 2 1 | 1 0 | 2 1:
    // slot 0 gets pair 3; slot 1 pairs 1, 2, 5; slot 2 pairs 0, 4.
    const assigned = await runPart(
      run,
      [dispatch, "assign"],
      {
        chosen: Uint32Array.of(0, 1, 1, 0, 0, 1),
        replica_begin: Uint32Array.of(0, 2, 3),
        replica_slot: Uint32Array.of(0, 2, 1),
        pair_row: blank(6),
        sent: blank(3),
      },
      context(1, 1, 3),
    );
    expect([...assigned.sent]).toEqual([1, 3, 2]);
    expect([...assigned.pair_row]).toEqual([4, 1, 2, 0, 5, 3]);
    const { send_rows } = await runPart(
      run,
      [dispatch, "pack"],
      { x: Float32Array.of(10, 11, 12), pair_row: assigned.pair_row, send_rows: blankRows(6) },
      context(1, 1, 3),
    );
    // Tokens of pairs 3 | 1, 2, 5 | 0, 4.
    expect([...send_rows]).toEqual([11, 10, 11, 12, 10, 12]);
  });

  it("sorts arrived rows by slot and results by source", async () => {
    // Source 0 sends one row to each own slot, source 1 two rows to slot 0 and none to slot 1.
    const received = Uint32Array.of(1, 1, 2, 0);
    const bySource = Float32Array.of(1, 2, 3, 4);
    const bySlot = Float32Array.of(1, 3, 4, 2);
    const unpacked = await runPart(
      run,
      [dispatch, "unpack"],
      { arrived_rows: bySource, received, expert_rows: blankRows(4) },
      context(0, 2, 4),
    );
    expect(unpacked.expert_rows).toEqual(bySlot);
    const repacked = await runPart(
      run,
      [combine, "repack"],
      { result_rows: bySlot, received, leaving_rows: blankRows(4) },
      context(0, 2, 4),
    );
    expect(repacked.leaving_rows).toEqual(bySource);
  });

  it("finds its slots among those of all ranks", async () => {
    // The same counts, of slots 1 and 2; one of each source for slot 0 and something else behind the slots stand around them.
    const received = Uint32Array.of(7, 1, 1, 9, 5, 2, 0, 9);
    const gathered = context(0, 2, 4);
    const unpacked = await runPart(
      run,
      [dispatch, "unpack"],
      { arrived_rows: Float32Array.of(1, 2, 3, 4), received, expert_rows: blankRows(4) },
      { ...gathered, exchange: { ...gathered.exchange, countStride: 4, firstCount: 1 } },
    );
    expect(unpacked.expert_rows).toEqual(Float32Array.of(1, 3, 4, 2));
  });

  it("adds a token's results by its weights", async () => {
    // Token 0: 1/2 * 8 + 2 * 3; token 1: 1 * 100 + 1/4 * 4.
    const reduced = await runPart(
      run,
      [combine, "reduce"],
      {
        returned_rows: Float32Array.of(3, 100, 4, 8),
        pair_row: Uint32Array.of(3, 0, 1, 2),
        weights: Float32Array.of(0.5, 2, 1, 0.25),
        out: blankRows(2),
      },
      context(0, 1, 2),
    );
    expect([...reduced.out]).toEqual([10, 101]);
  });
});

const call = (inputs: readonly DenseValue[]): DenseCall => ({
  inputs,
  dims: {},
  options: {},
  weight: () => new Float64Array(),
  state: () => new Float64Array(),
});

it("by definition, a dispatch repeats each row and a combine adds by weight", () => {
  const gate: DenseValue = {
    kind: "gate",
    topK: 2,
    experts: Uint32Array.of(0, 1, 1, 2),
    weights: Float64Array.of(0.5, 2, 1, 0.25),
  };
  const { value } = dispatch.reference(call([rows(1, 7, 9), gate]));
  expectClose(value, rows(1, 7, 7, 9, 9), 0);
  expectClose(combine.reference(call([rows(1, 8, 3, 100, 4), gate])).value, rows(1, 10, 101), 0);
});

describe("an exchange over ranks, replicas and any routing", () => {
  const anyCase = fc.integer({ min: 1, max: 4 }).chain(anyExchange);

  const agrees = async (run: Runner, given: ExchangeCase) => {
    const results = await exchange(run, given);
    expectedResults(given).forEach((data, rank) => {
      expectClose(
        { kind: "rows", width: given.width, data: Float64Array.from(results[rank]!) },
        { kind: "rows", width: given.width, data },
        0,
      );
    });
  };

  it("brings every token through its experts and back on the CPU", async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, (given) => agrees(runOnCpu, given)),
      { numRuns: 300 },
    );
  });

  it("does so on WebGPU", async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, (given) => agrees(onGpu, given)),
      { numRuns: 8, seed: 4 },
    );
  });
});
