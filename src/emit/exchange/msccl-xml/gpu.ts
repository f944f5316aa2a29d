// One GPU of an algorithm: a thread block for each end of a connection, one that waits between launches, one for what stays here.
//
// MSCCL knows no barrier. A thread block without peers waits, step after step, for the last steps of all that move something in a
// launch, and then copies a chunk of its own so that there is a step to wait for; the first steps of the next launch do. So
// whatever a launch reads has arrived, whichever thread block received it, and launches follow each other as in the plan.
import type { Range } from "../moves.js";
import { cut, runs, type Connection, type Transfer } from "./connections.js";
import type { Step, ThreadBlock, XmlGpu } from "./format.js";
import { MAX_BLOCKS_PER_CHANNEL, MAX_STEPS } from "./limits.js";

interface End {
  readonly send: number;
  readonly recv: number;
  readonly chan: number;
  readonly transfers: readonly Transfer[];
}

export interface BufferChunks {
  readonly input: number;
  readonly output: number;
  readonly scratch: number;
}

export function xmlGpuOf(
  id: number,
  connections: readonly Connection[],
  own: readonly Range[],
  chunks: BufferChunks,
): XmlGpu {
  const ends = connections.map((connection) => endOf(id, connection));
  const meetings = meetingsOf(ends);
  const waiting = packed(meetings);
  const blocks: Omit<ThreadBlock, "chan" | "id">[] = [];
  waiting.forEach((some) => {
    const steps = some.flatMap((meeting) =>
      meetingSteps(
        meeting.map(({ end, step }) => [waiting.length + end, step]),
        chunks.scratch + meetings.indexOf(meeting),
      ),
    );
    blocks.push({ send: -1, recv: -1, steps });
  });
  const awaited = new Set(meetings.flat().map(({ end, step }) => `${end} ${step}`));
  const position = positionsOf(waiting, meetings);
  ends.forEach(({ send, recv, transfers }, at) => {
    const steps = transfers.map((transfer, step): Step => {
      const first = step === 0 || transfers[step - 1]!.launch !== transfer.launch;
      const before = first ? position(transfer.launch) : undefined;
      return {
        type: transfer.from === id ? "s" : "r",
        ...offsets(transfer.range),
        depid: before?.[0] ?? -1,
        deps: before?.[1] ?? -1,
        hasdep: awaited.has(`${at} ${step}`) ? 1 : 0,
      };
    });
    blocks.push({ send, recv, steps });
  });
  const copies = own
    .flatMap(cut)
    .map((range): Step => ({ type: "cpy", ...offsets(range), depid: -1, deps: -1, hasdep: 0 }));
  for (const steps of runs(copies, MAX_STEPS)) blocks.push({ send: -1, recv: -1, steps });
  // A kernel has at least one thread block.
  const idle = blocks.length === 0;
  if (idle) blocks.push({ send: -1, recv: -1, steps: [ownCopy(0)] });
  const channelOf = withRoom(ends);
  return {
    id,
    // The chunk that waiting blocks copy must exist.
    i_chunks: Math.max(1, chunks.input),
    o_chunks: Math.max(1, chunks.output),
    s_chunks: chunks.scratch + meetings.length + (idle ? 1 : 0),
    blocks: blocks.map(({ send, recv, steps }, at) => ({
      id: at,
      send,
      recv,
      chan: ends[at - waiting.length]?.chan ?? channelOf(),
      steps,
    })),
  };

  /** The step of the meeting before a launch; launches in which this GPU does nothing have none. */
  function positionsOf(
    packs: readonly (readonly Meeting[])[],
    all: readonly Meeting[],
  ): (launch: number) => readonly [number, number] | undefined {
    const places = new Map<Meeting, readonly [number, number]>();
    packs.forEach((some, block) => {
      let step = -1;
      for (const meeting of some) {
        step += meeting.length;
        places.set(meeting, [block, step]);
      }
    });
    const launches = launchesOf(ends);
    return (launch) => places.get(all[launches.indexOf(launch) - 1]!);
  }
}

/** Last steps of a launch, by the end that has them. */
type Meeting = readonly { readonly end: number; readonly step: number }[];

function endOf(id: number, { ends: [one, other], chan, shared, transfers }: Connection): End {
  const peer = one === id ? other : one;
  return {
    send: shared || one === id ? peer : -1,
    recv: shared || other === id ? peer : -1,
    chan,
    transfers,
  };
}

const launchesOf = (ends: readonly End[]): number[] =>
  [...new Set(ends.flatMap(({ transfers }) => transfers.map(({ launch }) => launch)))].sort(
    (one, other) => one - other,
  );

/** One after each launch but the last. */
function meetingsOf(ends: readonly End[]): Meeting[] {
  return launchesOf(ends)
    .slice(0, -1)
    .map((launch) =>
      ends.flatMap(({ transfers }, end) => {
        const step = transfers.findLastIndex((transfer) => transfer.launch === launch);
        return step < 0 ? [] : [{ end, step }];
      }),
    );
}

/** Meetings in thread blocks, as many as have room. */
function packed(meetings: readonly Meeting[]): Meeting[][] {
  const packs: Meeting[][] = [];
  let room = 0;
  for (const meeting of meetings) {
    if (meeting.length > room) {
      packs.push([]);
      room = MAX_STEPS;
    }
    packs.at(-1)!.push(meeting);
    room -= meeting.length;
  }
  return packs;
}

/** All but the last wait do nothing else; the last does something, as only such a step can be waited for. */
function meetingSteps(awaited: readonly (readonly [number, number])[], chunk: number): Step[] {
  return awaited.map(([depid, deps], at): Step => {
    if (at + 1 === awaited.length) return { ...ownCopy(chunk), depid, deps, hasdep: 1 };
    return { type: "nop", srcbuf: "i", srcoff: -1, dstbuf: "o", dstoff: -1, cnt: 0, depid, deps, hasdep: 0 };
  });
}

/** Something to do that nobody needs: a copy of the input's first chunk into scratch. */
const ownCopy = (chunk: number): Step => ({
  type: "cpy",
  srcbuf: "i",
  srcoff: 0,
  dstbuf: "s",
  dstoff: chunk,
  cnt: 1,
  depid: -1,
  deps: -1,
  hasdep: 0,
});

const offsets = ({ from, fromIndex, to, toIndex, chunks }: Range) => ({
  srcbuf: from,
  srcoff: fromIndex,
  dstbuf: to,
  dstoff: toIndex,
  cnt: chunks,
});

/** Channels for thread blocks without peers: the first with room, each time. */
function withRoom(ends: readonly End[]): () => number {
  const load: number[] = [];
  for (const { chan } of ends) load[chan] = (load[chan] ?? 0) + 1;
  return () => {
    let chan = 0;
    while ((load[chan] ?? 0) >= MAX_BLOCKS_PER_CHANNEL) chan++;
    load[chan] = (load[chan] ?? 0) + 1;
    return chan;
  };
}
