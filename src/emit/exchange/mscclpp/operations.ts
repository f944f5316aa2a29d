// The operations of a lane: what it does in a launch, and what comes before and between launches.
//
// In a launch a lane puts its ranges straight into the buffers where they are wanted, then signals, then waits for what its peers
// put: as the all-to-all that MSCCL++ ships does, but without its copy from scratch. All lanes of a GPU meet between launches, so
// whatever a launch reads has arrived, whichever lane waited for it.
import type { Range } from "../moves.js";
import { slices, type Lane, type Link } from "./lanes.js";
import { MAX_CHANNELS_PER_OPERATION as MOST } from "./limits.js";
import type { Operation } from "./format.js";

/** Numbers that a thread block has for its channels and for its peers' buffers. */
export interface Numbers {
  readonly channel: (link: Link) => number;
  readonly buffer: (link: Link, type: "o" | "s") => number;
}

/** Threads of a block go on by themselves after operations of single threads; this lets them meet. */
const meet: Operation = { name: "nop" };

/** Before the first put into a GPU its kernel must have started: until then its buffers are still those of what ran before. */
export function openingOf({ type, links }: Lane, [begin, end]: Generation, numbers: Numbers): Operation[] {
  const within = (launch: number): boolean => launch >= begin && launch < end;
  const receiving = links.filter(({ receives }) => [...receives].some(within));
  const sending = links.filter(({ sends }) => [...sends.keys()].some(within));
  return [
    ...overChannels("rlxsignal", type, receiving, numbers),
    ...overChannels("rlxwait", type, sending, numbers),
    meet,
  ];
}

/** [begin, end) of launches. */
export type Generation = readonly [begin: number, end: number];

export function operationsIn({ type, links }: Lane, launch: number, numbers: Numbers): Operation[] {
  const sending = links.filter(({ sends }) => sends.has(launch));
  const receiving = links.filter(({ receives }) => receives.has(launch));
  const operations: Operation[] = [];
  const puts = sending.flatMap((link) => link.sends.get(launch)!.map((range) => ({ link, range })));
  // The ranges of one put all come from the buffer of its first.
  for (const buffer of ["i", "s"] as const)
    for (const some of slices(
      puts.filter(({ range }) => range.from === buffer),
      MOST,
    ))
      operations.push({
        name: "put",
        channel_type: type,
        channel_ids: some.map(({ link }) => numbers.channel(link)),
        src_buff: some.map(({ range }) => ({ type: buffer, index: range.fromIndex, size: range.chunks })),
        dst_buff: some.map(({ link, range }) => ({
          buffer_id: numbers.buffer(link, remoteType(range)),
          index: range.toIndex,
          size: range.chunks,
        })),
      });
  if (sending.length > 0) {
    operations.push(meet, ...overChannels("signal", type, sending, numbers));
    // What the network still reads must not change before it has.
    if (type === "port") operations.push(...overChannels("flush", type, sending, numbers));
  }
  operations.push(...overChannels("wait", type, receiving, numbers));
  return operations;
}

export function copyOf({ from, fromIndex, to, toIndex, chunks }: Range): Operation {
  return {
    name: "copy",
    src_buff: [{ type: from, index: fromIndex, size: chunks }],
    dst_buff: [{ type: to, index: toIndex, size: chunks }],
  };
}

/** All of so many thread blocks meet. */
export const barrier = (id: number, blocks: number): Operation =>
  blocks === 1 ? meet : { name: "barrier", barrier_id: id, num_threadblocks: blocks };

/** The buffer of a range at the other GPU. */
function remoteType({ to }: Range): "o" | "s" {
  return to === "o" ? "o" : "s";
}

function overChannels(
  name: "signal" | "wait" | "rlxsignal" | "rlxwait" | "flush",
  type: Lane["type"],
  links: readonly Link[],
  numbers: Numbers,
): Operation[] {
  return slices(links, MOST).map((some) => ({
    name,
    channel_type: type,
    channel_ids: some.map(numbers.channel),
  }));
}
