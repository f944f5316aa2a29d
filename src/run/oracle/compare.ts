// Holds what was executed against the dense evaluation, layer by layer. Each layer's evaluation starts from the executed
// result of the layer before it, so an error shows where it arises.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { DenseValue } from "../../operators/operator.js";
import type { Backend } from "../backend.js";
import type { ExecutionContext } from "../context.js";
import type { ExecutionData } from "../data.js";
import type { DroppedPairs } from "../result.js";
import { evaluateLayer } from "./block.js";
import { crossingsOf, type Crossings } from "./crossings.js";
import { denseLayer, inputIds } from "./dense-layer.js";
import { readDropped } from "./dropped.js";
import { readChoice, readResult } from "./executed.js";

/** Added to the largest value, so that a layer of zeros has an error too. */
const TINY = 1e-30;

export interface LayerComparison {
  readonly layer: number;
  readonly block: string;
  /** max |a - b| / (max |b| + tiny) over the layer's result, b being the dense evaluation. */
  readonly maxRelativeError: number;
  /** The token with the largest error. */
  readonly worstToken: number;
  readonly ties: number;
  /** By gate in block order: the experts that each token chose, ascending; ties left out. */
  readonly choices: readonly Uint32Array[];
  /** Pairs (token, expert) that were dropped, of all; undefined where the token policy drops none. */
  readonly dropped?: DroppedPairs;
  /** Where some exchange's ranks are on several nodes. */
  readonly crossings?: Crossings;
}

/**
 * Compares all layers in order, each as soon as it has been executed: the dense evaluation of one layer takes the time in
 * which a GPU executes the next.
 * @throws {ExecutionFailure} `unexecuted` where a result was not computed, `non_finite` where it holds no numbers,
 * `wrong_result` where a choice is no expert, or where other pairs were dropped than the token policy says
 */
export async function* compareLayers(
  context: ExecutionContext,
  data: ExecutionData,
  backend: Pick<Backend, "read">,
): AsyncGenerator<LayerComparison> {
  let input: DenseValue = { kind: "ids", data: inputIds(context, data) };
  for (let layer = 0; layer < context.index.layers; layer++) {
    const block = context.index.block(context.index.runOfLayer(layer).run.block);
    await context.captures.settled(layer);
    const executed = await readResult(context, backend, block, layer, input);
    const choices = new Map<string, Uint32Array>();
    for (const node of block.nodes)
      if (node.output.kind === "gate")
        choices.set(node.id, await readChoice(context, backend, block, layer, node.id));
    const dropped = await readDropped(context, backend, block, layer, choices);
    const crossings = crossingsOf(context, block, layer, choices);
    await nextTurn();
    const dense = evaluateLayer(denseLayer(context, data, block, layer, input, choices));
    if (dense.output.kind !== "rows") throw new InternalError(`block ${block.name} gives no rows`);
    const width = dense.output.width;
    yield {
      layer,
      block: block.name,
      ...largestError(executed, dense.output.data, width),
      ties: [...dense.ties.values()].reduce((sum, tokens) => sum + tokens.length, 0),
      choices: [...choices].map(([gate, experts]) =>
        settledChoices(experts, context.captures.tokensOf(layer), dense.ties.get(gate) ?? []),
      ),
      ...(dropped === undefined ? {} : { dropped }),
      ...(crossings === undefined ? {} : { crossings }),
    };
    input = { kind: "rows", width, data: executed };
  }
}

/** Lets an execution that can go on send its next work to the GPU first. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function largestError(executed: Float64Array, dense: Float64Array, width: number) {
  let difference = 0;
  let largest = 0;
  let worst = 0;
  executed.forEach((value, at) => {
    const expected = dense[at]!;
    largest = Math.max(largest, Math.abs(expected));
    // A dense value that is no number counts as infinitely wrong.
    const error = Number.isFinite(expected) ? Math.abs(value - expected) : Infinity;
    if (error <= difference) return;
    difference = error;
    worst = at;
  });
  return {
    maxRelativeError: difference === Infinity ? Infinity : difference / (largest + TINY),
    worstToken: Math.floor(worst / width),
  };
}

/** Each token's experts in ascending order, so that the order of nearly equal scores is no difference. */
function settledChoices(experts: Uint32Array, tokens: number, ties: readonly number[]): Uint32Array {
  const topK = experts.length / tokens;
  const tied = new Set(ties);
  const settled: number[] = [];
  for (let token = 0; token < tokens; token++)
    if (!tied.has(token)) settled.push(...experts.slice(token * topK, (token + 1) * topK).sort());
  return Uint32Array.from(settled);
}
