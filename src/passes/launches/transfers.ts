// Launches of an exchange: count, tell, pack, read counts, send; and back: send, reduce. Where counts are
// fixed nobody tells or reads them. Sorting where messages mix slots.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { ExchangeBuffer, Part } from "../../operators/operator.js";
import type { Exchange, HostRead, Launch, Phase, TransferLaunch } from "../../plan/types.gen.js";
import { launchedChunks, type Chunk } from "../exchange/chunks.js";
import { isNodeAware, sortsRows } from "../exchange/exchange.js";
import { operatorNode } from "../lower/graph.js";
import { exchangeOperand, partLaunch, type LaunchSettings } from "./compute.js";
import { exchangeOf, perMicroBatch, type LaunchSite } from "./site.js";

/** Transfers within nodes, and those that take all tiers. */
export const TRANSFER_STREAM = "scale_up";
/** Transfers that cross nodes alone. */
export const ACROSS_STREAM = "scale_out";

/** Launches of a dispatch node, in order. */
export function dispatchLaunches(site: LaunchSite, id: string, settings: LaunchSettings): Launch[] {
  const exchange = exchangeOf(site, id);
  const part = partNamed(site, id);
  if (isNodeAware(exchange)) return dispatchOverNodes(site, exchange, settings);
  if (exchange.algorithm === "gather") return dispatchGathered(site, exchange, settings);
  const sorts = sortsRows(exchange);
  const arrives = launchedChunks(exchange).flatMap((chunk) => [
    transfer(site, exchange, id, "dispatch", "send_rows", sorts ? "arrived_rows" : "expert_rows", chunk),
    ...(sorts ? [partLaunch(site, id, part("unpack"), settings, chunk)] : []),
  ]);
  if (exchange.atom_rows !== undefined)
    return [
      partLaunch(site, id, part("assign_capacity"), settings),
      partLaunch(site, id, part("pack_capacity"), settings),
      ...arrives,
    ];
  return [
    partLaunch(site, id, part("assign"), settings),
    transfer(site, exchange, id, "counts", "sent", "received"),
    partLaunch(site, id, part("pack"), settings),
    readCounts(site, exchange),
    ...arrives,
  ];
}

/** Launches of a combine node, in order. */
export function combineLaunches(site: LaunchSite, id: string, settings: LaunchSettings): Launch[] {
  const exchange = site.exchanges.find((each) => each.block === site.run.block && each.combine === id);
  if (exchange === undefined) throw new InternalError(`combine ${id} has no exchange`);
  const part = partNamed(site, id);
  if (isNodeAware(exchange)) return combineOverNodes(site, exchange, settings);
  if (exchange.algorithm === "gather") return combineGathered(site, exchange, settings);
  const sorts = sortsRows(exchange);
  return [
    ...launchedChunks(exchange).flatMap((chunk) => [
      ...(sorts ? [partLaunch(site, id, part("repack"), settings, chunk)] : []),
      transfer(site, exchange, id, "combine", sorts ? "leaving_rows" : "result_rows", "returned_rows", chunk),
    ]),
    partLaunch(site, id, part(exchange.atom_rows === undefined ? "reduce" : "reduce_capacity"), settings),
  ];
}

/** Counts are gathered; copies cross the nodes; rows are made of them where they are forwarded. */
function dispatchOverNodes(site: LaunchSite, exchange: Exchange, settings: LaunchSettings): Launch[] {
  const id = exchange.dispatch;
  const part = partNamed(site, id);
  const [pack, forward] =
    exchange.partial_sums === true ? ["pack_weighted", "forward_weighted"] : ["pack_copies", "forward"];
  return [
    partLaunch(site, id, part("assign"), settings),
    partLaunch(site, id, part("find_copies"), settings),
    transfer(site, exchange, id, "counts_across", "told", "rail_counts"),
    transfer(site, exchange, id, "counts_within", "rail_counts", "node_counts"),
    partLaunch(site, id, part(pack), settings),
    readCounts(site, exchange),
    transfer(site, exchange, id, "dispatch_across", "send_copies", "relay_copies"),
    partLaunch(site, id, part(forward), settings),
    transfer(site, exchange, id, "dispatch_within", "forward_rows", "arrived_rows"),
    partLaunch(site, id, part("unpack"), settings),
  ];
}

