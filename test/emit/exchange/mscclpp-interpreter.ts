// Executes execution plans of MSCCL++, as its executor would: GPUs that start when they like, thread blocks whose threads part
// between operations, a proxy that moves what port channels are told to whenever it gets to it.
import { interleave, type Actor } from "./interleave.js";
import { checkOutputs, fillInputs, Memory, type BufferName, type ChunkMatrix } from "./memory.js";

interface Range {
  type?: BufferName;
  buffer_id?: number;
  index: number;
  size: number;
}

interface Op {
  name: string;
  channel_type?: "memory" | "port";
  channel_ids?: number[];
  src_buff?: Range[];
  dst_buff?: Range[];
  barrier_id?: number;
  num_threadblocks?: number;
}

interface Block {
  id: number;
  ops: Op[];
  channels: { channel_type: string; channel_ids: number[] }[];
  remote_buffer_refs?: { access_channel_type: string; remote_buffer_ids: number[] }[];
}

interface GpuEntry {
  id: number;
  input_chunks: number;
  output_chunks: number;
  scratch_chunks: number;
  threadblocks: Block[];
  channels: { channel_type: "memory" | "port"; connected_to: number[] }[];
  remote_buffers: { rank: number; type: BufferName; access_channel_types: string[] }[];
}

export interface PlanFile {
  inplace: boolean;
  protocol: string;
  gpus: GpuEntry[];
}

/** One end of a channel: signals that came, and those that were waited for. */
interface End {
  came: number;
  expected: number;
  peer: End | undefined;
  /** Of port channels: what the proxy has yet to do. */
  queue: (() => void)[];
}

/** Where threads of a block, or blocks of a GPU, meet. */
class Meeting {
  #arrived = 0;
  #round = 0;
  constructor(readonly number: number) {}
  /** Returns whether all of the caller's round are there. */
  arrive(): () => boolean {
    const round = this.#round;
    if (++this.#arrived === this.number) {
      this.#arrived = 0;
      this.#round++;
    }
    return () => this.#round > round;
  }
}

/** Executes a plan; throws where ranks wait for each other, read what is not there, or end with a wrong output. */
export function executeMscclpp(plan: PlanFile, chunks: ChunkMatrix, seed: number): void {
  if (plan.inplace || plan.protocol !== "Simple")
    throw new Error("only out-of-place plans of protocol Simple");
  const memories = plan.gpus.map(
    (gpu) => new Memory(gpu.id, { i: gpu.input_chunks, o: gpu.output_chunks, s: gpu.scratch_chunks }),
  );
  fillInputs(memories, chunks);
  const ends = connect(plan.gpus);
  const started = plan.gpus.map(() => false);
  const actors = plan.gpus.flatMap((gpu) => actorsOf(gpu, memories, ends, started));
  interleave(actors, seed);
  checkOutputs(memories, chunks);
}

/** [gpu][type] ends: the k-th of one GPU to another is joined with the k-th of the other to the one. */
function connect(gpus: readonly GpuEntry[]): Record<"memory" | "port", End[]>[] {
  const ends = gpus.map(() => ({ memory: [] as End[], port: [] as End[] }));
  for (const type of ["memory", "port"] as const) {
    const toPeers = gpus.map(() => new Map<number, End[]>());
    gpus.forEach((gpu, id) => {
      if (gpu.id !== id) throw new Error(`GPU ${gpu.id} stands at ${id}`);
      for (const peer of gpu.channels.find((each) => each.channel_type === type)?.connected_to ?? []) {
        const end: End = { came: 0, expected: 0, peer: undefined, queue: [] };
        ends[id]![type].push(end);
        const known = toPeers[id]!.get(peer) ?? [];
        toPeers[id]!.set(peer, known);
        known.push(end);
      }
    });
    toPeers.forEach((own, id) => {
      for (const [peer, list] of own)
        list.forEach((end, at) => {
          end.peer = toPeers[peer]!.get(id)?.[at];
          if (end.peer === undefined) throw new Error(`channel ${at} of ${id} to ${peer} has no other end`);
        });
    });
  }
  return ends;
}

function actorsOf(
  gpu: GpuEntry,
  memories: readonly Memory[],
  ends: readonly Record<"memory" | "port", End[]>[],
  started: boolean[],
): Actor[] {
  const barriers = new Map<string, Meeting>();
  const actors: Actor[] = [
    {
      name: `start of GPU ${gpu.id}`,
      step: () => {
        started[gpu.id] = true;
        return "done";
      },
    },
  ];
  let running = 2 * gpu.threadblocks.length;
  gpu.threadblocks.forEach((block, position) => {
    if (block.id !== position) throw new Error(`thread block ${block.id} stands at ${position}`);
    checkBlock(block);
    const meeting = new Meeting(2);
    // One thread does what only single threads do, and its part of copies; the other stands for the rest.
    for (const single of [true, false])
      actors.push(
        thread(gpu, block, single, { memories, ends, started, barriers, meeting }, () => running--),
      );
  });
  for (const end of ends[gpu.id]!.port)
    actors.push({
      name: `proxy of GPU ${gpu.id}`,
      step: () => {
        const task = end.queue[0];
        if (task === undefined) return running === 0 ? "done" : "blocked";
        task();
        end.queue.shift();
        return "moved";
      },
    });
  return actors;
}

