// Whether a launch reads what the model's graph says its node reads: for each operand, the value it sees was made by
// the right node, in the right layer, for the right micro-batch, or was there before the step for exactly this use.
import { variesByLayer } from "../plan/index.js";
import type { Access, Facts, Occurrence } from "./facts.js";
import { named } from "./story.js";
import { writersOf, type Read, type Value } from "./values.js";

/** What a read means in the model: the input of the node that it feeds, something of the node's own, or a mistake. */
export type Meaning =
  | { readonly kind: "input"; readonly input: string }
  | { readonly kind: "own" }
  | { readonly kind: "wrong"; readonly story: readonly string[]; readonly writer?: Occurrence };

export function meaningOf(facts: Facts, { occurrence, access }: Read, value: Value): readonly Meaning[] {
  if (value.writers.length === 0) return [initialMeaning(facts, occurrence, access)];
  return writersOf(value, access).map((writer) => writtenMeaning(facts, occurrence, access, writer));
}

function writtenMeaning(facts: Facts, reader: Occurrence, access: Access, writer: Occurrence): Meaning {
  const node = facts.nodeOf(reader);
  const wrong = (why: string): Meaning => ({
    kind: "wrong",
    story: [
      `${named(writer)} writes \`${access.buffer.name}\`[${access.instance}]`,
      `${named(reader)} reads it as \`${access.operand.name}\``,
      why,
    ],
    writer,
  });
  if (writer.microBatch !== reader.microBatch)
    return wrong(
      `a launch of micro-batch ${reader.microBatch} must not see values of micro-batch ${writer.microBatch}`,
    );
  if (writer.layer === reader.layer && writer.cell.block === reader.cell.block) {
    const from = writer.launch.node;
    if (from === node.id) return { kind: "own" };
    // What a dispatch counts and numbers steers everything that follows it; only its rows are a value of the model.
    const exchange = facts.exchangeOf(reader.cell.block, node.id);
    if (exchange !== undefined && from === exchange.dispatch && access.buffer.precision === "index")
      return { kind: "own" };
    if (node.inputs.includes(from)) return { kind: "input", input: from };
    return wrong(`node \`${node.id}\` takes ${listed(node.inputs)}, not \`${from}\``);
  }
  const input = facts.index.block(reader.cell.block).input.name;
  const handed = resultBefore(facts, reader.layer);
  if (handed !== undefined && writer.layer === handed.layer && writer.launch.node === handed.node)
    return node.inputs.includes(input)
      ? { kind: "input", input }
      : wrong(`node \`${node.id}\` takes ${listed(node.inputs)}, not the result of the layer before`);
  const expected =
    node.inputs.includes(input) && handed ? `, or \`${handed.node}\` of layer ${handed.layer}` : "";
  return wrong(
    `so it sees a value of layer ${writer.layer}; what it needs is made in layer ${reader.layer}${expected}`,
  );
}

function listed(inputs: readonly string[]): string {
  return inputs.length === 0 ? "no inputs" : inputs.map((each) => `\`${each}\``).join(" and ");
}

/** The node that makes the input of a layer; undefined where that is the model's input. Blocks may return their input. */
export function resultBefore(
  facts: Facts,
  layer: number,
): { readonly layer: number; readonly node: string } | undefined {
  for (let before = layer - 1; before >= 0; before--) {
    const block = facts.index.block(facts.index.runOfLayer(before).run.block);
    if (block.result !== block.input.name) return { layer: before, node: block.result };
  }
  return undefined;
}

function initialMeaning(facts: Facts, occurrence: Occurrence, access: Access): Meaning {
  const { buffer, instance, operand } = access;
  const node = facts.nodeOf(occurrence);
  const { block } = occurrence.cell;
  const { layer, microBatch } = occurrence;
  const exchange = facts.exchangeOf(block, node.id);
  const ordinal = facts.ordinal(layer);
  const reads = `${named(occurrence)} reads \`${buffer.name}\`[${instance}] as \`${operand.name}\``;
  const wrong = (...why: readonly string[]): Meaning => ({ kind: "wrong", story: [reads, ...why] });
  const { init } = buffer;
  switch (init?.kind) {
    case undefined:
      return wrong("nothing says what it holds");
    case "weight": {
      if (init.block !== block || init.node !== node.id)
        return wrong(`these are weights of \`${init.block}.${init.node}\``);
      if (instance !== ordinal)
        return wrong(
          `layer ${layer} is number ${ordinal} of those that use \`${block}\`, so its weights are instance ${ordinal}`,
        );
      const lifted = exchange !== undefined && node.output.kind === "routed" && node.id !== exchange.dispatch;
      if (init.per_slot !== lifted)
        return wrong(lifted ? "each expert needs weights of its own" : "the node is not lifted over experts");
      if (lifted && init.placement !== exchange.placement)
        return wrong(
          `its slots hold the experts of placement \`${init.placement ?? ""}\``,
          `its rows come by exchange \`${exchange.name}\`, which follows \`${exchange.placement}\``,
        );
      return { kind: "own" };
    }
    case "table": {
      if (init.placement !== exchange?.placement)
        return wrong(
          `it is a table of placement \`${init.placement}\``,
          `the node follows ${exchange ? `\`${exchange.placement}\`` : "none"}`,
        );
      const varies = facts.index.placement(init.placement).layers.length > 1 && variesByLayer(init.table);
      if (varies && instance !== ordinal)
        return wrong(
          `layer ${layer} is number ${ordinal} of those that use \`${block}\`, so its table is instance ${ordinal}`,
        );
      return { kind: "own" };
    }
    case "state": {
      if (init.block !== block || init.node !== node.id)
        return wrong(`it is state of \`${init.block}.${init.node}\``);
      if (init.micro_batch !== microBatch)
        return wrong(`it belongs to the sequences of micro-batch ${init.micro_batch}`);
      if (instance !== ordinal)
        return wrong(
          `layer ${layer} is number ${ordinal} of those that use \`${block}\`, so its state is instance ${ordinal}`,
        );
      return operand.access === "update"
        ? { kind: "own" }
        : wrong("the rows of this step have not been added to it");
    }
    case "input":
      if (init.micro_batch !== microBatch)
        return wrong(`it holds the tokens of micro-batch ${init.micro_batch}`);
      if (
        resultBefore(facts, layer) !== undefined ||
        !node.inputs.includes(facts.index.block(block).input.name)
      )
        return wrong(`node \`${node.id}\` of layer ${layer} does not take the model's input`);
      return { kind: "input", input: facts.index.block(block).input.name };
    default:
      return init satisfies never;
  }
}
