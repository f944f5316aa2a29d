// Launches of kernels: one for each part of a node, with its operands bound to buffers.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { ExchangeBuffer, OperandSpec, Part } from "../../operators/operator.js";
import { multiplyDtype } from "../../operators/operator.js";
import type { Environment } from "../../plan/expression.js";
import { sized } from "../../plan/dimensions.js";
import { rowsOfSlots } from "../../plan/chunks.js";
import { variesByLayer } from "../../plan/placement.js";
import { difference, sum } from "../../plan/expression.js";
import type {
  ComputeLaunch,
  Dtype,
  Exchange,
  Expr,
  Node,
  Operand,
  TableInit,
  Work,
} from "../../plan/types.gen.js";
import { ownSlotsDimension, turnsDimension } from "../dimensions.js";
import { copyBuffer, type ExchangeBufferKind } from "./copy-buffers.js";
import { launchedChunks, type Chunk } from "../exchange/chunks.js";
import { BY_EXPERT } from "../exchange/direct.js";
import { gatheringRanks, mostGathered, NODE_TOLD } from "../exchange/gather.js";
import { LAYOUTS } from "../exchange/node-aware.js";
import { gathersCounts, isNodeAware } from "../exchange/exchange.js";
import { operatorNode } from "../lower/graph.js";
import {
  blockName,
  bufferShape,
  exchangeOf,
  perMicroBatch,
  placementOf,
  useOfLayer,
  valueOperand,
  type LaunchSite,
} from "./site.js";

export const COMPUTE_STREAM = "compute";

/** What pricing a launch needs besides its shape. */
export interface LaunchSettings {
  readonly environment: Environment;
  readonly weightsDtype: Dtype;
  readonly activationsDtype: Dtype;
}

/** All parts of a node that is no exchange, in order; of a lifted node for one chunk after the other. */
export function nodeLaunches(site: LaunchSite, id: string, settings: LaunchSettings): ComputeLaunch[] {
  const { operator, dispatch } = operatorNode(site.graph, id);
  const chunks = dispatch === undefined ? [undefined] : launchedChunks(exchangeOf(site, dispatch));
  return chunks.flatMap((chunk) => operator.parts.map((part) => partLaunch(site, id, part, settings, chunk)));
}

/** One part of a node, for a chunk of its exchange or for all. */
export function partLaunch(
  site: LaunchSite,
  id: string,
  part: Part,
  settings: LaunchSettings,
  chunk?: Chunk,
): ComputeLaunch {
  const { node, dispatch } = operatorNode(site.graph, id);
  const exchange = exchangeFor(site, node, dispatch);
  const lifted = dispatch !== undefined && node.op !== "combine";
  const specs = part.operands.filter((spec) => lifted || spec.liftedOnly !== true);
  const slots = chunk?.slots;
  const { begin, end } =
    slots === undefined
      ? { begin: 0, end: rowsOfPart(part, lifted, exchange) }
      : rowsOfSlots(named(exchange), slots);
  const rows = difference(end, begin);
  const groups = lifted ? (slots?.count ?? ownSlotsDimension(named(exchange).placement)) : 1;
  return {
    kind: "compute",
    id: perMicroBatch(site, chunkNamed(chunk, `${id}.${part.name}`)),
    node: id,
    part: part.name,
    micro_batch: site.microBatch - site.firstMicroBatch,
    stream: COMPUTE_STREAM,
    waits: [],
    records: [],
    operands: specs.map((spec) => operandFor(site, node, spec, lifted ? exchange : undefined, exchange)),
    rows: { begin: sized(begin, settings.environment), end: sized(end, settings.environment) },
    ...(exchange === undefined ? {} : { exchange: exchange.name }),
    ...(slots === undefined ? {} : { slots }),
    work: workOf(part, node, rows, groups, exchange, settings),
    span: node.span,
  };
}

const chunkNamed = (chunk: Chunk | undefined, name: string): string => chunk?.named(name) ?? name;

