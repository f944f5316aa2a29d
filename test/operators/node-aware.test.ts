import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combine } from "../../src/operators/combine/operator.js";
import { dispatch } from "../../src/operators/dispatch/operator.js";
import { NO_ROW } from "../../src/operators/kernels/copies.cpu.js";
import { blank, blankRows, runPart, type Runner } from "./exchange-case.js";
import { expectClose, swiftShader } from "./expect.js";
import { nodeAwareExchange, type NodeAwareCase } from "./node-aware-case.js";
import { runOnCpu, runOnGpu } from "./node-case.js";
import { anyExchange, expectedResults } from "./random-exchanges.js";

const onGpu: Runner = async (memory, launches) => runOnGpu(await swiftShader(), memory, launches);
const runners = [["the CPU", runOnCpu] as const, ["WebGPU", onGpu] as const];

/** Four ranks with a slot each, on two nodes: slots 0 and 1 on node 0, slots 2 and 3 on node 1. Two experts a token. */
const slot_begin = Uint32Array.of(0, 1, 2, 3, 4);
const context = (rank: number, rowEnd: number, pairTags = 1) => ({
  dims: { in: 1, top_k: 2 },
  rowEnd,
  exchange: {
    ...{ rank, ranks: 4, slots: 4, ownSlots: 1, countStride: 3, firstCount: rank % 2 },
    relay: { nodes: 2, nodeRanks: 2, node: Math.floor(rank / 2), rail: rank % 2, firstCount: 0, pairTags },
  },
});
const f32 = (...values: number[]): number[] => [...new Uint32Array(Float32Array.from(values).buffer)];

// Rank 0 has three tokens with values 10, 11 and 12 for slots 2 3 | 0 2 | 1 0, so its rows by slot are of pairs
// 2, 5 | 4 | 0, 3 | 1.
const pair_row = Uint32Array.of(3, 5, 0, 4, 2, 1);
/** Token 0 goes to node 1 alone, token 1 to both, token 2 to node 0 alone: two copies each. */
const copy_row = Uint32Array.of(NO_ROW, 2, 0, 3, 1, NO_ROW);
const sent = Uint32Array.of(2, 1, 2, 1);
const told = Uint32Array.of(2, 1, 2, 2, 1, 2);
// Rank 2, which is on its rail, has one token with value 20 for slots 2 and 3. The other rail has none. What rank 2 knows:
const received = Uint32Array.from([...told.subarray(3), ...[1, 1, 1], ...[0, 0, 0], ...[0, 0, 0]]);

describe.each(runners)("a node-aware exchange on %s", (_, run) => {
  it("finds one copy of a token for each node that has experts of it", async () => {
    const found = await runPart(
      run,
      [dispatch, "find_copies"],
      { pair_row, slot_begin, sent, told: blank(6), copy_row: blank(6) },
      context(0, 3),
    );
    expect([...found.copy_row]).toEqual([...copy_row]);
    expect([...found.told]).toEqual([...told]);
  });

  it("packs copies with the rows of their pairs among those of their node", async () => {
    const { send_copies } = await runPart(
      run,
      [dispatch, "pack_copies"],
      {
        ...{ x: Float32Array.of(10, 11, 12), pair_row, copy_row, slot_begin, sent },
        // The kernel has a place for weights, and reads none here.
        weights: new Float32Array(),
        send_copies: blank(4 * 3),
      },
      context(0, 3),
    );
    expect([...send_copies]).toEqual([
      ...[...f32(11), 0, NO_ROW],
      ...[...f32(12), 2, 1],
      ...[...f32(10), 0, 2],
      ...[...f32(11), NO_ROW, 1],
    ]);
  });

  it("packs the weights of their pairs behind these, where they are needed there", async () => {
    const { send_copies } = await runPart(
      run,
      [dispatch, "pack_weighted"],
      {
        ...{ x: Float32Array.of(10, 11, 12), pair_row, copy_row, slot_begin, sent },
        weights: Float32Array.of(0.5, 2, 3, 1, 5, 6),
        send_copies: blank(4 * 5),
      },
      context(0, 3, 2),
    );
    expect([...send_copies.subarray(10, 15)]).toEqual([...f32(10), 0, 2, ...f32(0.5, 2)]);
  });

  it("makes a row of a copy for each of its pairs here, sorted by host and source", async () => {
    // At rank 2: copies 10 and 11 of rank 0, then 20 of its own.
    const relay_copies = Uint32Array.from([
      ...[...f32(10), 0, 2, ...f32(0.5, 2)],
      ...[...f32(11), NO_ROW, 1, ...f32(3, 1)],
      ...[...f32(20), 0, 1, ...f32(1, 0.25)],
    ]);
    const forwarded = await runPart(
      run,
      [dispatch, "forward_weighted"],
      { relay_copies, received, slot_begin, forward_rows: blankRows(5), relay_tags: blank(12) },
      context(2, 3, 2),
    );
    expect([...forwarded.forward_rows]).toEqual([10, 11, 20, 10, 20]);
    expect([...forwarded.relay_tags]).toEqual([
      ...[0, 3, ...f32(0.5, 2)],
      ...[NO_ROW, 1, ...f32(3, 1)],
      ...[2, 4, ...f32(1, 0.25)],
    ]);
  });

  it("adds the results of a copy by its weights, and what comes back from the nodes", async () => {
    const relay_tags = Uint32Array.from([
      ...[0, 3, ...f32(0.5, 2)],
      ...[NO_ROW, 1, ...f32(3, 1)],
      ...[2, 4, ...f32(1, 0.25)],
    ]);
    const { folded_copies } = await runPart(
      run,
      [combine, "fold"],
      {
        gathered_rows: Float32Array.of(100, 110, 200, 101, 204),
        relay_tags,
        folded_copies: blankRows(3),
      },
      context(2, 3, 2),
    );
    // 1/2 * 100 + 2 * 101; 1 * 110; 1 * 200 + 1/4 * 204.
    expect([...folded_copies]).toEqual([252, 110, 251]);
    const { out } = await runPart(
      run,
      [combine, "gather"],
      { returned_copies: Float32Array.of(1, 2, 252, 110), copy_row, out: blankRows(3) },
      context(0, 3, 2),
    );
    expect([...out]).toEqual([252, 111, 2]);
  });

  it("sorts results by source where nothing is added", async () => {
    const { regrouped_rows } = await runPart(
      run,
      [combine, "regroup"],
      {
        gathered_rows: Float32Array.of(100, 110, 200, 101, 204),
        ...{ received, slot_begin },
        regrouped_rows: blankRows(5),
      },
      context(2, 5),
    );
    expect([...regrouped_rows]).toEqual([100, 110, 101, 200, 204]);
  });
});

