import { describe, expect, test } from "vitest";
import { exchangeEmitters } from "../../../src/emit/exchange/index.js";
import type { ExchangePlan } from "../../../src/exchange-plan/index.js";
import { planOf } from "../../exchange/plans.js";
import { chunkMatrix, textOf } from "./demand.js";
import { instances } from "./instances.js";
import { executeMscclXml, readMscclXml } from "./msccl-xml-interpreter.js";

const emitMscclXml = exchangeEmitters["msccl-xml"];

function execute(plan: ExchangePlan, seeds: number): void {
  const emitted = emitMscclXml(plan);
  const gpus = readMscclXml(textOf(emitted));
  for (let seed = 1; seed <= seeds; seed++)
    for (const capacity of seeds === 1 ? [0] : [0, 1, 8])
      executeMscclXml(gpus, chunkMatrix(plan, emitted), seed, capacity);
}

describe("MSCCL XML brings every chunk to its place, in any order of thread blocks", () => {
  test.each(instances)("$name", ({ plan, seeds }) => {
    execute(plan, seeds);
  });
});

test("a dependency that is missing is found", () => {
  const plan = planOf({ nodes: 2, ranksPerNode: 2 }, "forward", 1);
  const emitted = emitMscclXml(plan);
  const gpus = readMscclXml(textOf(emitted));
  for (const { blocks } of gpus)
    for (const { send, recv, steps } of blocks)
      if (send >= 0 || recv >= 0) for (const step of steps) step.depid = -1;
  expect(() => {
    for (let seed = 1; seed < 20; seed++) executeMscclXml(gpus, chunkMatrix(plan, emitted), seed, 0);
  }).toThrow("is read before it is there");
});