function rowsOfPart({ rows }: Part, lifted: boolean, exchange: Exchange | undefined): Expr {
  switch (rows) {
    case "node":
      return lifted ? `${named(exchange).name}.received` : "tokens";
    case "tokens":
      return "tokens";
    case "received":
    case "sent":
    case "copies_received":
    case "forwarded":
      return `${named(exchange).name}.${rows}`;
    default:
      return rows satisfies never;
  }
}

function named(exchange: Exchange | undefined): Exchange {
  if (exchange === undefined) throw new InternalError("a launch over received rows has no exchange");
  return exchange;
}

/** The exchange whose rows or counts a node's launches touch. */
function exchangeFor(site: LaunchSite, node: Node, dispatch: string | undefined): Exchange | undefined {
  if (node.op === "dispatch") return exchangeOf(site, node.id);
  if (node.op === "combine")
    return site.exchanges.find((each) => each.block === blockName(site) && each.combine === node.id);
  return dispatch === undefined ? undefined : exchangeOf(site, dispatch);
}

function workOf(
  part: Part,
  node: Node,
  rows: Expr,
  groups: Expr,
  exchange: Exchange | undefined,
  settings: LaunchSettings,
): Work {
  const count = (name: string): Expr => (exchange === undefined ? 0 : `${exchange.name}.${name}`);
  const copies = { copiesSent: count("copies_sent"), forwarded: count("forwarded") };
  const work = part.work(node.dims, rows, groups, node.options, copies);
  const { environment } = settings;
  const dtype = work.class === "attention" ? settings.activationsDtype : multiplyDtype(settings.weightsDtype);
  return {
    class: work.class,
    flops: sized(work.flops, environment),
    bytes: sized(work.bytes, environment),
    ...(work.class === "memory" ? {} : { dtype }),
    ...(work.gemm === undefined
      ? {}
      : {
          gemm: {
            m: sized(work.gemm.m, environment),
            n: sized(work.gemm.n, environment),
            k: sized(work.gemm.k, environment),
            groups: sized(groups, environment),
          },
        }),
  };
}

function operandFor(
  site: LaunchSite,
  node: Node,
  spec: OperandSpec,
  lifted: Exchange | undefined,
  exchange: Exchange | undefined,
): Operand {
  const { name, access, role } = spec;
  const block = blockName(site);
  const plain = (buffer: string, instance: Expr = 0): Operand => ({ name, buffer, instance, access });
  switch (role.kind) {
    case "input": {
      const input = node.inputs[role.port];
      if (input === undefined)
        throw new InternalError(`${block}.${node.id} has no input ${String(role.port)}`);
      return valueOperand(site, input, name, access, role.field);
    }
    case "output":
      return valueOperand(site, node.id, name, access, role.field);
    case "weight":
      return plain(weightBuffer(site, node, role.weight, lifted), useOfLayer(site));
    case "state":
      return plain(stateBuffer(site, node, role.state), useOfLayer(site));
    case "temporary": {
      const width = typeof role.width === "function" ? role.width(node.dims) : role.width;
      const rows = lifted === undefined ? "tokens" : lifted.capacity_rows.expr;
      return plain(
        site.buffers.note({
          name: perMicroBatch(site, `${block}.${node.id}.${role.temporary}`),
          kind: "activation",
          precision: role.precision,
          shape: [rows, width],
          instances: 1,
          ...(lifted?.chunks === undefined
            ? {}
            : { layout: { exchange: lifted.name, layout: BY_EXPERT.name } }),
        }),
      );
    }
    case "segments":
      return exchangeOperand(site, named(exchange), "received", name, access);
    case "exchange":
      return exchangeOperand(site, named(exchange), role.buffer, name, access);
    default:
      return role satisfies never;
  }
}

