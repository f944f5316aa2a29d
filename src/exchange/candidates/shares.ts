// How an exchange over relays is divided into waves. While a wave crosses, the fast tier gathers the next and forwards the one
// before; what it does for the first wave and for the last is hidden behind nothing, so these are smaller. Which division is best
// follows from what each hop puts on each port: a launch takes as long as its busiest port.
import { crossingHop, hopsOf, type Route } from "../../exchange-plan/index.js";

/** What a schedule in one wave takes, hop by hop: microseconds of every port. */
export interface WaveCosts {
  /** [hop][port] for bytes: a wave takes its share of it. */
  readonly movesUs: readonly Float64Array[];
  /** [hop][port] between messages, and until a pipeline is full. */
  readonly holdsUs: readonly Float64Array[];
  /** [port] for what stays in a node. */
  readonly withinUs: Float64Array;
  /** Of a launch, besides its ports. */
  readonly launchUs: number;
}

/** What a wave takes of what is between messages: as much as its share where it has only some of them, all of it where each is cut. */
export type Cut = "whole messages" | "every message";

const MOST_WAVES = 24;
/** A wave beside its neighbour, from equal ones to those that the fast tier just keeps up with. */
const RATIOS = [1, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2];
const WAVES = [2, 3, 4, 5, 6, 8, 10, 12, 16, MOST_WAVES];
/** Ports that are looked at: those that are busiest in any mix of hops. */
const MOST_PORTS = 48;

/** The shares, 1 in sum, of the waves with which a way is fastest by its costs; at least two waves, at most `most`. */
export function bestShares(way: Route["way"], costs: WaveCosts, cut: Cut, most: number): number[] {
  const busiest = busiestPorts(costs);
  let best: number[] = [1];
  let least = Infinity;
  for (const waves of WAVES)
    for (const first of crossingHop[way] > 0 ? RATIOS : [1])
      for (const last of hopsOf[way] > crossingHop[way] + 1 ? RATIOS : [1]) {
        if (waves > most) continue;
        const shares = taperedShares(waves, first, last);
        const time = pipelineTime(crossingHop[way], busiest, cut, shares, least);
        if (time < least) [least, best] = [time, shares];
      }
  return best;
}

/** Shares of which those at the beginning grow by 1 / `first` each, and those at the end shrink by `last`, to a level between. */
function taperedShares(waves: number, first: number, last: number): number[] {
  const sizes = Array.from({ length: waves }, (_, wave) => {
    const rising = first === 1 ? Infinity : first ** -wave;
    const falling = last === 1 ? Infinity : last ** -(waves - 1 - wave);
    // With a slope on both sides a wave is as small as the nearer end demands; the middle is level from a quarter of all on.
    return Math.min(rising, falling);
  });
  const level = Math.min(...[...sizes].sort((left, right) => right - left).slice(0, Math.ceil(waves / 3)));
  const cut = sizes.map((size) => (Number.isFinite(level) ? Math.min(size, level) : 1));
  const sum = cut.reduce((total, each) => total + each, 0);
  return cut.map((each) => each / sum);
}

/** Microseconds of all launches, where launch l holds hop h of wave l - h; gives up above `limit`. */
function pipelineTime(
  crossing: number,
  { movesUs, holdsUs, withinUs, launchUs }: WaveCosts,
  cut: Cut,
  shares: readonly number[],
  limit: number,
): number {
  const hops = movesUs.length;
  const ports = withinUs.length;
  let time = 0;
  for (let launch = 0; launch < shares.length + hops - 1 && time < limit; launch++) {
    let longest = 0;
    for (let port = 0; port < ports; port++) {
      // What stays in a node moves beside what crosses, as much as crosses.
      let us = (shares[launch - crossing] ?? 0) * withinUs[port]!;
      for (let hop = 0; hop < hops; hop++) {
        const share = shares[launch - hop];
        if (share === undefined) continue;
        us += share * movesUs[hop]![port]!;
        us += holdsUs[hop]![port]! * (cut === "every message" ? 1 : share);
      }
      if (us > longest) longest = us;
    }
    time += launchUs + longest;
  }
  return time;
}

/** The same costs of the ports that can be the busiest: in one hop, or in all. */
export function busiestPorts({ movesUs, holdsUs, withinUs, launchUs }: WaveCosts): WaveCosts {
  const ports = movesUs[0]?.length ?? 0;
  const sums = new Float64Array(ports);
  for (const moves of [...movesUs, withinUs]) moves.forEach((us, port) => (sums[port]! += us));
  const chosen = new Set<number>();
  for (const loads of [...movesUs, withinUs, sums]) {
    const order = Array.from(loads.keys()).sort((left, right) => loads[right]! - loads[left]!);
    for (const port of order.slice(0, MOST_PORTS / 4)) chosen.add(port);
  }
  const of = (table: Float64Array): Float64Array => Float64Array.from(chosen, (port) => table[port]!);
  return { movesUs: movesUs.map(of), holdsUs: holdsUs.map(of), withinUs: of(withinUs), launchUs };
}
