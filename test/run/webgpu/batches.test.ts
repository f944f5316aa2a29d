import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kernel, KernelArguments } from "../../../src/operators/kernel.js";
import { Batches } from "../../../src/run/webgpu/batches.js";

const ranks = 3;
const rankWords = 8;
const rankOf = (word: number) => (word < ranks * rankWords ? Math.floor(word / rankWords) : undefined);

const kernelNamed = (name: string): Kernel => ({
  name,
  params: [],
  wgsl: "",
  threads: () => 1,
  cpu: () => undefined,
});
const kernels = [kernelNamed("a"), kernelNamed("b")];

/** A kernel launch changes every word of its rank, in a way that depends on the kernel and on the order. */
function applyLaunch(memory: number[], kernel: Kernel, rank: number): void {
  const factor = kernel.name === "a" ? 3 : 5;
  for (let word = rank * rankWords; word < (rank + 1) * rankWords; word++)
    memory[word] = (memory[word]! * factor + word + 1) % 9973;
}

type Operation =
  | { kind: "launch"; rank: number; kernel: number }
  | { kind: "copy"; from: number; to: number; words: number }
  | { kind: "poison"; to: number; words: number };

const word = fc.nat({ max: ranks * rankWords - 1 });
const words = fc.integer({ min: 1, max: 3 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    kind: fc.constant("launch" as const),
    rank: fc.nat({ max: ranks - 1 }),
    kernel: fc.nat({ max: 1 }),
  }),
  fc.record({ kind: fc.constant("copy" as const), from: word, to: word, words }),
  fc.record({ kind: fc.constant("poison" as const), to: word, words }),
);

/** Operations within one rank's memory at each end, as transfers are. */
const staysInRank = (start: number, count: number) => rankOf(start) === rankOf(start + count - 1);
const legal = (each: Operation): boolean =>
  each.kind === "launch" ||
  (staysInRank(each.to, each.words) &&
    (each.kind === "poison" ||
      (staysInRank(each.from, each.words) && Math.abs(each.from - each.to) >= each.words)));

describe("batches", () => {
  it("give the result of the operations in order, whatever order a batch runs in", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), fc.boolean(), (drawn, backwards) => {
        const operations = drawn.filter(legal);
        const inOrder = Array.from({ length: ranks * rankWords }, (_, index) => index);
        const batched = [...inOrder];
        const batches = new Batches(ranks, rankOf);
        const copy = (memory: number[], from: number | undefined, to: number, count: number) => {
          for (let i = 0; i < count; i++) memory[to + i] = from === undefined ? -1 : memory[from + i]!;
        };
        for (const each of operations) {
          if (each.kind === "launch") {
            applyLaunch(inOrder, kernels[each.kernel]!, each.rank);
            const args: KernelArguments = { rank: each.rank };
            batches.launch(each.rank, kernels[each.kernel]!, args);
            continue;
          }
          const source = each.kind === "copy" ? each.from : undefined;
          copy(inOrder, source, each.to, each.words);
          batches.move({ to: each.to, words: each.words, ...(source === undefined ? {} : { from: source }) });
        }
        for (const batch of batches.take()) {
          if (batch.kind === "launch") {
            const calls = backwards ? batch.calls.toReversed() : batch.calls;
            for (const { rank } of calls) applyLaunch(batched, batch.kernel, rank!);
          } else {
            const moves = backwards ? batch.moves.toReversed() : batch.moves;
            for (const { from, to, words: count } of moves) copy(batched, from, to, count);
          }
        }
        expect(batched).toEqual(inOrder);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("take one dispatch for what ranks do alike, in whatever order they do it", () => {
    const batches = new Batches(ranks, rankOf);
    for (const rank of [2, 0, 1]) for (const kernel of kernels) batches.launch(rank, kernel, {});
    expect(batches.take().map((each) => (each.kind === "launch" ? each.calls.length : 0))).toEqual([3, 3]);
  });

  it("take one dispatch for the messages of an all-to-all", () => {
    const batches = new Batches(ranks, rankOf);
    for (let from = 0; from < ranks; from++)
      for (let to = 0; to < ranks; to++)
        batches.move({ from: from * rankWords + to, to: to * rankWords + 4 + from, words: 1 });
    expect(batches.take()).toHaveLength(1);
  });
});
