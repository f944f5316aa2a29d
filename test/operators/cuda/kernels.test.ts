// The CUDA kernels, executed on the CPU, leave the memory that the TypeScript kernels leave: every word of it, so that nothing is
// written beside what a launch is for. Unwritten memory holds what is no number, so that nothing is read beside it either.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchangeAtCapacity } from "../capacity-case.js";
import { exchange, type Runner } from "../exchange-case.js";
import { expectSameMemory } from "../expect.js";
import { nodeAwareExchange } from "../node-aware-case.js";
import { prepare, runOnCpu } from "../node-case.js";
import { anyNode, shapedOperators } from "../random-cases.js";
import { anyExchange } from "../random-exchanges.js";
import { lacks } from "./compilers.js";
import { emulatedKernels, type EmulatedKernels } from "./runner.js";

const SEED = 7;

describe.skipIf(lacks("g++"))("CUDA kernels on the CPU", () => {
  let kernels: EmulatedKernels;
  beforeAll(async () => {
    kernels = await emulatedKernels();
  });
  afterAll(() => {
    kernels.close();
  });

  /** Runs launches both ways and holds one against the other. */
  const compared: Runner = async (memory, launches) => {
    const result = await kernels.run(memory, launches);
    expectSameMemory(result, runOnCpu(memory, launches));
    return result;
  };

  it.each(shapedOperators)("%s", async (name) => {
    for (const [at, node] of fc.sample(anyNode(name), { numRuns: 150, seed: SEED }).entries()) {
      const { memory, launches } = prepare(node, { divide: at % 2 === 1 });
      await compared(memory, launches);
    }
  });

  it("exchanges with replicas, crowded and empty slots", async () => {
    for (const ranks of [1, 3, 4])
      for (const given of fc.sample(anyExchange(ranks), { numRuns: 15, seed: SEED }))
        await exchange(compared, given);
  });

  it("exchanges at a capacity, which drop and pad", async () => {
    for (const atomRows of [1, 2, 5])
      for (const given of fc.sample(anyExchange(3), { numRuns: 15, seed: SEED }))
        await exchangeAtCapacity(compared, given, atomRows);
  });

  it.each([true, false])("node-aware exchanges, partial sums: %s", async (partialSums) => {
    for (const nodeRanks of [1, 2])
      for (const given of fc.sample(anyExchange(4), { numRuns: 20, seed: SEED }))
        await nodeAwareExchange(compared, { ...given, nodeRanks, partialSums });
  });

  it("are told apart from what is wrong by the same means", async () => {
    const [node] = fc
      .sample(anyNode("add"), { numRuns: 20, seed: SEED })
      .filter(({ dims }) => dims["in"]! > 2);
    const { memory, launches } = prepare(node!);
    const result = await kernels.run(memory, launches);
    result[launches[0]!.args["out"]!] = 0x4b000000;
    expect(() => {
      expectSameMemory(result, runOnCpu(memory, launches));
    }).toThrow();
  });
});