/** What a thread block has room for. */
function checkBlock({ id, ops, channels, remote_buffer_refs = [] }: Block): void {
  const most = (what: string, count: number, limit: number): void => {
    if (count > limit) throw new Error(`thread block ${id} has ${count} ${what}`);
  };
  most("operations", ops.length, 64);
  for (const type of ["memory", "port"]) {
    const own = channels.filter(({ channel_type }) => channel_type === type);
    most(`${type} channels`, own.flatMap(({ channel_ids }) => channel_ids).length, 16);
    const buffers = remote_buffer_refs.filter(({ access_channel_type }) => access_channel_type === type);
    most("remote buffers", buffers.flatMap(({ remote_buffer_ids }) => remote_buffer_ids).length, 16);
  }
  for (const { channel_ids = [], dst_buff = [], barrier_id = 0 } of ops) {
    most("channels in an operation", Math.max(channel_ids.length, dst_buff.length), 8);
    most("as a barrier", barrier_id, 15);
  }
}

interface World {
  readonly memories: readonly Memory[];
  readonly ends: readonly Record<"memory" | "port", End[]>[];
  readonly started: readonly boolean[];
  readonly barriers: Map<string, Meeting>;
  readonly meeting: Meeting;
}

function thread(gpu: GpuEntry, block: Block, single: boolean, world: World, ended: () => void): Actor {
  const { memories, ends, started, barriers, meeting } = world;
  const own = memories[gpu.id]!;
  const channels = (op: Op): End[] => {
    const ids = block.channels
      .filter(({ channel_type }) => channel_type === op.channel_type)
      .flatMap(({ channel_ids }) => channel_ids);
    return op.channel_ids!.map((local) => {
      const end = ends[gpu.id]![op.channel_type!][ids[local]!];
      if (end === undefined) throw new Error(`no channel ${local} in thread block ${block.id}`);
      return end;
    });
  };
  const remote = (op: Op, { buffer_id }: Range): { memory: Memory; type: BufferName } => {
    const ids = (block.remote_buffer_refs ?? [])
      .filter(({ access_channel_type }) => access_channel_type === op.channel_type)
      .flatMap(({ remote_buffer_ids }) => remote_buffer_ids);
    const { rank, type, access_channel_types } = gpu.remote_buffers[ids[buffer_id!]!]!;
    if (!access_channel_types.includes(op.channel_type!)) throw new Error(`buffer of ${rank} not accessible`);
    if (!started[rank]!) throw new Error(`GPU ${gpu.id} puts into GPU ${rank}, which has not started`);
    return { memory: memories[rank]!, type };
  };
  const put = (op: Op, at: number, mine: (chunk: number) => boolean): void => {
    const [source, destination] = [op.src_buff![at]!, op.dst_buff![at]!];
    if (source.size !== destination.size) throw new Error("a range of two sizes");
    const { memory, type } = remote(op, destination);
    for (let chunk = 0; chunk < source.size; chunk++)
      if (mine(chunk))
        memory.write(type, destination.index + chunk, own.read(source.type!, source.index + chunk));
  };
  let at = 0;
  let until: (() => boolean) | undefined;
  const name = `GPU ${gpu.id}, thread block ${block.id}`;
  /** Does an operation, or gives what is to become true before it is done. */
  const begin = (op: Op): (() => boolean) | undefined => {
    const half = (chunk: number): boolean => (chunk % 2 === 0) === single;
    switch (op.name) {
      case "nop":
        return meeting.arrive();
      case "barrier": {
        const threads = 2 * op.num_threadblocks!;
        const key = `${op.barrier_id!} ${threads}`;
        const barrier = barriers.get(key) ?? new Meeting(threads);
        barriers.set(key, barrier);
        return barrier.arrive();
      }
      case "put":
        if (op.channel_type === "memory") {
          if (new Set(op.src_buff!.map(({ type }) => type)).size > 1) throw new Error("a put of two buffers");
          op.dst_buff!.forEach((_, range) => put(op, range, half));
        } else if (single)
          channels(op).forEach((end, range) => end.queue.push(() => put(op, range, () => true)));
        return undefined;
      case "copy": {
        const [source, destination] = [op.src_buff![0]!, op.dst_buff![0]!];
        for (let chunk = 0; chunk < source.size; chunk++)
          if (half(chunk))
            own.write(
              destination.type!,
              destination.index + chunk,
              own.read(source.type!, source.index + chunk),
            );
        return undefined;
      }
      case "signal":
      case "rlxsignal":
        if (single)
          for (const end of channels(op))
            if (op.channel_type === "memory") end.peer!.came++;
            else end.queue.push(() => end.peer!.came++);
        return undefined;
      case "wait":
      case "rlxwait": {
        if (!single) return undefined;
        const waited = channels(op).map((end) => ({ end, count: ++end.expected }));
        return () => waited.every(({ end, count }) => end.came >= count);
      }
      case "flush": {
        if (!single) return undefined;
        const flushed = channels(op);
        return () => flushed.every(({ queue }) => queue.length === 0);
      }
      default:
        throw new Error(`unknown operation ${op.name}`);
    }
  };
  return {
    name,
    step: () => {
      if (!started[gpu.id]!) return "blocked";
      if (until !== undefined) {
        if (!until()) return "blocked";
        until = undefined;
        at++;
        return "moved";
      }
      if (at === block.ops.length) {
        ended();
        return "done";
      }
      until = begin(block.ops[at]!);
      if (until === undefined) at++;
      return "moved";
    },
  };
}
