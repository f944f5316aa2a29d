// What DeepEP's kernels carry through the ports of each rank, for traces and explanations. Prices need that of the busiest rank
// alone: see `deepep-load.ts`.
import type { SlotRange } from "../../plan/index.js";
import { arriving, spreadOf, type Instance } from "./load.js";
import type { ExchangeTraffic } from "../traffic.js";

/** Copies of tokens through the ports of one rank in a dispatch. A combine takes the same ways backwards. */
export interface PortCopies {
  readonly nvlinkOut: number;
  readonly nvlinkIn: number;
  /** [node] through the network port, to ranks of the node and from them; 0 for its own. */
  readonly networkOut: readonly number[];
  readonly networkIn: readonly number[];
}

/** Of the ranks of an instance. */
export type CopiesOfRank = (rank: number) => PortCopies;

/** A token goes once to each node, to the rank there of its source's index, which hands it on to those that want it. */
export function throughputCopies(
  counts: ExchangeTraffic,
  instance: Instance,
  slots: SlotRange | undefined,
): CopiesOfRank {
  const { nodeOf, sizes } = instance;
  const { ranks } = counts;
  const { toRank, ofNode, toNode } = spreadOf(counts, instance, slots);
  return (rank) => {
    const node = nodeOf[rank]!;
    const size = sizes[node]!;
    return {
      nvlinkOut: (ranks * (ofNode[node]! - toRank[rank]!)) / size,
      nvlinkIn: ranks * toRank[rank]! * (1 - 1 / size),
      networkOut: sizes.map((_, other) => (other === node ? 0 : toNode[other]!)),
      networkIn: sizes.map((sources, other) => (other === node ? 0 : (sources * toNode[node]!) / size)),
    };
  };
}

/** A token goes to each of its slots by itself. */
export function lowLatencyCopies(
  counts: ExchangeTraffic,
  { nodeOf, sizes }: Instance,
  slots: SlotRange | undefined,
): CopiesOfRank {
  const { rows } = arriving(counts, slots);
  const share = rows.map((each, host) => (each === 0 ? 0 : each / counts.received[host]!));
  return (rank) => {
    const node = nodeOf[rank]!;
    const networkOut = sizes.map(() => 0);
    const networkIn = sizes.map(() => 0);
    let [nvlinkOut, nvlinkIn] = [0, 0];
    for (let peer = 0; peer < counts.ranks; peer++) {
      if (peer === rank) continue;
      const other = nodeOf[peer]!;
      const sent = share[peer]! * counts.rowsBetween(rank, peer);
      const received = share[rank]! * counts.rowsBetween(peer, rank);
      if (other === node) {
        nvlinkOut += sent;
        nvlinkIn += received;
      } else {
        networkOut[other] = networkOut[other]! + sent;
        networkIn[other] = networkIn[other]! + received;
      }
    }
    return { nvlinkOut, nvlinkIn, networkOut, networkIn };
  };
}
