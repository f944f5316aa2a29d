// Law of results: the step ends with the result of the last layer for every micro-batch, whole, in a buffer of kind output, which
// holds nothing else; and state has grown by the rows of the step, in every layer and micro-batch.
import { evaluate, type Expr } from "../plan/index.js";
import type { Facts, Occurrence, RoleFacts } from "./facts.js";
import { resultBefore } from "./producers.js";
import { grouped, type Counterexample } from "./result.js";
import { aboutLaunches, aboutPlan, named } from "./story.js";
import type { Values } from "./values.js";

/** The outputs that the step ends with, and the state it leaves. */
export function* resultFaults(
  facts: Facts,
  { role, occurrences }: RoleFacts,
  values: Values,
): Iterable<Counterexample> {
  const last = resultBefore(facts, facts.index.layers);
  const buffers = facts.plan.memory.buffers.filter((each) => each.kind === "output");
  for (
    let microBatch = 0;
    microBatch < facts.plan.schedule.micro_batches && last !== undefined;
    microBatch++
  ) {
    const isResult = (writer: Occurrence): boolean =>
      writer.layer === last.layer && writer.launch.node === last.node && writer.microBatch === microBatch;
    const holder = buffers.find((buffer) =>
      outputsOf(values, buffer.name).some((writers) => writers.length > 0 && writers.every(isResult)),
    );
    const other = values.writes.find(
      ({ occurrence, access }) =>
        access.buffer.kind === "output" && occurrence.microBatch === microBatch && !isResult(occurrence),
    );
    if (other !== undefined)
      yield aboutLaunches(
        role,
        [
          `${named(other.occurrence)} writes \`${other.access.buffer.name}\`, a buffer of kind output`,
          `the model's result is \`${last.node}\` of layer ${last.layer}`,
        ],
        other.occurrence,
      );
    const [has, needs] = [holder?.shape ?? [], resultShape(facts, last)].map((shape) =>
      shape.reduce<number>((product, extent) => product * evaluate(extent, facts.index.environment), 1),
    ) as [number, number];
    if (holder !== undefined && has < needs)
      yield aboutPlan(
        [
          `the model's result, \`${last.node}\` of layer ${last.layer}, has ${grouped(needs)} elements`,
          `\`${holder.name}\` has room for ${grouped(has)}`,
        ],
        facts.index.runOfLayer(last.layer).run.span,
      );
    if (holder === undefined)
      yield aboutPlan(
        [
          `the model's result for micro-batch ${microBatch} is \`${last.node}\` of layer ${last.layer}`,
          "no buffer of kind output holds it when the step ends",
        ],
        facts.index.runOfLayer(last.layer).run.span,
      );
  }
  yield* stateFaults(facts, role, occurrences);
}

const resultShape = (facts: Facts, { layer, node }: { layer: number; node: string }): readonly Expr[] =>
  facts.index.node(facts.index.runOfLayer(layer).run.block, node).output.shape;

function outputsOf(values: Values, buffer: string): readonly (readonly Occurrence[])[] {
  const instances = new Set(
    values.writes.flatMap(({ access }) => (access.buffer.name === buffer ? [access.instance] : [])),
  );
  return [...instances].flatMap((instance) => {
    const value = values.atEnd(buffer, instance);
    return value === undefined ? [] : [value.writers];
  });
}

/** State that a node keeps must grow by the rows of this step, in every layer and micro-batch. */
function* stateFaults(
  facts: Facts,
  role: RoleFacts["role"],
  occurrences: readonly Occurrence[],
): Iterable<Counterexample> {
  const updated = new Set<string>();
  const stateKey = (name: string, instance: number): string => JSON.stringify([name, instance]);
  for (const occurrence of occurrences)
    for (const { buffer, instance, operand } of occurrence.accesses) {
      if (buffer.init?.kind !== "state" || operand.access === "read") continue;
      const { block, node, micro_batch } = buffer.init;
      const own = block === occurrence.cell.block && node === occurrence.launch.node;
      if (!own || micro_batch !== occurrence.microBatch || instance !== facts.ordinal(occurrence.layer))
        yield aboutLaunches(
          role,
          [
            `${named(occurrence)} changes \`${buffer.name}\`[${instance}]`,
            `that is state of \`${block}.${node}\`, micro-batch ${micro_batch}, in the layer of that number`,
          ],
          occurrence,
        );
      updated.add(stateKey(buffer.name, instance));
    }
  for (const buffer of facts.plan.memory.buffers) {
    if (buffer.init?.kind !== "state") continue;
    const { block, node } = buffer.init;
    for (const run of facts.plan.model.layers)
      for (let layer = run.first; run.block === block && layer < run.first + run.repeat; layer++)
        if (!updated.has(stateKey(buffer.name, facts.ordinal(layer))))
          yield aboutPlan(
            [
              `no launch adds the rows of this step to \`${buffer.name}\`[${facts.ordinal(layer)}], the state of \`${node}\` in layer ${layer}`,
            ],
            facts.index.node(block, node).span,
          );
  }
}
