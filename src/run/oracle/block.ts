// The dense evaluation of one layer in double precision: the model as written, all tokens together, each operator by its
// reference. Knows no ranks, placement, exchange or micro-batches; pairs that a token policy drops are named from outside.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { DenseValue, DimValues, Operator } from "../../operators/operator.js";
import type { Block, Node } from "../../plan/index.js";

/** What a layer is evaluated with. */
export interface DenseLayer {
  readonly block: Block;
  readonly input: DenseValue;
  operatorOf(node: Node): Operator;
  dimsOf(node: Node): DimValues;
  /** A weight of a node; for lifted nodes that of an expert. */
  weight(node: Node, weight: string, expert?: number): Float64Array;
  /** State before the step, of all sequences. */
  state(node: Node, state: string): Float64Array;
  /** What an execution chose at a gate, [tokens * top_k]; undefined where there was none. */
  executedChoice(gate: Node): Uint32Array | undefined;
  /** Which pairs of a gate's choice [tokens * top_k] do not reach a combine; undefined where all do. */
  droppedPairs(combine: Node, gate: DenseValue): Uint8Array | undefined;
}

export interface DenseOutput {
  readonly output: DenseValue;
  /** By gate: tokens whose choice is a tie. */
  readonly ties: ReadonlyMap<string, readonly number[]>;
}

export function evaluateLayer(layer: DenseLayer): DenseOutput {
  const values = new Map<string, DenseValue>([[layer.block.input.name, layer.input]]);
  const ties = new Map<string, readonly number[]>();
  for (const node of layer.block.nodes) {
    const inputs = node.inputs.map((each) => valueOf(values, each));
    const gate = liftingGate(layer.block, node);
    if (gate !== undefined) {
      values.set(node.id, evaluateLifted(layer, node, inputs, valueOf(values, gate)));
      continue;
    }
    const result = evaluateNode(layer, node, inputs);
    values.set(node.id, result.value);
    if (node.output.kind === "gate") ties.set(node.id, result.ties ?? []);
  }
  return { output: valueOf(values, layer.block.result), ties };
}

function evaluateNode(layer: DenseLayer, node: Node, inputs: readonly DenseValue[], expert?: number) {
  const executed = node.output.kind === "gate" ? layer.executedChoice(node) : undefined;
  const gate = inputs.find(({ kind }) => kind === "gate");
  const dropped = gate === undefined ? undefined : layer.droppedPairs(node, gate);
  return layer.operatorOf(node).reference({
    inputs,
    dims: layer.dimsOf(node),
    options: node.options,
    weight: (name) => layer.weight(node, name, expert),
    state: (name) => layer.state(node, name),
    ...(executed === undefined ? {} : { executed }),
    ...(dropped === undefined ? {} : { dropped }),
  });
}

/** The gate over whose experts a node is lifted: its value is routed, and so is one that it takes. */
export function liftingGate(block: Block, node: Node): string | undefined {
  if (node.output.kind !== "routed") return undefined;
  const takesRouted = node.inputs.some(
    (input) => block.nodes.find((each) => each.id === input)?.output.kind === "routed",
  );
  return takesRouted ? node.output.gate : undefined;
}

/** Evaluates a lifted node expert by expert, on the rows that the gate gave to each. */
function evaluateLifted(
  layer: DenseLayer,
  node: Node,
  inputs: readonly DenseValue[],
  gate: DenseValue,
): DenseValue {
  if (gate.kind !== "gate") throw new InternalError(`${node.id} is lifted over what is no gate`);
  const rowsOfExpert = new Map<number, number[]>();
  gate.experts.forEach((expert, row) => {
    const rows = rowsOfExpert.get(expert);
    if (rows === undefined) rowsOfExpert.set(expert, [row]);
    else rows.push(row);
  });
  let lifted: { readonly kind: "rows"; readonly width: number; readonly data: Float64Array } | undefined;
  for (const [expert, rows] of rowsOfExpert) {
    const taken = inputs.map((each) => takeRows(each, rows));
    const { value } = evaluateNode(layer, node, taken, expert);
    if (value.kind !== "rows") throw new InternalError(`the value of ${node.id} cannot be lifted`);
    const { width, data } = value;
    lifted ??= { kind: "rows", width, data: new Float64Array(gate.experts.length * width) };
    for (const [at, row] of rows.entries())
      lifted.data.set(data.subarray(at * width, (at + 1) * width), row * width);
  }
  if (lifted === undefined) throw new InternalError(`${node.id} has no rows`);
  return lifted;
}

function takeRows(value: DenseValue, rows: readonly number[]): DenseValue {
  if (value.kind !== "rows") throw new InternalError("only rows can be dispatched");
  const { width } = value;
  const data = new Float64Array(rows.length * width);
  rows.forEach((row, at) => {
    data.set(value.data.subarray(row * width, (row + 1) * width), at * width);
  });
  return { kind: "rows", width, data };
}

function valueOf(values: ReadonlyMap<string, DenseValue>, name: string): DenseValue {
  const value = values.get(name);
  if (value === undefined) throw new InternalError(`a block uses ${name} before it is computed`);
  return value;
}
