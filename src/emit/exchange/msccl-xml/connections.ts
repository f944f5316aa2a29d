// Which thread blocks carry what between GPUs: each has one peer, and what two GPUs exchange in one direction stands in the same
// order at both ends, as it is matched by order alone.
import type { Moves, Range } from "../moves.js";
import { MAX_BLOCKS_PER_CHANNEL, MAX_CHANNELS, MAX_COUNT, MAX_STEPS } from "./limits.js";

/** One step at both ends: at most so many chunks as a step may move. */
export interface Transfer {
  readonly launch: number;
  readonly from: number;
  readonly to: number;
  readonly range: Range;
}

/** Transfers of one thread block at each of two GPUs; in both directions where those share thread blocks. */
export interface Connection {
  readonly ends: readonly [number, number];
  readonly chan: number;
  /** Whether each end both sends and receives in its thread block, or `ends[0]` sends to `ends[1]`. */
  readonly shared: boolean;
  readonly transfers: readonly Transfer[];
}

/**
 * Connections of all GPUs. With thread blocks of their own, sends and receives can wait for nothing but each other; where they
 * share them, both ends go through the same list, so that they cannot wait for each other in a circle either.
 */
export function connectionsOf(moves: Moves, ranks: number, shared: boolean): Connection[] {
  const lists = new Map<number, Transfer[]>();
  for (const { launch, from, to, ranges } of moves.messages) {
    if (from === to) continue;
    const [one, other] = shared && from > to ? [to, from] : [from, to];
    const list = lists.get(one * ranks + other) ?? [];
    lists.set(one * ranks + other, list);
    for (const range of ranges) for (const part of cut(range)) list.push({ launch, from, to, range: part });
  }
  const channels = new Channels(ranks);
  return [...lists.entries()]
    .sort(([one], [other]) => nearFirst(one, ranks) - nearFirst(other, ranks))
    .flatMap(([pair, list]) => {
      const ends = [Math.floor(pair / ranks), pair % ranks] as const;
      return runs(list, MAX_STEPS).map((transfers) => ({
        ends,
        chan: channels.take(ends),
        shared,
        transfers,
      }));
    });
}

/** Pairs of equal distance together: so they fill channels evenly. */
const nearFirst = (pair: number, ranks: number): number => {
  const [from, to] = [Math.floor(pair / ranks), pair % ranks];
  return ((to - from + ranks) % ranks) * ranks + from;
};

/** Ranges of at most the chunks of a step, of about equal length. */
export function cut(range: Range): Range[] {
  const number = Math.ceil(range.chunks / MAX_COUNT);
  const begin = (part: number): number => Math.floor((part * range.chunks) / number);
  return Array.from({ length: number }, (_, part) => ({
    ...range,
    fromIndex: range.fromIndex + begin(part),
    toIndex: range.toIndex + begin(part),
    chunks: begin(part + 1) - begin(part),
  }));
}

export function runs<T>(list: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, run) =>
    list.slice(run * most, (run + 1) * most),
  );
}

/** Channels with room for another thread block at both ends; between two GPUs no channel is used twice. */
class Channels {
  readonly #load: number[][];
  readonly #taken = new Set<string>();

  constructor(ranks: number) {
    this.#load = Array.from({ length: ranks }, () => []);
  }

  /** Where no channel has room, the one after the last: the limits tell. */
  take([one, other]: readonly [number, number]): number {
    let chan = 0;
    while (chan < MAX_CHANNELS && !this.#free(one, other, chan)) chan++;
    for (const end of [one, other]) this.#load[end]![chan] = (this.#load[end]![chan] ?? 0) + 1;
    this.#taken.add(`${one} ${other} ${chan}`);
    return chan;
  }

  #free(one: number, other: number, chan: number): boolean {
    const room = (end: number): boolean => (this.#load[end]![chan] ?? 0) < MAX_BLOCKS_PER_CHANNEL;
    return room(one) && room(other) && !this.#taken.has(`${one} ${other} ${chan}`);
  }
}
