// Where launches are made: one run of equal layers of a block, for one micro-batch. Knows how buffers and instances are named.
import { InternalError } from "../../diagnostics/internal-error.js";
import { difference, evaluate, remainder, sum, type Environment } from "../../plan/expression.js";
import type {
  Exchange,
  Expr,
  LayerRun,
  Model,
  Operand,
  Placement,
  PrecisionClass,
  TensorType,
} from "../../plan/types.gen.js";
import { typeOf, type OperatorGraph } from "../lower/graph.js";
import type { BufferBook } from "../memory/buffers.js";

export interface LaunchSite {
  readonly graph: OperatorGraph;
  readonly run: LayerRun;
  /** Layers before this run that hand on what they get, and compute nothing. */
  readonly idle: number;
  /** Layers before this run that use the same block: weights and tables of the block are numbered through. */
  readonly earlier: number;
  /** Layers in all that use the block. */
  readonly uses: number;
  /** Whether the block's result is the model's. */
  readonly last: boolean;
  /** Shapes of what layers hand on: one for each width, in the order in which the layers take them. */
  readonly streams: readonly TensorType["shape"][];
  /** The values of their widths. */
  readonly environment: Environment;
  /** Micro-batch of the step. Buffers are named after it. */
  readonly microBatch: number;
  /** First micro-batch of the cell. */
  readonly firstMicroBatch: number;
  readonly exchanges: readonly Exchange[];
  readonly placements: readonly Placement[];
  readonly buffers: BufferBook;
}

export type Access = Operand["access"];

/** Index of the layer among those that use the block, as an expression over `layer`. */
export const useOfLayer = (site: LaunchSite): Expr => sum(difference("layer", site.run.first), site.earlier);

/** Name with its micro-batch: `moe.h@0`. */
export const perMicroBatch = (site: LaunchSite, name: string): string => `${name}@${String(site.microBatch)}`;

export function blockName(site: LaunchSite): string {
  return site.run.block;
}

/** The exchange of a dispatch node. */
export function exchangeOf(site: LaunchSite, dispatch: string): Exchange {
  const found = site.exchanges.find((each) => each.block === site.run.block && each.dispatch === dispatch);
  if (found === undefined) throw new InternalError(`${site.run.block}.${dispatch} has no exchange`);
  return found;
}

export function placementOf(site: LaunchSite, exchange: Exchange): Placement {
  const found = site.placements.find((each) => each.name === exchange.placement);
  if (found === undefined) throw new InternalError(`${exchange.name} has no placement`);
  return found;
}

/** Extents of a value as a buffer holds it: routed rows need room for the capacity of their exchange. */
export function bufferShape(site: LaunchSite, type: TensorType): Expr[] {
  if (type.kind !== "routed") return type.shape;
  const exchange = site.exchanges.find((each) => each.block === site.run.block && each.gate === type.gate);
  if (exchange === undefined) throw new InternalError(`routed rows of ${site.run.block} without an exchange`);
  return [exchange.capacity_rows.expr, ...type.shape.slice(1)];
}

/** The operand for a node's value, or the block's input. */
export function valueOperand(
  site: LaunchSite,
  id: string,
  name: string,
  access: Access,
  field?: "experts" | "weights",
): Operand {
  const { block } = site.graph.getAttributes();
  const type = typeOf(site.graph.getNodeAttributes(id));
  const layer = difference("layer", site.idle);
  if (id === block.input.name) return streamOperand(site, type, name, access, layer);
  if (id === block.result && !site.last) return streamOperand(site, type, name, access, sum(layer, 1));
  const isOutput = id === block.result;
  const buffer = site.buffers.note({
    name: perMicroBatch(
      site,
      isOutput ? "output" : `${block.name}.${id}${field === undefined ? "" : `.${field}`}`,
    ),
    kind: isOutput ? "output" : type.kind === "routed" ? "exchange" : "activation",
    precision: valuePrecision(site, id, type, field),
    shape: bufferShape(site, type),
    instances: 1,
    ...layoutOf(site, type),
  });
  return { name, buffer, instance: 0, access };
}

/** Rows of a routed value are sorted as experts want them. */
function layoutOf(site: LaunchSite, type: TensorType): { layout?: { exchange: string; layout: string } } {
  if (type.kind !== "routed") return {};
  const exchange = site.exchanges.find((each) => each.block === site.run.block && each.gate === type.gate);
  return exchange === undefined ? {} : { layout: { exchange: exchange.name, layout: "by_expert" } };
}

function valuePrecision(
  site: LaunchSite,
  id: string,
  type: TensorType,
  field?: "experts" | "weights",
): PrecisionClass {
  if (type.kind === "gate") return field === "experts" ? "index" : "gate";
  if (type.kind !== "routed") return "activations";
  if (site.exchanges.some((each) => each.block === site.run.block && each.dispatch === id)) return "dispatch";
  const combined = site.graph.outNeighbors(id).some((consumer) => {
    const attributes = site.graph.getNodeAttributes(consumer);
    return attributes.kind === "operator" && attributes.node.op === "combine";
  });
  return combined ? "combine" : "activations";
}

const widthOf = (shape: TensorType["shape"], environment: Environment): number =>
  evaluate(shape.at(-1) ?? 0, environment);

/**
 * The shapes of what the layers of a model hand on, one for each width: two layers may call the same width differently, and then
 * share a buffer.
 */
export function streamShapes(model: Model, environment: Environment): readonly TensorType["shape"][] {
  const byWidth = new Map<number, TensorType["shape"]>();
  for (const run of model.layers) {
    const type = model.blocks.find(({ name }) => name === run.block)?.input.type;
    if (type?.kind !== "tokens") continue;
    const width = widthOf(type.shape, environment);
    byWidth.set(width, byWidth.get(width) ?? type.shape);
  }
  return [...byWidth.values()];
}

/**
 * What layers hand on: token ids into the first, then the residual stream, whose two instances alternate so that a layer
 * never overwrites what it still reads.
 */
function streamOperand(
  site: LaunchSite,
  type: TensorType,
  name: string,
  access: Access,
  step: Expr,
): Operand {
  if (type.kind === "ids") {
    const buffer = site.buffers.note({
      name: perMicroBatch(site, "ids"),
      kind: "input",
      precision: "index",
      shape: type.shape,
      instances: 1,
      init: { kind: "input", micro_batch: site.microBatch },
    });
    return { name, buffer, instance: 0, access };
  }
  const { environment, streams } = site;
  const at = streams.findIndex((each) => widthOf(each, environment) === widthOf(type.shape, environment));
  const shape = streams[at];
  if (shape === undefined) throw new InternalError(`no layer takes what ${blockName(site)} gives`);
  const buffer = site.buffers.note({
    name: perMicroBatch(site, at === 0 ? "stream" : `stream.${String(at)}`),
    kind: "activation",
    precision: "activations",
    shape,
    instances: 2,
  });
  return { name, buffer, instance: remainder(step, 2), access };
}