/** Results come together on each node, and go back added up or row by row. */
function combineOverNodes(site: LaunchSite, exchange: Exchange, settings: LaunchSettings): Launch[] {
  const id = exchange.combine;
  const part = partNamed(site, id);
  const adds = exchange.partial_sums === true;
  const [leave, come]: readonly ExchangeBuffer[] = adds
    ? ["folded_copies", "returned_copies"]
    : ["regrouped_rows", "returned_rows"];
  return [
    partLaunch(site, id, part("repack"), settings),
    transfer(site, exchange, id, "combine_within", "leaving_rows", "gathered_rows"),
    partLaunch(site, id, part(adds ? "fold" : "regroup"), settings),
    transfer(site, exchange, id, "combine_across", leave!, come!),
    partLaunch(site, id, part(adds ? "gather" : "reduce"), settings),
  ];
}

/** Rows come together in their node, and cross from there to where they belong. */
function dispatchGathered(site: LaunchSite, exchange: Exchange, settings: LaunchSettings): Launch[] {
  const id = exchange.dispatch;
  const part = partNamed(site, id);
  return [
    partLaunch(site, id, part("assign"), settings),
    transfer(site, exchange, id, "counts_within", "sent", "node_counts"),
    transfer(site, exchange, id, "counts_across", "node_counts", "received"),
    partLaunch(site, id, part("pack"), settings),
    readCounts(site, exchange),
    transfer(site, exchange, id, "dispatch_within", "send_rows", "forward_rows"),
    transfer(site, exchange, id, "dispatch_across", "forward_rows", "arrived_rows"),
    partLaunch(site, id, part("unpack"), settings),
  ];
}

/** Results cross to the nodes of their tokens, and are given out there. */
function combineGathered(site: LaunchSite, exchange: Exchange, settings: LaunchSettings): Launch[] {
  const id = exchange.combine;
  const part = partNamed(site, id);
  return [
    partLaunch(site, id, part("repack"), settings),
    transfer(site, exchange, id, "combine_across", "leaving_rows", "gathered_rows"),
    transfer(site, exchange, id, "combine_within", "gathered_rows", "returned_rows"),
    partLaunch(site, id, part("reduce"), settings),
  ];
}

function partNamed(site: LaunchSite, id: string): (name: string) => Part {
  const { operator } = operatorNode(site.graph, id);
  return (name) => {
    const found = operator.parts.find((each) => each.name === name);
    if (found === undefined) throw new InternalError(`${operator.name} has no part ${name}`);
    return found;
  };
}

function phaseOf(exchange: Exchange, name: string): Phase {
  const found = exchange.phases.find((each) => each.name === name);
  if (found === undefined) throw new InternalError(`${exchange.name} has no phase ${name}`);
  return found;
}

function transfer(
  site: LaunchSite,
  exchange: Exchange,
  node: string,
  name: string,
  send: ExchangeBuffer,
  receive: ExchangeBuffer,
  chunk?: Chunk,
): TransferLaunch {
  const phase = chunk?.named(name) ?? name;
  return {
    kind: "transfer",
    id: perMicroBatch(site, `${node}.${phase}`),
    node,
    exchange: exchange.name,
    phase,
    ...(chunk?.slots === undefined ? {} : { slots: chunk.slots }),
    micro_batch: site.microBatch - site.firstMicroBatch,
    stream: phaseOf(exchange, phase).group === undefined ? TRANSFER_STREAM : ACROSS_STREAM,
    waits: [],
    records: [],
    operands: [
      exchangeOperand(site, exchange, send, "send", "read"),
      exchangeOperand(site, exchange, receive, "receive", "write"),
    ],
    span: operatorNode(site.graph, node).node.span,
  };
}

function readCounts(site: LaunchSite, exchange: Exchange): HostRead {
  return {
    kind: "read_counts",
    id: perMicroBatch(site, `${exchange.dispatch}.read_counts`),
    node: exchange.dispatch,
    exchange: exchange.name,
    micro_batch: site.microBatch - site.firstMicroBatch,
    waits: [],
    operands: [
      exchangeOperand(site, exchange, isNodeAware(exchange) ? "told" : "sent", "sent", "read"),
      exchangeOperand(site, exchange, "received", "received", "read"),
    ],
    span: operatorNode(site.graph, exchange.dispatch).node.span,
  };
}
