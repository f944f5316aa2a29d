// Counts parameters of a checked model from what its operators declare, over its list of layers.
import { liftingGate } from "../../src/run/oracle/block.js";
import { operatorNamed } from "../../src/operators/registry.js";
import type { Program } from "../../src/check/program.js";
import { dimensionEnvironment } from "../../src/plan/dimensions.js";
import { evaluate } from "../../src/plan/expression.js";
import type { Block, Node } from "../../src/plan/types.gen.js";

export interface Parameters {
  readonly total: number;
  /** Those that a token meets, of the routed experts its own alone. An embedding's table is looked up, not counted. */
  readonly active: number;
  /** Those of embedding tables. */
  readonly embedding: number;
}

export function countParameters({ model, dimensions }: Program): Parameters {
  const environment = dimensionEnvironment(dimensions);
  const weightsOf = (node: Node): number =>
    operatorNamed(node.op)
      .weights(node.dims)
      .map(({ shape }) => shape.reduce<number>((size, each) => size * evaluate(each, environment), 1))
      .reduce((sum, each) => sum + each, 0);
  /** Experts of a node in all and of one token; 1 and 1 for a node that is not lifted. */
  const experts = (block: Block, node: Node): readonly [all: number, ofToken: number] => {
    const gate = block.nodes.find((each) => each.id === liftingGate(block, node));
    const extent = (name: string): number => evaluate(gate?.dims[name] ?? 1, environment);
    return [extent("experts"), extent("top_k")];
  };
  let [total, active, embedding] = [0, 0, 0];
  for (const { block: name, repeat } of model.layers) {
    const block = model.blocks.find((each) => each.name === name);
    if (block === undefined) throw new Error(`there is no block ${name}`);
    for (const node of block.nodes) {
      const weights = repeat * weightsOf(node);
      const [all, ofToken] = experts(block, node);
      total += weights * all;
      if (node.op === "embedding") embedding += weights;
      else active += weights * ofToken;
    }
  }
  return { total, active, embedding };
}
