// Weights, inputs and states of an execution: functions of the data seed and of what they belong to, never of where a
// placement puts them. All values are f32.
import { InternalError } from "../diagnostics/internal-error.js";
import type { WeightSpec } from "../operators/operator.js";
import { evaluate, type Block, type Node } from "../plan/index.js";
import type { ExecutionContext } from "./context.js";
import { Noise } from "./random.js";

/** A uniform number in [-1, 1) times this has variance 1. */
const UNIT_VARIANCE = Math.sqrt(3);
/** Half-width of gains around 1. */
const GAIN_SPREAD = 0.2;
/**
 * How much more each layer adds to the residual stream than the one before: without it, deep layers would vanish in it.
 * With much more, each would outweigh all before it, and roundings would grow from layer to layer until backends route
 * differently: here 60 layers make them some 100 times larger.
 */
const GROWTH_PER_LAYER = 1.05;

/** Which tensor of a node; experts are named by themselves, not by the slot they live in. */
export interface WeightName {
  readonly layer: number;
  readonly node: Node;
  readonly weight: string;
  /** For lifted nodes. */
  readonly expert?: number;
}

export class ExecutionData {
  readonly #weights = new Map<string, Float32Array>();

  constructor(
    readonly context: ExecutionContext,
    readonly seed: number,
    /** Whether routed experts count for nothing, to see how much they matter. */
    readonly withoutExperts = false,
  ) {}

  /** Values of a weight, in the shape that its operator declares. */
  weight(name: WeightName): Float32Array {
    const key = keyOf(name);
    let values = this.#weights.get(key);
    if (values === undefined) this.#weights.set(key, (values = this.#generate(name, key)));
    return values;
  }

  /** Replaces a router's selection bias, which is zero otherwise. */
  setBias(layer: number, node: Node, bias: Float32Array): void {
    const spec = this.context
      .operatorOf(node)
      .weights(node.dims)
      .find(({ init }) => init === "bias");
    if (spec !== undefined) this.#weights.set(keyOf({ layer, node, weight: spec.name }), bias);
  }

  /** Token ids of a row of a micro-batch; `position` is that of the rank among those that hold tokens. */
  tokenId(position: number, microBatch: number, row: number, vocabulary: number): number {
    return new Noise(this.seed, `input ${position} ${microBatch}`).bits(row) % vocabulary;
  }

  /** The cached positions of a state, [sequences, context, width], of a rank's micro-batch. */
  state(layer: number, node: string, state: string, position: number, microBatch: number, elements: number) {
    const noise = new Noise(this.seed, `state ${layer} ${node} ${state} ${position} ${microBatch}`);
    return noise.uniform(elements, 0, UNIT_VARIANCE);
  }

  #generate(name: WeightName, key: string): Float32Array {
    const spec = specOf(this.context, name.node, name.weight);
    const elements = elementsOf(this.context, spec);
    const noise = new Noise(this.seed, key);
    switch (spec.init) {
      case "matrix": {
        const scale = this.#scale(name, spec) / Math.sqrt(evaluate(spec.fanIn, this.context.environment));
        return noise.uniform(elements, 0, scale * UNIT_VARIANCE);
      }
      case "gain":
        return noise.uniform(elements, 1, GAIN_SPREAD);
      case "bias":
        return new Float32Array(elements);
      default:
        return spec.init satisfies never;
    }
  }

  /** Standard deviation of a product with this matrix, for inputs of variance 1. */
  #scale({ layer, node, expert }: WeightName, spec: WeightSpec): number {
    if (!spec.residual) return 1;
    const growth = GROWTH_PER_LAYER ** layer;
    if (expert === undefined) return growth;
    if (this.withoutExperts) return 0;
    // The weighted mean over k experts is smaller than each by the root of k.
    const block = this.context.index.block(this.context.index.runOfLayer(layer).run.block);
    return growth * Math.sqrt(topKOf(this.context, block, node));
  }
}

const keyOf = ({ layer, node, weight, expert }: WeightName): string =>
  `weight ${layer} ${node.id} ${weight} ${expert ?? ""}`;

/** What a node's operator declares about a weight. */
function specOf(context: ExecutionContext, node: Node, weight: string): WeightSpec {
  const spec = context
    .operatorOf(node)
    .weights(node.dims)
    .find((each) => each.name === weight);
  if (spec === undefined) throw new InternalError(`${node.op} has no weight ${weight}`);
  return spec;
}

const elementsOf = (context: ExecutionContext, spec: WeightSpec): number =>
  spec.shape.reduce<number>((product, each) => product * evaluate(each, context.environment), 1);

/** Experts per token of the gate that sent a node's rows. */
function topKOf(context: ExecutionContext, block: Block, node: Node): number {
  const gate = block.nodes.find((each) => each.id === node.output.gate);
  return gate === undefined ? 1 : (context.dimsOf(gate)["top_k"] ?? 1);
}