function weightBuffer(site: LaunchSite, node: Node, weight: string, lifted: Exchange | undefined): string {
  const block = blockName(site);
  const spec = operatorNode(site.graph, node.id)
    .operator.weights(node.dims)
    .find((each) => each.name === weight);
  if (spec === undefined) throw new InternalError(`${node.op} has no weight ${weight}`);
  return site.buffers.note({
    name: `${block}.${node.id}.${weight}`,
    kind: "weights",
    precision: spec.precision,
    shape: lifted === undefined ? [...spec.shape] : [ownSlotsDimension(lifted.placement), ...spec.shape],
    instances: site.uses,
    init: {
      kind: "weight",
      block,
      node: node.id,
      weight,
      per_slot: lifted !== undefined,
      ...(lifted === undefined ? {} : { placement: lifted.placement }),
    },
  });
}

function stateBuffer(site: LaunchSite, node: Node, state: string): string {
  const block = blockName(site);
  const spec = operatorNode(site.graph, node.id)
    .operator.states(node.dims)
    .find((each) => each.name === state);
  if (spec === undefined) throw new InternalError(`${node.op} has no state ${state}`);
  return site.buffers.note({
    name: perMicroBatch(site, `${block}.${node.id}.${state}`),
    kind: "state",
    precision: spec.precision,
    shape: ["sequences", sum("context", "length"), spec.width],
    instances: site.uses,
    init: { kind: "state", block, node: node.id, state, micro_batch: site.microBatch },
  });
}

/** A buffer or table of an exchange; for `received` the one that holds every rank's counts, where they are gathered. */
export function exchangeOperand(
  site: LaunchSite,
  exchange: Exchange,
  which: ExchangeBuffer,
  name: string,
  access: Operand["access"],
): Operand {
  if (which === "expert_rows") return valueOperand(site, exchange.dispatch, name, access);
  if (which === "result_rows") {
    const result = operatorNode(site.graph, exchange.combine).node.inputs[0];
    if (result === undefined) throw new InternalError(`${exchange.name} combines nothing`);
    return valueOperand(site, result, name, access);
  }
  if (which === "received" && isNodeAware(exchange))
    return exchangeOperand(site, exchange, "node_counts", name, access);
  if (which === "received" && gathersCounts(exchange))
    return exchangeOperand(site, exchange, "all_counts", name, access);
  const { kind, precision, shape, layout } = exchangeBuffer(site, exchange, which);
  if (kind === "table") return tableOperand(site, exchange, which, shape, name, access);
  const buffer = site.buffers.note({
    name: perMicroBatch(site, `${exchange.name}.${which}`),
    kind,
    precision,
    shape,
    instances: 1,
    ...(layout === undefined ? {} : { layout: { exchange: exchange.name, layout } }),
  });
  return { name, buffer, instance: 0, access };
}

/** Exchange buffers that are filled before the step; the counts that a rank receives where they are fixed. */
const tableNames: Partial<Record<ExchangeBuffer, TableInit["table"]>> = {
  replica_begin: "replica_begin",
  replica_slot: "replica_slot",
  slot_begin: "slot_begin",
  received: "atom_rows",
};

function tableOperand(
  site: LaunchSite,
  exchange: Exchange,
  which: ExchangeBuffer,
  shape: Expr[],
  name: string,
  access: Operand["access"],
): Operand {
  const table = tableNames[which];
  if (table === undefined) throw new InternalError(`${which} is no table`);
  const placement = placementOf(site, exchange);
  const varies = variesByLayer(table) && placement.layers.length > 1;
  const buffer = site.buffers.note({
    name: `${placement.name}.${table}`,
    kind: "table",
    precision: "index",
    shape,
    instances: varies ? placement.layers.length : 1,
    init: { kind: "table", placement: placement.name, table },
  });
  return { name, buffer, instance: varies ? useOfLayer(site) : 0, access };
}

