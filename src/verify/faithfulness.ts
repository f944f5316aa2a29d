// Law: the launches compute the model and nothing else. Timelines take every micro-batch through every layer; launches
// divide the rows of every node among them; every read sees the value that the model's graph names, of the same layer
// and micro-batch (or the layer before), with all of this layer's weights, its tables and state; every input of every node is read;
// launches of one part are alike; dispatches follow gates and tables; what is written is used; rounds repeat what they stand for; and
// the step ends with the result of the last layer of every micro-batch.
import { distinctCourses } from "./courses.js";
import { layerFaults, partFaults } from "./coverage.js";
import type { Facts, RoleFacts } from "./facts.js";
import { inputFaults } from "./inputs.js";
import { operandFaults } from "./operands.js";
import { unlikeFaults } from "./parts.js";
import { count, type Counterexample, type Verdict } from "./result.js";
import { resultFaults } from "./results.js";
import { roundsFaults } from "./rounds.js";
import { steeringFaults } from "./steering.js";
import { aboutLaunches, aboutPlan, named } from "./story.js";
import { wholeNumberFaults } from "./whole-numbers.js";
import { valuesOf, type Values } from "./values.js";

const assumptions = [
  "the plan lists its operators' parts as they are, and a kernel computes the part that its launch names, from its operands",
];

export function faithfulness(facts: Facts): Verdict {
  const { layers } = facts.index;
  const microBatches = facts.plan.schedule.micro_batches;
  const seen = facts.roles.map((role) => valuesOf(role));
  const reads = seen.reduce((sum, each) => sum + each.reads.length, 0);
  const nodes = facts.plan.model.layers.reduce(
    (sum, run) => sum + run.repeat * facts.index.block(run.block).nodes.length,
    0,
  );
  const checked = `${count(nodes * microBatches, "node")} in ${count(layers, "layer")} of ${count(microBatches, "micro-batch", "micro-batches")}; ${count(reads, "read")} traced to what made it`;
  for (const counterexample of faults(facts, seen)) return { checked, assumptions, counterexample };
  return { checked, assumptions };
}

function* faults(facts: Facts, seen: readonly Values[]): Iterable<Counterexample> {
  for (const role of facts.roles) yield* layerFaults(facts, role);
  for (const course of distinctCourses(facts)) yield* partFaults(facts, course);
  yield* unlikeFaults(facts);
  yield* wholeNumberFaults(facts);
  for (const [at, role] of facts.roles.entries()) {
    yield* exchangeFaults(facts, role);
    yield* roundsFaults(facts, role, seen[at]!);
    yield* inputFaults(facts, role, seen[at]!);
    yield* steeringFaults(facts, role);
    yield* weightFaults(facts, role);
    yield* unusedFaults(role, seen[at]!);
    yield* resultFaults(facts, role, seen[at]!);
    yield* operandFaults(facts, role, seen[at]!);
  }
}

/** Launches that name another exchange than the one their node belongs to. */
function* exchangeFaults(facts: Facts, { role, occurrences }: RoleFacts): Iterable<Counterexample> {
  for (const occurrence of occurrences) {
    const expected = facts.exchangeOf(occurrence.cell.block, occurrence.launch.node)?.name;
    if (occurrence.launch.exchange === expected) continue;
    yield aboutLaunches(
      role,
      [
        `${named(occurrence)} follows ${occurrence.launch.exchange === undefined ? "no exchange" : `exchange \`${occurrence.launch.exchange}\``}`,
        `its node belongs to ${expected === undefined ? "none" : `\`${expected}\``}`,
      ],
      occurrence,
    );
  }
}

/** Values that nobody reads: then a launch is idle, or someone reads the wrong buffer. */
function* unusedFaults({ role }: RoleFacts, values: Values): Iterable<Counterexample> {
  for (const { occurrence, access, value } of values.writes) {
    const passedOn = occurrence.launch.kind === "rounds" && access.operand.access === "write";
    if (value.used || passedOn || access.buffer.kind === "output") continue;
    yield aboutLaunches(
      role,
      [
        `${named(occurrence)} writes \`${access.buffer.name}\`[${access.instance}] as \`${access.operand.name}\``,
        "no launch reads it",
      ],
      occurrence,
    );
  }
}

/** Weights that their node does not read in some layer and micro-batch: then it computes with something else. */
function* weightFaults(facts: Facts, { role, occurrences }: RoleFacts): Iterable<Counterexample> {
  const used = new Set<string>();
  for (const { accesses, launch, layer, microBatch } of occurrences)
    for (const { buffer } of launch.kind === "rounds" ? [] : accesses)
      if (buffer.kind === "weights") used.add(JSON.stringify([buffer.name, layer, microBatch]));
  for (const { name, init } of facts.plan.memory.buffers) {
    if (init?.kind !== "weight") continue;
    for (const run of facts.plan.model.layers)
      for (let layer = run.first; run.block === init.block && layer < run.first + run.repeat; layer++)
        for (let microBatch = 0; microBatch < facts.plan.schedule.micro_batches; microBatch++)
          if (!used.has(JSON.stringify([name, layer, microBatch])))
            yield aboutPlan(
              [
                `role \`${role.name}\`: no launch of layer ${layer}, micro-batch ${microBatch} reads \`${name}\``,
                `node \`${init.node}\` has these weights`,
              ],
              facts.index.node(init.block, init.node).span,
            );
  }
}
