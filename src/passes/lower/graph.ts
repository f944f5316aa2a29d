// Lowering: each block of the model becomes an operator graph whose edges know type, shape and bytes.
import { MultiDirectedGraph } from "graphology";
import { hasCycle } from "graphology-dag";
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Operator } from "../../operators/operator.js";
import { operatorNamed } from "../../operators/registry.js";
import { product } from "../../plan/expression.js";
import type { Block, Expr, Model, Node, PrecisionClass, TensorType } from "../../plan/types.gen.js";

/** A node of the graph: an operator, or the block's input. */
export type GraphNode =
  | { readonly kind: "input"; readonly name: string; readonly type: TensorType }
  | {
      readonly kind: "operator";
      readonly node: Node;
      readonly operator: Operator;
      /** Id of the dispatch whose rows a lifted node works on; absent for nodes over tokens. */
      readonly dispatch?: string;
    };

/** A value on its way from producer to consumer. */
export interface GraphEdge {
  readonly port: number;
  readonly type: TensorType;
  readonly precision: PrecisionClass;
  /** Elements of the value, over dimensions and the name `rows` for routed values. */
  readonly elements: Expr;
}

export interface GraphInfo {
  readonly block: Block;
  /** Nodes in the order of the text, which is topological. */
  readonly order: readonly string[];
}

export type OperatorGraph = MultiDirectedGraph<GraphNode, GraphEdge, GraphInfo>;

/** One operator graph for each block of the model. */
export function lower(model: Model): ReadonlyMap<string, OperatorGraph> {
  return new Map(model.blocks.map((block) => [block.name, lowerBlock(block)]));
}

function lowerBlock(block: Block): OperatorGraph {
  const graph: OperatorGraph = new MultiDirectedGraph();
  graph.addNode(block.input.name, { kind: "input", ...block.input });
  const dispatchOf = new Map<string, string>();
  for (const node of block.nodes)
    if (node.op === "dispatch" && node.output.gate !== undefined) dispatchOf.set(node.output.gate, node.id);
  for (const node of block.nodes) {
    const dispatch =
      node.output.gate === undefined || node.op === "dispatch" ? undefined : dispatchOf.get(node.output.gate);
    graph.addNode(node.id, {
      kind: "operator",
      node,
      operator: operatorNamed(node.op),
      ...(dispatch === undefined ? {} : { dispatch }),
    });
  }
  for (const node of block.nodes)
    node.inputs.forEach((input, port) => {
      const type = typeOf(graph.getNodeAttributes(input));
      graph.addDirectedEdge(input, node.id, {
        port,
        type,
        precision: precisionOf(type),
        elements: product(...type.shape),
      });
    });
  graph.replaceAttributes({ block, order: block.nodes.map((node) => node.id) });
  return graph;
}

/** Type of the value that a graph node produces. */
export function typeOf(node: GraphNode): TensorType {
  return node.kind === "input" ? node.type : node.node.output;
}

function precisionOf(type: TensorType): PrecisionClass {
  switch (type.kind) {
    case "ids":
      return "index";
    case "gate":
      return "gate";
    case "tokens":
    case "routed":
      return "activations";
    default:
      return type.kind satisfies never;
  }
}

/** The checker behind lowering: acyclic, every port connected once, every edge with a shape. Throws InternalError. */
export function checkLowered(graphs: ReadonlyMap<string, OperatorGraph>): void {
  for (const [name, graph] of graphs) {
    const { order } = graph.getAttributes();
    if (hasCycle(graph) || !isTopological(graph, order))
      throw new InternalError(`the graph of block ${name} has a cycle or is out of order`);
    graph.forEachNode((id, attributes) => {
      if (attributes.kind === "input") return;
      const ports = graph.mapInEdges(id, (_edge, { port }) => port).sort((a, b) => a - b);
      if (ports.some((port, index) => port !== index) || ports.length !== attributes.operator.ports.length)
        throw new InternalError(`node ${name}.${id} has ports ${ports.join(", ")}`);
    });
    graph.forEachEdge((_edge, { type }, source, target) => {
      if (type.shape.length === 0)
        throw new InternalError(`the edge ${name}.${source} to ${target} has no shape`);
    });
  }
}

function isTopological(graph: OperatorGraph, order: readonly string[]): boolean {
  const seen = new Set(graph.filterNodes((_id, { kind }) => kind === "input"));
  return order.every((id) => {
    const ready = graph.inNeighbors(id).every((producer) => seen.has(producer));
    seen.add(id);
    return ready;
  });
}

/** The operator node of an id; throws InternalError for the block's input. */
export function operatorNode(graph: OperatorGraph, id: string): Extract<GraphNode, { kind: "operator" }> {
  const attributes = graph.getNodeAttributes(id);
  if (attributes.kind === "input") throw new InternalError(`${id} is a block's input, not an operator`);
  return attributes;
}