function exchangeBuffer(site: LaunchSite, exchange: Exchange, which: ExchangeBuffer): ExchangeBufferKind {
  const gate = operatorNode(site.graph, exchange.gate).node;
  const topK = gate.dims["top_k"] ?? 1;
  const placement = placementOf(site, exchange);
  const slots = `${placement.name}.slots`;
  const ownSlots = ownSlotsDimension(placement.name);
  const ranks = placement.slot_begin.length - 1;
  const dispatched = operatorNode(site.graph, exchange.dispatch).node.output;
  const combined = operatorNode(site.graph, exchange.combine).node.output;
  const width = (type: typeof dispatched): Expr => type.shape[1] ?? 1;
  const routed = bufferShape(site, dispatched)[0] ?? 1;
  const { ranks_per_node: ranksPerNode, most_copies: mostCopies } = exchange;
  if (ranksPerNode !== undefined && mostCopies !== undefined) {
    const copies = copyBuffer(which, {
      topK,
      slots,
      ownSlots,
      ranksPerNode,
      nodes: ranks / ranksPerNode,
      dispatched: width(dispatched),
      combined: width(combined),
      mostCopies: mostCopies.expr,
      capacity: routed,
      partialSums: exchange.partial_sums === true,
      gathersCounts: gathersCounts(exchange),
    });
    if (copies !== undefined) return copies;
  }
  switch (which) {
    case "pair_row":
      return { kind: "counts", precision: "index", shape: ["tokens", topK] };
    case "sent":
      return { kind: "counts", precision: "index", shape: [slots], layout: "sending" };
    case "row_pair":
      return { kind: "counts", precision: "index", shape: [exchange.mean_rows.expr] };
    case "received":
      if (exchange.atom_rows !== undefined)
        return { kind: "table", precision: "index", shape: [ranks, ownSlots] };
      return { kind: "counts", precision: "index", shape: [ranks, ownSlots], layout: "arriving" };
    case "all_counts":
      return { kind: "counts", precision: "index", shape: [ranks, slots], layout: "everybody" };
    case "send_rows":
      return {
        kind: "exchange",
        precision: "dispatch",
        shape: [exchange.mean_rows.expr, width(dispatched)],
        layout: "sending",
      };
    case "arrived_rows":
      return {
        kind: "exchange",
        precision: "dispatch",
        shape: [routed, width(dispatched)],
        layout: "arriving",
      };
    case "leaving_rows":
      return { kind: "exchange", precision: "combine", shape: [routed, width(combined)], layout: "arriving" };
    case "returned_rows":
      return {
        kind: "exchange",
        precision: "combine",
        shape: [exchange.mean_rows.expr, width(combined)],
        layout: "sending",
      };
    case "replica_begin":
      return { kind: "table", precision: "index", shape: [sum(placement.experts, 1)] };
    case "replica_slot":
      return { kind: "table", precision: "index", shape: [turnsDimension(placement.name)] };
    case "slot_begin":
      return { kind: "table", precision: "index", shape: [ranks + 1] };
    case "expert_rows":
    case "result_rows":
      throw new InternalError(`${which} is a node's value`);
    case "node_counts":
      return {
        kind: "counts",
        precision: "index",
        shape: [gathering(exchange), slots],
        layout: NODE_TOLD,
      };
    case "forward_rows":
      return {
        kind: "exchange",
        precision: "dispatch",
        shape: [mostGathered(gathering(exchange), topK), width(dispatched)],
        layout: LAYOUTS.forwarding,
      };
    case "gathered_rows":
      return {
        kind: "exchange",
        precision: "combine",
        shape: [mostGathered(gathering(exchange), topK), width(combined)],
        layout: LAYOUTS.forwarding,
      };
    case "told":
    case "rail_counts":
    case "copy_row":
    case "relay_tags":
    case "send_copies":
    case "relay_copies":
    case "folded_copies":
    case "returned_copies":
    case "regrouped_rows":
      throw new InternalError(`${which} is of node-aware exchanges`);
    default:
      return which satisfies never;
  }
}

/** Ranks whose rows a rank passes on. */
function gathering(exchange: Exchange): number {
  const ranks = gatheringRanks(exchange);
  if (ranks === undefined) throw new InternalError(`nobody passes on rows of ${exchange.name}`);
  return ranks;
}
