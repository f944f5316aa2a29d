// What MSCCL++'s executor has room for. It checks few of these itself: of the rest, what goes beyond overwrites its memory.
import type { ExchangeRefusal } from "../emitted.js";
import type { ExecutionPlan, Gpu, ThreadBlock } from "./format.js";

const MAX_OPERATIONS = 64;
export const MAX_CHANNELS = 16;
export const MAX_CHANNELS_PER_OPERATION = 8;
const MAX_REMOTE_BUFFERS = 16;
const MAX_DEVICE_SYNCERS = 16;
const MAX_SEMAPHORES = 16;
const MAX_BUFFER_BYTES = 2 ** 32 - 1;
/** The executor's kernel fills an SM with one thread block of so many threads. */
export const THREADS = 1024;
/** Bytes. */
export const ALIGNMENT = 16;

const fewer =
  "Take an algorithm with fewer launches or fewer partners for each GPU (--algorithm), or fewer GPUs.";

/** The first limit that a plan exceeds at a chunk size in bytes on GPUs of so many SMs. */
export function exceededLimit(
  plan: ExecutionPlan,
  chunkBytes: number,
  sms: number,
): ExchangeRefusal | undefined {
  if (chunkBytes % plan.buffer_alignment !== 0)
    return {
      limit: `buffers and chunks in multiples of ${plan.buffer_alignment} bytes`,
      reason: `A chunk has ${chunkBytes} bytes.`,
      hint: "Take a chunk size that the alignment divides.",
    };
  for (const gpu of plan.gpus) {
    const exceeded = exceededByGpu(gpu, chunkBytes, sms);
    if (exceeded !== undefined) return exceeded;
    for (const block of gpu.threadblocks) {
      const inBlock = exceededByBlock(gpu.id, block);
      if (inBlock !== undefined) return inBlock;
    }
  }
  return undefined;
}

function exceededByGpu(gpu: Gpu, chunkBytes: number, sms: number): ExchangeRefusal | undefined {
  const { id, threadblocks, input_chunks, output_chunks, scratch_chunks } = gpu;
  if (threadblocks.length > sms)
    return {
      limit: `${sms} thread blocks, one for each SM`,
      reason: `GPU ${id} has ${threadblocks.length}, and blocks wait for each other, so that all must run at once.`,
      hint: fewer,
    };
  const chunks = Math.max(input_chunks, output_chunks, scratch_chunks);
  if (chunks * chunkBytes > MAX_BUFFER_BYTES)
    return {
      limit: "4 GiB a buffer (offsets of 32 bits)",
      reason: `GPU ${id} has a buffer of ${chunks} chunks of ${chunkBytes} bytes.`,
      hint: "Exchange fewer tokens at once.",
    };
  return undefined;
}

function exceededByBlock(gpu: number, block: ThreadBlock): ExchangeRefusal | undefined {
  const where = `Thread block ${block.id} of GPU ${gpu}`;
  if (block.ops.length > MAX_OPERATIONS)
    return {
      limit: `${MAX_OPERATIONS} operations per thread block`,
      reason: `${where} has ${block.ops.length}.`,
      hint: fewer,
    };
  for (const { channel_type, channel_ids } of block.channels)
    if (channel_ids.length > MAX_CHANNELS)
      return {
        limit: `${MAX_CHANNELS} channels per thread block and type`,
        reason: `${where} has ${channel_ids.length} ${channel_type} channels.`,
        hint: fewer,
      };
  for (const { access_channel_type, remote_buffer_ids } of block.remote_buffer_refs)
    if (remote_buffer_ids.length > MAX_REMOTE_BUFFERS)
      return {
        limit: `${MAX_REMOTE_BUFFERS} remote buffers per thread block and type`,
        reason: `${where} has ${remote_buffer_ids.length} over ${access_channel_type} channels.`,
        hint: fewer,
      };
  for (const { name, channel_ids = [], src_buff = [], dst_buff = [], ...op } of block.ops) {
    const channels = Math.max(channel_ids.length, src_buff.length, dst_buff.length);
    if (channels > MAX_CHANNELS_PER_OPERATION)
      return {
        limit: `${MAX_CHANNELS_PER_OPERATION} channels per operation`,
        reason: `${where} has a ${name} over ${channels}.`,
        hint: fewer,
      };
    if ((op.barrier_id ?? 0) >= MAX_DEVICE_SYNCERS)
      return {
        limit: `${MAX_DEVICE_SYNCERS} device syncers`,
        reason: `${where} has barrier ${op.barrier_id ?? 0}, counted from 0.`,
        hint: fewer,
      };
    if ((op.semaphore_ids?.length ?? 0) > MAX_SEMAPHORES)
      return {
        limit: `${MAX_SEMAPHORES} semaphores per operation`,
        reason: `${where} has a ${name} of ${op.semaphore_ids?.length ?? 0}.`,
        hint: fewer,
      };
  }
  return undefined;
}
