// Launches of an exchange: count, tell, pack, read counts, send; and back: send, reduce. Where counts are
// fixed nobody tells or reads them. Sorting where messages mix slots.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { ExchangeBuffer, Part } from "../../operators/operator.js";
import type { Exchange, HostRead, Launch, TransferLaunch } from "../../plan/types.gen.js";
import { sortsRows } from "../exchange/exchange.js";
import { operatorNode } from "../lower/graph.js";
import { exchangeOperand, partLaunch, type LaunchSettings } from "./compute.js";
import { exchangeOf, perMicroBatch, type LaunchSite } from "./site.js";

export const TRANSFER_STREAM = "scale_up";

/** Launches of a dispatch node, in order. */
export function dispatchLaunches(site: LaunchSite, id: string, settings: LaunchSettings): Launch[] {
  const exchange = exchangeOf(site, id);
  const part = partNamed(site, id);
  const sorts = sortsRows(exchange);
  const arrives = [
    transfer(site, exchange, id, "dispatch", "send_rows", sorts ? "arrived_rows" : "expert_rows"),
    ...(sorts ? [partLaunch(site, id, part("unpack"), settings)] : []),
  ];
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
  const sorts = sortsRows(exchange);
  return [
    ...(sorts ? [partLaunch(site, id, part("repack"), settings)] : []),
    transfer(site, exchange, id, "combine", sorts ? "leaving_rows" : "result_rows", "returned_rows"),
    partLaunch(site, id, part(exchange.atom_rows === undefined ? "reduce" : "reduce_capacity"), settings),
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

function transfer(
  site: LaunchSite,
  exchange: Exchange,
  node: string,
  phase: string,
  send: ExchangeBuffer,
  receive: ExchangeBuffer,
): TransferLaunch {
  return {
    kind: "transfer",
    id: perMicroBatch(site, `${node}.${phase}`),
    node,
    exchange: exchange.name,
    phase,
    micro_batch: site.microBatch - site.firstMicroBatch,
    stream: TRANSFER_STREAM,
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
      exchangeOperand(site, exchange, "sent", "sent", "read"),
      exchangeOperand(site, exchange, "received", "received", "read"),
    ],
    span: operatorNode(site.graph, exchange.dispatch).node.span,
  };
}
