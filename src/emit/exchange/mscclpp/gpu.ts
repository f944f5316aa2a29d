// One GPU of an execution plan: its lanes as thread blocks, with the channels and remote buffers that they name.
import type { Lane, Link } from "./lanes.js";
import { barrier, copyOf, openingOf, operationsIn, type Generation } from "./operations.js";
import type { ChannelType, Gpu, Operation, ThreadBlock } from "./format.js";
import { ownRanges, type Moves } from "../moves.js";

/** The barrier of a generation's own thread blocks; those from one generation to the next follow. */
const OWN_BARRIER = 0;

export function gpuOf(
  id: number,
  moves: Moves,
  lanes: readonly Lane[],
  generations: readonly Generation[],
): Gpu {
  const resources = new Resources();
  // A GPU that has nothing to do in a generation has no thread blocks for it.
  const shifts = generations
    .map((generation) => ({ generation, lanes: lanesIn(lanes, generation) }))
    .filter((shift) => shift.lanes.length > 0);
  const blocks: Omit<ThreadBlock, "id">[] = [];
  shifts.forEach(({ generation, lanes: own }, at) => {
    const handOver = (shift: number): Operation[] =>
      shift < 1 || shift >= shifts.length
        ? []
        : [barrier(shift, shifts[shift - 1]!.lanes.length + shifts[shift]!.lanes.length)];
    for (const lane of own) {
      const numbers = resources.ofBlock(lane.type);
      // In their order, whichever is used first.
      lane.links.forEach(numbers.channel);
      const ops = [...openingOf(lane, generation, numbers), ...handOver(at)];
      activeLaunches(own, generation).forEach((launch, position) => {
        if (position > 0) ops.push(barrier(OWN_BARRIER, own.length));
        ops.push(...operationsIn(lane, launch, numbers));
      });
      blocks.push({ ops: [...ops, ...handOver(at + 1)], ...numbers.references() });
    }
  });
  // What stays on the GPU waits for nobody and nobody for it. A kernel has at least one thread block.
  const own = ownRanges(moves.messages, id).map(copyOf);
  if (own.length > 0 || blocks.length === 0)
    blocks.push({ ops: own.length > 0 ? own : [{ name: "nop" }], channels: [], remote_buffer_refs: [] });
  return {
    id,
    // The executor divides by these.
    input_chunks: Math.max(1, moves.input[id]!),
    output_chunks: Math.max(1, moves.output[id]!),
    scratch_chunks: moves.scratch[id]!,
    threadblocks: blocks.map((block, at) => ({ id: at, ...block })),
    channels: resources.channels(),
    remote_buffers: resources.remoteBuffers,
    semaphores: [],
  };
}

/** Lanes with the links that are used in a generation, in the order of peers and parts; those without are left out. */
function lanesIn(lanes: readonly Lane[], [begin, end]: Generation): Lane[] {
  const within = (launch: number): boolean => launch >= begin && launch < end;
  return lanes
    .map(({ type, links }) => ({
      type,
      links: links.filter(
        ({ sends, receives }) => [...sends.keys()].some(within) || [...receives].some(within),
      ),
    }))
    .filter(({ links }) => links.length > 0);
}

function activeLaunches(lanes: readonly Lane[], [begin, end]: Generation): number[] {
  const active = new Set<number>();
  for (const { links } of lanes)
    for (const { sends, receives } of links)
      for (const launch of [...sends.keys(), ...receives])
        if (launch >= begin && launch < end) active.add(launch);
  return [...active].sort((one, other) => one - other);
}

/** Channels and remote buffers of a GPU, numbered as thread blocks ask for them. */
class Resources {
  readonly #connected: Record<ChannelType, number[]> = { memory: [], port: [] };
  readonly #bufferIds = new Map<string, number>();
  readonly remoteBuffers: Gpu["remote_buffers"][number][] = [];

  /**
   * Numbers of one thread block. The first channel to a peer is the other end of the peer's first to this GPU, and so on; as
   * generations and parts come in the same order everywhere, a link's two ends meet.
   */
  ofBlock(type: ChannelType): {
    channel: (link: Link) => number;
    buffer: (link: Link, buffer: "o" | "s") => number;
    references: () => Pick<ThreadBlock, "channels" | "remote_buffer_refs">;
  } {
    const channels = new Map<Link, number>();
    const channelIds: number[] = [];
    const buffers = new Map<number, number>();
    const bufferIds: number[] = [];
    return {
      channel: (link) => {
        const known = channels.get(link);
        if (known !== undefined) return known;
        channels.set(link, channelIds.length);
        channelIds.push(this.#connected[type].length);
        this.#connected[type].push(link.peer);
        return channelIds.length - 1;
      },
      buffer: (link, buffer) => {
        const id = this.#bufferId(type, link.peer, buffer);
        const known = buffers.get(id);
        if (known !== undefined) return known;
        buffers.set(id, bufferIds.length);
        bufferIds.push(id);
        return bufferIds.length - 1;
      },
      references: () => ({
        channels: channelIds.length === 0 ? [] : [{ channel_type: type, channel_ids: channelIds }],
        remote_buffer_refs:
          bufferIds.length === 0 ? [] : [{ access_channel_type: type, remote_buffer_ids: bufferIds }],
      }),
    };
  }

  #bufferId(type: ChannelType, rank: number, buffer: "o" | "s"): number {
    const key = `${String(rank)} ${buffer}`;
    const known = this.#bufferIds.get(key);
    if (known !== undefined) return known;
    this.#bufferIds.set(key, this.remoteBuffers.length);
    this.remoteBuffers.push({ rank, type: buffer, access_channel_types: [type] });
    return this.remoteBuffers.length - 1;
  }

  channels(): Gpu["channels"] {
    return (["memory", "port"] as const)
      .map((type) => ({ channel_type: type, connected_to: this.#connected[type] }))
      .filter(({ connected_to }) => connected_to.length > 0);
  }
}
