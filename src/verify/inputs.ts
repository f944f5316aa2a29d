// Whether every node reads its inputs: each operand what the model's graph names, from the node's result, and the same
// in every layer and micro-batch.
import { evaluate, type Launch } from "../plan/index.js";
import { writes, type Facts, type Occurrence, type RoleFacts } from "./facts.js";
import { meaningOf, type Meaning } from "./producers.js";
import { grouped, type Counterexample } from "./result.js";
import { aboutLaunches, named } from "./story.js";
import { writersOf, type Read, type Value, type Values } from "./values.js";

export function* inputFaults(
  facts: Facts,
  { role, occurrences }: RoleFacts,
  values: Values,
): Iterable<Counterexample> {
  const fed = new Map<string, Set<string>>();
  const resultBuffers = new Map<string, Read>();
  const sources = new Map<string, Source>();
  for (const read of values.reads) {
    // A lost or unwritten value is for `memory` to tell.
    if (read.sight.kind !== "seen") continue;
    const { occurrence } = read;
    // What rounds read is what the launches read that they make again; `rounds` sees to that.
    if (occurrence.launch.kind === "rounds") continue;
    for (const meaning of meaningOf(facts, read, read.sight.value)) {
      if (meaning.kind === "wrong")
        yield aboutLaunches(role, meaning.story, ...(meaning.writer ? [meaning.writer] : []), occurrence);
      yield* differenceFault(facts, role, sources, read, read.sight.value, meaning);
      if (meaning.kind !== "input") continue;
      const inputs = fed.get(nodeKey(occurrence)) ?? new Set();
      fed.set(nodeKey(occurrence), inputs.add(meaning.input));
      yield* resultFault(facts, role, resultBuffers, read, meaning.input);
    }
  }
  const weighing = new Set(occurrences.filter(readsWeights).map((each) => nodeKey(each)));
  for (const occurrence of occurrences)
    for (const input of facts.nodeOf(occurrence).inputs)
      if (!fed.get(nodeKey(occurrence))?.has(input) && !weighsElsewhere(facts, weighing, occurrence, input))
        yield aboutLaunches(
          role,
          [
            `no launch of node \`${occurrence.launch.node}\` reads its input \`${input}\``,
            `so ${named(occurrence)} computes something else`,
          ],
          occurrence,
        );
}

const readsWeights = ({ accesses }: Occurrence): boolean =>
  accesses.some(({ buffer, operand }) => operand.name === "weights" && buffer.precision === "gate");

/**
 * Whether the weights of a combine's gate travel with the rows: where results are added on each node, its dispatch sends them
 * along. `weighing`: nodes that read weights.
 */
function weighsElsewhere(
  facts: Facts,
  weighing: ReadonlySet<string>,
  occurrence: Occurrence,
  input: string,
): boolean {
  const { cell, launch } = occurrence;
  const exchange = facts.exchangeOf(cell.block, launch.node);
  if (exchange?.partial_sums !== true || launch.node !== exchange.combine) return false;
  return input === exchange.gate && weighing.has(nodeKey(occurrence, exchange.dispatch));
}

/** Where an operand's value came from the first time that some launch of its part read it. */
interface Source {
  readonly read: Read;
  readonly from: string;
}

/** A part of a node reads through each operand what it reads in every other layer and micro-batch. */
function* differenceFault(
  facts: Facts,
  role: RoleFacts["role"],
  sources: Map<string, Source>,
  read: Read,
  value: Value,
  meaning: Meaning,
): Iterable<Counterexample> {
  const { cell, launch } = read.occurrence;
  const isLayerInput = meaning.kind === "input" && meaning.input === facts.index.block(cell.block).input.name;
  const from = sourceText(value, writersOf(value, read.access), isLayerInput);
  const key = JSON.stringify([cell.block, launch.node, pieceOf(launch), read.access.operand.name]);
  const first = sources.get(key);
  if (first === undefined) sources.set(key, { read, from });
  else if (first.from !== from)
    yield aboutLaunches(
      role,
      [
        `${named(first.read.occurrence)} reads ${first.from} as \`${read.access.operand.name}\``,
        `${named(read.occurrence)} reads ${from}`,
        "one part of a node computes the same in every layer and micro-batch",
      ],
      first.read.occurrence,
      read.occurrence,
    );
}

/** What of its node a launch is; chunks are alike in it. */
function pieceOf(launch: Launch): string {
  if (launch.kind === "compute") return launch.part;
  return launch.kind === "transfer" && launch.slots === undefined ? launch.phase : "rows";
}

/** What a read sees, in words that are the same for every layer and micro-batch. */
function sourceText(
  { buffer, instance }: Value,
  writers: readonly Occurrence[],
  isLayerInput: boolean,
): string {
  const { init } = buffer;
  if (writers.length === 0)
    return init?.kind === "weight"
      ? `weight \`${init.weight}\``
      : init?.kind === "table"
        ? `table \`${init.table}\``
        : "what was there";
  const names = writers.map(({ launch, accesses }) => {
    const written = accesses.find(
      (each) => each.buffer === buffer && each.instance === instance && writes(each),
    );
    return `\`${written?.operand.name ?? ""}\` of ${launch.node}: ${pieceOf(launch)}`;
  });
  // Chunks come in any order.
  return isLayerInput ? "the layer's input" : [...new Set(names)].sort().join(" and ");
}

/** Names a node in a layer and micro-batch: an occurrence's own, or another beside it. */
const nodeKey = ({ launch, layer, microBatch }: Occurrence, node = launch.node): string =>
  JSON.stringify([layer, microBatch, node]);

/** All who read a node's rows must read the same buffer, and it must have room for the node's result. */
function* resultFault(
  facts: Facts,
  role: RoleFacts["role"],
  resultBuffers: Map<string, Read>,
  read: Read,
  input: string,
): Iterable<Counterexample> {
  const { occurrence, access } = read;
  const node = facts.index.block(occurrence.cell.block).nodes.find((each) => each.id === input);
  if (node === undefined || node.output.kind === "gate" || access.buffer.precision === "index") return;
  const key = JSON.stringify([occurrence.layer, occurrence.microBatch, input]);
  const other = resultBuffers.get(key);
  resultBuffers.set(key, other ?? read);
  if (
    other !== undefined &&
    (other.access.buffer !== access.buffer || other.access.instance !== access.instance)
  )
    yield aboutLaunches(
      role,
      [
        `${named(other.occurrence)} takes the result of \`${input}\` from \`${other.access.buffer.name}\`[${other.access.instance}]`,
        `${named(occurrence)} takes it from \`${access.buffer.name}\`[${access.instance}]`,
        "only one of them can be the result",
      ],
      other.occurrence,
      occurrence,
    );
  const exchange = facts.exchangeOf(occurrence.cell.block, input);
  const [rows = 0, ...rest] = node.output.shape;
  const routed = node.output.kind === "routed" && exchange !== undefined;
  const needed = [routed ? exchange.capacity_rows.expr : rows, ...rest].reduce<number>(
    (product, extent) => product * evaluate(extent, facts.index.environment),
    1,
  );
  const room = access.buffer.shape.reduce<number>(
    (product, extent) => product * evaluate(extent, facts.index.environment),
    1,
  );
  if (room < needed)
    yield aboutLaunches(
      role,
      [
        `${named(occurrence)} takes the result of \`${input}\` from \`${access.buffer.name}\``,
        `the result has ${grouped(needed)} elements, the buffer room for ${grouped(room)}`,
      ],
      occurrence,
    );
}
