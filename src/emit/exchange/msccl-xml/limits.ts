// What MSCCL's parser and interpreter have room for.
import type { ExchangeRefusal } from "../emitted.js";
import type { Algorithm, ThreadBlock, XmlGpu } from "./format.js";

export const MAX_STEPS = 256;
const MAX_BLOCKS = 216;
export const MAX_BLOCKS_PER_CHANNEL = 32;
export const MAX_CHANNELS = 32;
/** Chunks of a step. */
export const MAX_COUNT = 71;
/** The parser gives up when its table of nodes is full. */
const MAX_NODES = 4096;
/** Offsets are signed, of 16 bits. */
const MAX_CHUNKS = 32_767;
/** The interpreter keeps the thread block that is waited for in a signed byte. */
const MAX_AWAITED = 127;

const fewerPartners =
  "Take an algorithm with fewer partners for each GPU (--algorithm gather, forward or spread), or fewer GPUs.";
const coarser =
  "Take an algorithm that moves fewer and longer ranges (--algorithm direct or forward), or exchange fewer tokens at once.";

/** The first limit that an algorithm exceeds. */
export function exceededLimit({ nchannels, gpus }: Algorithm): ExchangeRefusal | undefined {
  if (nchannels > MAX_CHANNELS)
    return {
      limit: `${MAX_CHANNELS} channels`,
      reason: `The algorithm takes ${nchannels}.`,
      hint: fewerPartners,
    };
  for (const gpu of gpus) {
    const exceeded = exceededByGpu(gpu, gpus.length) ?? exceededByBlocks(gpu);
    if (exceeded !== undefined) return exceeded;
  }
  return undefined;
}

function exceededByGpu(gpu: XmlGpu, gpus: number): ExchangeRefusal | undefined {
  const { id, blocks } = gpu;
  if (blocks.length > MAX_BLOCKS)
    return {
      limit: `${MAX_BLOCKS} thread blocks`,
      reason: `GPU ${id} has ${blocks.length}.`,
      hint: fewerPartners,
    };
  const ofChannel = new Map<number, number>();
  for (const { chan } of blocks) ofChannel.set(chan, (ofChannel.get(chan) ?? 0) + 1);
  for (const [chan, count] of ofChannel)
    if (count > MAX_BLOCKS_PER_CHANNEL)
      return {
        limit: `${MAX_BLOCKS_PER_CHANNEL} thread blocks per channel`,
        reason: `GPU ${id} has ${count} on channel ${chan}.`,
        hint: fewerPartners,
      };
  const nodes = blocks.reduce((sum, { steps }) => sum + 1 + steps.length, 0);
  return (
    exceededNodes(id, nodes, gpus) ?? exceededChunks(id, Math.max(gpu.i_chunks, gpu.o_chunks, gpu.s_chunks))
  );
}

/** Whether thread blocks and steps of a GPU are too many beside the nodes of the algorithm and of every GPU. */
export function exceededNodes(id: number, own: number, gpus: number): ExchangeRefusal | undefined {
  const nodes = 1 + gpus + own;
  if (nodes < MAX_NODES) return undefined;
  return {
    limit: "4,096 XML nodes for one rank",
    reason: `GPU ${id} reads ${nodes} or more, and the last is for the parser.`,
    hint: coarser,
  };
}

export function exceededChunks(id: number, chunks: number): ExchangeRefusal | undefined {
  if (chunks <= MAX_CHUNKS) return undefined;
  return {
    limit: "32,767 chunks a buffer (offsets of 16 bits)",
    reason: `GPU ${id} has a buffer of ${chunks}.`,
    hint: coarser,
  };
}

function exceededByBlocks({ id, blocks }: XmlGpu): ExchangeRefusal | undefined {
  for (const block of blocks) {
    const exceeded = exceededByBlock(`Thread block ${block.id} of GPU ${id}`, block);
    if (exceeded !== undefined) return exceeded;
  }
  return undefined;
}

function exceededByBlock(where: string, { steps }: ThreadBlock): ExchangeRefusal | undefined {
  if (steps.length > MAX_STEPS)
    return {
      limit: `${MAX_STEPS} steps per thread block`,
      reason: `${where} has ${steps.length}.`,
      hint: coarser,
    };
  for (const { cnt, depid } of steps) {
    if (cnt > MAX_COUNT)
      return {
        limit: `fewer than ${MAX_COUNT + 1} chunks a step`,
        reason: `${where} moves ${cnt} at once.`,
        hint: "Take coarser chunks.",
      };
    if (depid > MAX_AWAITED)
      return {
        limit: `${MAX_AWAITED + 1} thread blocks that others wait for (numbers of 8 bits)`,
        reason: `${where} waits for thread block ${depid}.`,
        hint: fewerPartners,
      };
  }
  return undefined;
}
