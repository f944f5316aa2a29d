// Any small exchange, either way, in either format: what is emitted brings every chunk to its place.
import fc from "fast-check";
import { test } from "vitest";
import { exchangeEmitters } from "../../../src/emit/exchange/index.js";
import type { ExchangePlan } from "../../../src/exchange-plan/index.js";
import { planOf } from "../../exchange/plans.js";
import { chunkMatrix, textOf } from "./demand.js";
import { executeMscclXml, readMscclXml } from "./msccl-xml-interpreter.js";
import { executeMscclpp, type PlanFile } from "./mscclpp-interpreter.js";

const exchange = fc
  .record({ nodes: fc.integer({ min: 1, max: 4 }), ranksPerNode: fc.integer({ min: 1, max: 3 }) })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      way: fc.constantFrom("direct", "gather", "forward", "spread"),
      waves: fc.integer({ min: 1, max: 3 }),
      direction: fc.constantFrom("dispatch", "combine"),
      row_bytes: fc.constantFrom(16, 40, 64, 100),
      rows: fc.array(fc.constantFrom(0, 0, 1, 2, 3.5, 7, 40, 300), {
        minLength: (shape.nodes * shape.ranksPerNode) ** 2,
        maxLength: (shape.nodes * shape.ranksPerNode) ** 2,
      }),
      seed: fc.integer({ min: 1, max: 1000 }),
    }),
  );

function planFrom({ shape, way, waves, rows, ...rest }: Generated): ExchangePlan {
  const ranks = shape.nodes * shape.ranksPerNode;
  const plan = planOf(shape, way, waves, (source, destination) => rows[source * ranks + destination]!);
  return { ...plan, direction: rest.direction, row_bytes: rest.row_bytes };
}

type Generated = typeof exchange extends fc.Arbitrary<infer T> ? T : never;

test("in MSCCL++", () => {
  fc.assert(
    fc.property(exchange, (generated) => {
      const plan = planFrom(generated);
      const emitted = exchangeEmitters.mscclpp(plan);
      const file = JSON.parse(textOf(emitted)) as PlanFile;
      executeMscclpp(file, chunkMatrix(plan, emitted), generated.seed);
    }),
    { numRuns: 150, seed: 8 },
  );
});

test("in MSCCL XML", () => {
  fc.assert(
    fc.property(exchange, fc.constantFrom(0, 1, 4), (generated, capacity) => {
      const plan = planFrom(generated);
      const emitted = exchangeEmitters["msccl-xml"](plan);
      const gpus = readMscclXml(textOf(emitted));
      executeMscclXml(gpus, chunkMatrix(plan, emitted), generated.seed, capacity);
    }),
    { numRuns: 150, seed: 8 },
  );
});
