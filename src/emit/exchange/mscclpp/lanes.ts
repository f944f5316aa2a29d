// Who does what on a GPU: its traffic with other GPUs divided over lanes, the thread blocks of a run of launches.
//
// A link is what passes between two GPUs in both directions; a lane has some of a GPU's links of one channel type. As a thread
// block holds few operations, launches are cut into generations: each has thread blocks and channels of its own, the same cut
// on every GPU, so that both ends of a link count the same channels.
import type { Moves, Range } from "../moves.js";
import type { ChannelType } from "./format.js";

export interface Link {
  readonly peer: number;
  /** Ranges of a message are divided over so many links as there are parts; which this is. */
  readonly part: number;
  /** [launch] what is sent. */
  readonly sends: Map<number, readonly Range[]>;
  /** Launches in which something is received. */
  readonly receives: Set<number>;
}

export interface Lane {
  readonly type: ChannelType;
  readonly links: readonly Link[];
}

/** How work is divided: peers whose links share a lane, and links between two GPUs. */
export interface Division {
  readonly peersPerLane: number;
  readonly parts: number;
}

/** [gpu] lanes, each GPU's own peers in turn from the next one on, so that not all start with the same. */
export function lanesOf(
  { messages }: Moves,
  ranks: number,
  ranksPerNode: number,
  { peersPerLane, parts }: Division,
): Lane[][] {
  const links = Array.from({ length: ranks }, () => new Map<number, Link>());
  const linkOf = (gpu: number, peer: number, part: number): Link => {
    const key = ((peer - gpu + ranks) % ranks) * parts + part;
    const link = links[gpu]!.get(key) ?? { peer, part, sends: new Map(), receives: new Set() };
    links[gpu]!.set(key, link);
    return link;
  };
  for (const { launch, from, to, ranges } of messages) {
    if (from === to) continue;
    partsOf(ranges, parts).forEach((own, part) => {
      linkOf(from, to, part).sends.set(launch, own);
      linkOf(to, from, part).receives.add(launch);
    });
  }
  return links.map((own, gpu) => {
    const sorted = [...own.entries()].sort(([one], [other]) => one - other).map(([, link]) => link);
    const near = sorted.filter(({ peer }) => sameNode(gpu, peer, ranksPerNode));
    const far = sorted.filter(({ peer }) => !sameNode(gpu, peer, ranksPerNode));
    const lanes = (type: ChannelType, all: Link[]): Lane[] =>
      slices(all, peersPerLane).map((some) => ({ type, links: some }));
    return [...lanes("port", far), ...lanes("memory", near)];
  });
}

const sameNode = (one: number, other: number, size: number): boolean =>
  Math.floor(one / size) === Math.floor(other / size);

/** Runs of launches whose operations fit a thread block on every GPU: [begin, end) each. */
export function generationsOf(
  launches: number,
  room: number,
  operations: (launch: number) => number[],
): [number, number][] {
  const generations: [number, number][] = [];
  let begin = 0;
  let used: number[] = [];
  for (let launch = 0; launch < launches; launch++) {
    const own = operations(launch);
    const together = own.map((count, lane) => count + (used[lane] ?? 0));
    if (launch > begin && together.some((count) => count > room)) {
      generations.push([begin, launch]);
      begin = launch;
      used = own;
    } else used = together;
  }
  if (launches > 0) generations.push([begin, launches]);
  return generations;
}

/** Ranges in so many runs of about equal number; fewer where there are fewer ranges. */
function partsOf(ranges: readonly Range[], parts: number): (readonly Range[])[] {
  const number = Math.min(parts, ranges.length);
  return Array.from({ length: number }, (_, part) =>
    ranges.slice(
      Math.floor((part * ranges.length) / number),
      Math.floor(((part + 1) * ranges.length) / number),
    ),
  );
}

/** Runs of at most so many. */
export function slices<T>(all: readonly T[], most: number): T[][] {
  const runs: T[][] = [];
  for (let at = 0; at < all.length; at += most) runs.push(all.slice(at, at + most));
  return runs;
}
