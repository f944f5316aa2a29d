// What DeepEP's kernels have to carry at the expected counts of an exchange: that of the busiest rank, for which all wait.
import type { DeepEpLoad } from "../../cost/index.js";
import { slotsWithin, type SlotRange } from "../../plan/index.js";
import type { ExchangeTraffic } from "../traffic.js";

/** An instance of an exchange's communicator. */
export interface Instance {
  /** [rank] which of its nodes a rank is on. */
  readonly nodeOf: readonly number[];
  readonly nodes: number;
  /** [node] its ranks. */
  readonly sizes: readonly number[];
}

/** The nodes of the ranks, numbered from 0. `nodeSize`: GPUs of a node of the machine. */
export function instanceOn(ranks: readonly number[], nodeSize: number): Instance {
  const units = ranks.map((rank) => Math.floor(rank / nodeSize));
  const distinct = [...new Set(units)];
  const nodeOf = units.map((unit) => distinct.indexOf(unit));
  return {
    nodeOf,
    nodes: distinct.length,
    sizes: distinct.map((_, node) => nodeOf.filter((each) => each === node).length),
  };
}

/** What the tokens of a dispatch, or of one chunk of it, are to each rank. */
export interface Arriving {
  /** [host] rows of all sources. */
  readonly rows: readonly number[];
  /** [host] tokens of one source that have rows there. */
  readonly tokens: readonly number[];
}

/** `slots`: those of a chunk, whose tokens come once to each rank only if all they have there is in the chunk. */
export function arriving(counts: ExchangeTraffic, slots: SlotRange | undefined): Arriving {
  const { ranks } = counts;
  const everywhere = counts.tokensTo(ranks, (rank) => rank);
  const rows = Array.from({ length: ranks }, (_, host) => {
    if (slots === undefined) return counts.received[host]!;
    const own = counts.rowsOfSlots(host);
    return own.slice(...slotsWithin(own.length, slots)).reduce((sum, each) => sum + each, 0);
  });
  return { rows, tokens: rows.map((each, host) => Math.min(everywhere[host]!, each / ranks)) };
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** How the tokens of one source spread in a throughput kernel. */
export interface Spread {
  /** [rank] tokens that have experts there. */
  readonly toRank: readonly number[];
  /** [node] the same of all its ranks together. */
  readonly ofNode: readonly number[];
  /** [node] tokens that have experts there, each once; none on a single node, within which nothing is forwarded. */
  readonly toNode: readonly number[];
}

export function spreadOf(
  counts: ExchangeTraffic,
  { nodeOf, nodes, sizes }: Instance,
  slots: SlotRange | undefined,
): Spread {
  const toRank = arriving(counts, slots).tokens;
  const ofNode = sizes.map((_, node) => sum(toRank.filter((_each, rank) => nodeOf[rank] === node)));
  const copies = counts.tokensTo(nodes, (rank) => nodeOf[rank]!);
  const toNode = ofNode.map((rows, node) => (nodes === 1 ? 0 : Math.min(copies[node]!, rows)));
  return { toRank, ofNode, toNode };
}

/** A token goes once to each rank, and where there are several nodes once to each node, whose ranks share the forwarding. */
export function throughputLoadOf(
  counts: ExchangeTraffic,
  instance: Instance,
  tokens: number,
  slots: SlotRange | undefined,
): DeepEpLoad {
  const { nodeOf, nodes, sizes } = instance;
  const { ranks } = counts;
  const { toRank, ofNode, toNode } = spreadOf(counts, instance, slots);
  const [sentToRanks, sentToNodes] = [sum(toRank), sum(toNode)];
  let [copied, overNvlink, overNetwork] = [0, 0, 0];
  for (let rank = 0; rank < ranks; rank++) {
    const node = nodeOf[rank]!;
    const size = sizes[node]!;
    const arrives = ranks * toRank[rank]!;
    const forwards = (ranks * toNode[node]!) / size;
    copied = Math.max(copied, Math.max(sentToRanks, arrives) + Math.max(sentToNodes, forwards));
    // What a node gets, its ranks hand on to each other in equal parts.
    const handedOn = (ranks * (ofNode[node]! - toRank[rank]!)) / size;
    overNvlink = Math.max(overNvlink, arrives * (1 - 1 / size), handedOn);
    const comesIn = ((ranks - size) * toNode[node]!) / size;
    overNetwork = Math.max(overNetwork, sentToNodes - toNode[node]!, comesIn);
  }
  return { nodes, tokens, copies: copied, overNvlink, overNetwork };
}

/** A token goes to each of its slots. */
export function lowLatencyLoadOf(
  counts: ExchangeTraffic,
  { nodeOf, nodes }: Instance,
  tokens: number,
  slots: SlotRange | undefined,
): DeepEpLoad {
  const { ranks } = counts;
  const { rows } = arriving(counts, slots);
  const share = rows.map((each, host) => (each === 0 ? 0 : each / counts.received[host]!));
  const between = (source: number, host: number): number => share[host]! * counts.rowsBetween(source, host);
  let [copied, overNvlink, overNetwork] = [0, 0, 0];
  for (let rank = 0; rank < ranks; rank++) {
    let [sent, within, away, near, far] = [0, 0, 0, 0, 0];
    for (let peer = 0; peer < ranks; peer++) {
      sent += between(rank, peer);
      if (peer === rank) continue;
      if (nodeOf[peer] === nodeOf[rank]) {
        within += between(rank, peer);
        near += between(peer, rank);
      } else {
        away += between(rank, peer);
        far += between(peer, rank);
      }
    }
    copied = Math.max(copied, sent, rows[rank]!);
    overNvlink = Math.max(overNvlink, within, near);
    overNetwork = Math.max(overNetwork, away, far);
  }
  return { nodes, tokens, copies: copied, overNvlink, overNetwork };
}
