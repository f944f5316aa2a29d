// What the dense evaluation is given: the data of an execution without its ranks, all tokens and sequences concatenated.
import type { DenseValue } from "../../operators/operator.js";
import type { Block } from "../../plan/index.js";
import type { ExecutionContext } from "../context.js";
import type { ExecutionData } from "../data.js";
import { stateExtents, vocabularyOf } from "../fill.js";
import type { DenseLayer } from "./block.js";
import { pairsToDrop } from "./dropped.js";

export function denseLayer(
  context: ExecutionContext,
  data: ExecutionData,
  block: Block,
  layer: number,
  input: DenseValue,
  choices: ReadonlyMap<string, Uint32Array>,
): DenseLayer {
  const { captures } = context;
  const batches = captures.tokensOf(layer) / captures.tokens;
  return {
    block,
    input,
    operatorOf: context.operatorOf,
    dimsOf: (node) => {
      const dims = context.dimsOf(node);
      return {
        ...dims,
        sequences: (dims["sequences"] ?? 0) * batches,
        tokens: (dims["tokens"] ?? 0) * batches,
      };
    },
    weight: (node, weight, expert) =>
      new Float64Array(data.weight({ layer, node, weight, ...(expert === undefined ? {} : { expert }) })),
    state: (node, state) => {
      const { sequences, cached, width } = stateExtents(context, block.name, node.id, state);
      const elements = sequences * cached * width;
      const all = new Float64Array(batches * elements);
      for (let batch = 0; batch < batches; batch++) {
        const position = Math.floor(batch / captures.microBatches);
        const microBatch = batch % captures.microBatches;
        all.set(data.state(layer, node.id, state, position, microBatch, elements), batch * elements);
      }
      return all;
    },
    executedChoice: (gate) => choices.get(gate.id),
    droppedPairs: (combine, gate) => {
      const exchange = context.plan.exchanges.find(
        (each) => each.block === block.name && each.combine === combine.id,
      );
      return exchange === undefined || gate.kind !== "gate"
        ? undefined
        : pairsToDrop(context, exchange, layer, gate.experts);
    },
  };
}

/** The model's input: the token ids of all ranks and micro-batches. */
export function inputIds(context: ExecutionContext, data: ExecutionData): Uint32Array {
  const { captures } = context;
  const vocabulary = vocabularyOf(context);
  return Uint32Array.from({ length: captures.tokensOf(0) }, (_, token) => {
    const batch = Math.floor(token / captures.tokens);
    const position = Math.floor(batch / captures.microBatches);
    return data.tokenId(position, batch % captures.microBatches, token % captures.tokens, vocabulary);
  });
}