describe("a node-aware exchange over nodes, replicas and any routing", () => {
  const anyCase = fc
    .record({
      nodes: fc.integer({ min: 1, max: 4 }),
      nodeRanks: fc.integer({ min: 1, max: 3 }),
      partialSums: fc.boolean(),
    })
    .chain(({ nodes, nodeRanks, partialSums }) =>
      anyExchange(nodes * nodeRanks).map((each): NodeAwareCase => ({ ...each, nodeRanks, partialSums })),
    );

  /** [rank][node] tokens with an expert there, by definition. */
  const neededCopies = ({ topK, replicas, slotBegin, nodeRanks, experts }: NodeAwareCase): number[][] => {
    const nodes = (slotBegin.length - 1) / nodeRanks;
    const nodeOfSlot = (slot: number) =>
      Math.floor((slotBegin.findIndex((first) => first > slot) - 1) / nodeRanks);
    return experts.map((chosen, rank) =>
      Array.from({ length: nodes }, (_, node) => {
        const there = new Set<number>();
        chosen.forEach((expert, pair) => {
          const token = Math.floor(pair / topK);
          const slot = replicas[expert]![(rank + token) % replicas[expert]!.length]!;
          if (nodeOfSlot(slot) === node) there.add(token);
        });
        return there.size;
      }),
    );
  };

  const agrees = async (run: Runner, given: NodeAwareCase) => {
    const { results, copies } = await nodeAwareExchange(run, given);
    expect(copies).toEqual(neededCopies(given));
    expectedResults(given).forEach((data, rank) => {
      expectClose(
        { kind: "rows", width: given.width, data: Float64Array.from(results[rank]!) },
        { kind: "rows", width: given.width, data },
        0,
      );
    });
  };

  it("brings every token through its experts and back on the CPU, with as many copies as it has nodes", async () => {
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

  it.each(runners)(
    "does so on %s where all tokens go to one expert, and some ranks have none",
    async (_, run) => {
      for (const partialSums of [true, false])
        await agrees(run, {
          ...{ width: 2, topK: 1, nodeRanks: 2, partialSums },
          replicas: [[0], [1], [2], [3]],
          slotBegin: [0, 1, 2, 3, 4],
          x: [0, 3, 1, 0].map((tokens) => Float32Array.from({ length: tokens * 2 }, (__, at) => at + 1)),
          experts: [0, 3, 1, 0].map((tokens) => new Uint32Array(tokens).fill(3)),
          weights: [0, 3, 1, 0].map((tokens) => new Float32Array(tokens).fill(0.5)),
        });
    },
  );
});
