import { describe, expect, test } from "vitest";
import { exchangeEmitters } from "../../../src/emit/exchange/index.js";
import type { ExchangePlan } from "../../../src/exchange-plan/index.js";
import { planOf } from "../../exchange/plans.js";
import { chunkMatrix, textOf } from "./demand.js";
import { executeMscclpp, type PlanFile } from "./mscclpp-interpreter.js";
import { instances } from "./instances.js";

const emitMscclpp = exchangeEmitters.mscclpp;

const parsed = (plan: ExchangePlan): PlanFile => JSON.parse(textOf(emitMscclpp(plan))) as PlanFile;

function execute(plan: ExchangePlan, seeds: number): void {
  const emitted = emitMscclpp(plan);
  const file = parsed(plan);
  for (let seed = 1; seed <= seeds; seed++) executeMscclpp(file, chunkMatrix(plan, emitted), seed);
}

describe("execution plans of MSCCL++ bring every chunk to its place, in any order of thread blocks", () => {
  test.each(instances)("$name", ({ plan, seeds }) => {
    execute(plan, seeds);
  });
});

test("a wait that is missing is found", () => {
  const plan = planOf({ nodes: 2, ranksPerNode: 2 }, "forward", 1);
  const file = parsed(plan);
  for (const gpu of file.gpus)
    for (const block of gpu.threadblocks) block.ops = block.ops.filter(({ name }) => name !== "wait");
  expect(() => {
    for (let seed = 1; seed < 20; seed++) executeMscclpp(file, chunkMatrix(plan, emitMscclpp(plan)), seed);
  }).toThrow("is read before it is there");
});
