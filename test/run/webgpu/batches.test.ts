import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kernel, KernelArguments } from "../../../src/operators/kernel.js";
import { POISON, type Touched } from "../../../src/run/backend.js";
import { Batches, type Copy } from "../../../src/run/webgpu/batches.js";

const ranks = 3;
const rankWords = 8;
const rankOf = (word: number) => (word < ranks * rankWords ? Math.floor(word / rankWords) : undefined);

const kernelNamed = (name: string): Kernel => ({
  name,
  operands: [],
  params: [],
  wgsl: "",
  threads: () => 1,
  cpu: () => undefined,
});
const kernels = [kernelNamed("a"), kernelNamed("b")];

interface Range {
  readonly word: number;
  readonly words: number;
}

interface Launch {
  readonly kernel: number;
  readonly reads: Range;
  readonly writes: Range;
}

/** A kernel writes what depends on the kernel, on every word that it reads, and on what stood there. */
function applyLaunch(memory: number[], { kernel, reads, writes }: Launch): void {
  let sum = kernel + 3;
  for (let i = 0; i < reads.words; i++) sum = (sum * 31 + memory[reads.word + i]!) % 9973;
  for (let i = 0; i < writes.words; i++)
    memory[writes.word + i] = (memory[writes.word + i]! * 7 + sum + i) % 9973;
}

const touchedBy = ({ reads, writes }: Launch): Touched[] => [
  { ...reads, access: "read" },
  { ...writes, access: "update" },
];

type Operation =
  | { kind: "launch"; launch: Launch }
  | { kind: "copy"; from: number; to: number; words: number }
  | { kind: "poison"; word: number; words: number };

const word = fc.nat({ max: ranks * rankWords - 1 });
const words = fc.integer({ min: 1, max: 3 });
const range = fc.record({ word, words });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    kind: fc.constant("launch" as const),
    launch: fc.record({ kernel: fc.nat({ max: 1 }), reads: range, writes: range }),
  }),
  fc.record({ kind: fc.constant("copy" as const), from: word, to: word, words }),
  fc.record({ kind: fc.constant("poison" as const), word, words }),
);

/** Operations within one rank's memory at each end, as transfers are. */
const staysInRank = (start: number, count: number) => rankOf(start) === rankOf(start + count - 1);
const legal = (each: Operation): boolean => {
  if (each.kind === "launch")
    return [each.launch.reads, each.launch.writes].every((its) => staysInRank(its.word, its.words));
  if (each.kind === "poison") return staysInRank(each.word, each.words);
  return (
    staysInRank(each.to, each.words) &&
    staysInRank(each.from, each.words) &&
    Math.abs(each.from - each.to) >= each.words
  );
};

const callsOf = (batches: Batches): number[] =>
  batches.take().map((each) => (each.kind === "launch" ? each.calls.length : 0));

describe("batches", () => {
  it("give the result of the operations in order, whatever order a batch runs in", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), fc.boolean(), (drawn, backwards) => {
        const operations = drawn.filter(legal);
        const launches: Launch[] = [];
        const inOrder = Array.from({ length: ranks * rankWords }, (_, index) => index);
        const batched = [...inOrder];
        const batches = new Batches(ranks, rankWords);
        const copy = (memory: number[], { from, to, words: count }: Copy) => {
          memory.copyWithin(to, from, from + count);
        };
        for (const each of operations) {
          if (each.kind === "launch") {
            const { launch } = each;
            applyLaunch(inOrder, launch);
            launches.push(launch);
            const args: KernelArguments = { launch: launches.length - 1 };
            batches.launch(kernels[launch.kernel]!, args, touchedBy(launch));
            continue;
          }
          if (each.kind === "copy") {
            copy(inOrder, each);
            batches.copy(each);
          } else {
            inOrder.fill(POISON, each.word, each.word + each.words);
            batches.poison(each);
          }
        }
        for (const batch of batches.take()) {
          if (batch.kind === "launch") {
            const calls = backwards ? batch.calls.toReversed() : batch.calls;
            for (const { launch } of calls) applyLaunch(batched, launches[launch!]!);
          } else if (batch.kind === "copy") {
            for (const each of backwards ? batch.copies.toReversed() : batch.copies) copy(batched, each);
          } else for (const each of batch.ranges) batched.fill(POISON, each.word, each.word + each.words);
        }
        expect(batched).toEqual(inOrder);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("take one dispatch for what ranks do alike, in whatever order they do it", () => {
    const batches = new Batches(ranks, rankWords);
    for (const rank of [2, 0, 1])
      for (const kernel of kernels)
        batches.launch(kernel, {}, [{ word: rank * rankWords, words: rankWords, access: "update" }]);
    expect(callsOf(batches)).toEqual([3, 3]);
  });

  it("take one dispatch for what two streams of ranks do alike, however they take turns", () => {
    const batches = new Batches(ranks, rankWords);
    // Each stream runs kernel a, then b, on a half of its rank's memory.
    const turns = [
      [0, 0, 1, 1],
      [1, 0, 1, 0],
      [1, 1, 0, 0],
    ];
    turns.forEach((streams, rank) => {
      const ran = [0, 0];
      for (const stream of streams)
        batches.launch(kernels[ran[stream]!++]!, {}, [
          { word: rank * rankWords + (stream * rankWords) / 2, words: rankWords / 2, access: "update" },
        ]);
    });
    expect(callsOf(batches)).toEqual([6, 6]);
  });

  it("take one dispatch for the messages of an all-to-all", () => {
    const batches = new Batches(ranks, rankWords);
    for (let from = 0; from < ranks; from++)
      for (let to = 0; to < ranks; to++)
        batches.copy({ from: from * rankWords + to, to: to * rankWords + 4 + from, words: 1 });
    expect(batches.take()).toHaveLength(1);
  });
});
