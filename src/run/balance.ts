// A selection bias for each router, so that executed loads follow the schedule's routing: random weights alone would
// favour some experts far beyond the bounds that exchanges are sized for. Found on the dense evaluation, so it depends on
// the data and on no placement.
import type { DenseCall, DenseValue, Operator } from "../operators/operator.js";
import type { Block, Node } from "../plan/index.js";
import type { ExecutionContext } from "./context.js";
import type { ExecutionData } from "./data.js";
import { evaluateLayer } from "./oracle/block.js";
import { denseLayer, inputIds } from "./oracle/dense-layer.js";
import { Draws } from "./random.js";

const ITERATIONS = 24;
/** Each iteration moves biases by less than the one before. */
const DECAY = 0.88;
/** Distance that scores are kept apart by: above that of ties by more than an execution in float32 moves them. */
const MARGIN = 2.5e-5;
/** How often the biases of contested experts are raised, at most. */
const MOST_NUDGES = 24;
/** Scores that are looked at for one gate: beyond, only some of the tokens are. */
const MOST_SCORES = 1_000_000;

/** A router of a layer. */
export interface Router {
  readonly layer: number;
  readonly block: string;
  /** The node that routes. */
  readonly gate: string;
  readonly experts: number;
}

/** [expert] what is added to each expert's score before the best are chosen; undefined for loads as the schedule has them. */
export type SelectionBias = (router: Router) => readonly number[] | undefined;

/** Gives `data` the bias of every router of the model: the given one, or one with which loads are the schedule's. */
export function balanceRouters(
  context: ExecutionContext,
  data: ExecutionData,
  onProgress?: (share: number) => void,
  selectionBias?: SelectionBias,
): void {
  for (const share of balancedLayers(context, data, selectionBias)) onProgress?.(share);
}

/** The same layer by layer, so that whoever calls it may do something else in between. Gives the share that is done. */
export function* balancedLayers(
  context: ExecutionContext,
  data: ExecutionData,
  selectionBias?: SelectionBias,
): Generator<number, void, void> {
  let input: DenseValue = { kind: "ids", data: inputIds(context, data) };
  for (let layer = 0; layer < context.index.layers; layer++) {
    const block = context.index.block(context.index.runOfLayer(layer).run.block);
    const dense = denseLayer(context, data, block, layer, input, new Map());
    const operatorOf = (node: Node) =>
      node.output.kind === "gate"
        ? balancing(context.operatorOf(node), context, data, block, layer, node, selectionBias)
        : context.operatorOf(node);
    input = evaluateLayer({ ...dense, operatorOf }).output;
    yield (layer + 1) / context.index.layers;
  }
}

/** The operator of a gate that first finds its bias. */
function balancing(
  operator: Operator,
  context: ExecutionContext,
  data: ExecutionData,
  block: Block,
  layer: number,
  node: Node,
  selectionBias: SelectionBias | undefined,
): Operator {
  const name = operator.weights(node.dims).find(({ init }) => init === "bias")?.name;
  const scoresOf = operator.scores;
  if (name === undefined || scoresOf === undefined) return operator;
  const experts = context.dimsOf(node)["experts"] ?? 0;
  const shares = expectedShares(context, block, layer, node, experts);
  const given = selectionBias?.({ layer, block: block.name, gate: node.id, experts });
  return {
    ...operator,
    reference: (call) => {
      const scored = { ...call, scores: scoresOf(call) };
      const bias =
        given === undefined
          ? balancedBias(operator, scored, name, shares, node.options["score"] === "sigmoid")
          : Float32Array.from(given);
      const untied = withoutTies(operator, scored, name, bias);
      data.setBias(layer, node, untied);
      return operator.reference(withBias(scored, name, untied));
    },
  };
}

/** [expert] the share of (token, expert) pairs that the schedule expects. */
function expectedShares(
  context: ExecutionContext,
  block: Block,
  layer: number,
  node: Node,
  experts: number,
): readonly number[] {
  const { within } = context.index.runOfLayer(layer);
  const routing = context.plan.routing.find((each) => each.block === block.name && each.gate === node.id);
  return routing?.loads[within] ?? routing?.loads[0] ?? Array.from({ length: experts }, () => 1 / experts);
}

/** Lowers the bias of experts with too many tokens and raises that of others, by ever smaller steps. */
function balancedBias(
  operator: Operator,
  call: DenseCall & { readonly scores: Float64Array },
  name: string,
  shares: readonly number[],
  sigmoid: boolean,
): Float32Array {
  const sample = { ...call, scores: someRows(call.scores, shares.length) };
  const bias = new Float32Array(shares.length);
  // Scores change by about this much for a unit of the router's logit.
  let step = sigmoid ? 0.25 : 1 / shares.length;
  for (let iteration = 0; iteration < ITERATIONS; iteration++, step *= DECAY) {
    const { value } = operator.reference(withBias(sample, name, bias));
    if (value.kind !== "gate") break;
    const counts = new Float64Array(shares.length);
    for (const expert of value.experts) counts[expert]! += 1;
    shares.forEach((share, expert) => {
      const wanted = Math.max(share * value.experts.length, 0.5);
      bias[expert]! += step * Math.max(-1, Math.min(1, 1 - counts[expert]! / wanted));
    });
  }
  return bias;
}

/**
 * A bias near the given one with which no token's last expert is a toss-up. Where two scores tie, backends that round
 * differently may choose differently, and everything behind such a token then differs too.
 */
function withoutTies(
  operator: Operator,
  call: DenseCall & { readonly scores: Float64Array },
  name: string,
  balanced: Float32Array,
): Float32Array {
  const draws = new Draws(0, "ties");
  const bias = balanced.slice();
  for (let nudge = 0; nudge < MOST_NUDGES; nudge++) {
    const { contested = [] } = operator.reference({ ...withBias(call, name, bias), tieDistance: MARGIN });
    if (contested.length === 0) return bias;
    // By different amounts, so that experts that are equal part.
    for (const expert of new Set(contested)) bias[expert]! += MARGIN * (1 + draws.below(1024) / 256);
  }
  return bias;
}

const withBias = (call: DenseCall, name: string, bias: Float32Array): DenseCall => ({
  ...call,
  weight: (each) => (each === name ? new Float64Array(bias) : call.weight(each)),
});

/** Scores of evenly spread rows, no more than can be looked at. */
function someRows(scores: Float64Array, experts: number): Float64Array {
  const rows = scores.length / experts;
  const kept = Math.min(rows, Math.ceil(MOST_SCORES / ITERATIONS / experts));
  const taken = new Float64Array(kept * experts);
  for (let at = 0; at < kept; at++) {
    const row = Math.floor((at * rows) / kept);
    taken.set(scores.subarray(row * experts, (row + 1) * experts), at * experts);
  }
  return taken;
}
