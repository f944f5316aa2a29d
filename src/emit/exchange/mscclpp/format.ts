// An execution plan of MSCCL++ as its executor reads it: the fields that Weft writes, and how they are laid out as text.

export type ChannelType = "memory" | "port";

/** Chunks of a buffer of the GPU itself, or of a remote buffer by the thread block's own number for it. */
export type BufferRange =
  | { readonly type: "i" | "o" | "s"; readonly index: number; readonly size: number }
  | { readonly buffer_id: number; readonly index: number; readonly size: number };

export interface Operation {
  readonly name: "nop" | "barrier" | "put" | "copy" | "signal" | "wait" | "rlxsignal" | "rlxwait" | "flush";
  readonly channel_type?: ChannelType;
  /** The thread block's own numbers; of a put, that of each range. */
  readonly channel_ids?: readonly number[];
  readonly src_buff?: readonly BufferRange[];
  readonly dst_buff?: readonly BufferRange[];
  readonly barrier_id?: number;
  readonly num_threadblocks?: number;
  readonly semaphore_ids?: readonly number[];
}

export interface ThreadBlock {
  readonly id: number;
  readonly ops: readonly Operation[];
  readonly channels: readonly {
    readonly channel_type: ChannelType;
    readonly channel_ids: readonly number[];
  }[];
  readonly remote_buffer_refs: readonly {
    readonly access_channel_type: ChannelType;
    readonly remote_buffer_ids: readonly number[];
  }[];
}

export interface Gpu {
  readonly id: number;
  readonly input_chunks: number;
  readonly output_chunks: number;
  readonly scratch_chunks: number;
  readonly threadblocks: readonly ThreadBlock[];
  readonly channels: readonly {
    readonly channel_type: ChannelType;
    readonly connected_to: readonly number[];
  }[];
  readonly remote_buffers: readonly {
    readonly rank: number;
    readonly type: "o" | "s";
    readonly access_channel_types: readonly ChannelType[];
  }[];
  readonly semaphores: readonly { readonly init_value: number }[];
}

export interface ExecutionPlan {
  readonly name: string;
  readonly collective: "alltoall";
  readonly protocol: "Simple";
  readonly inplace: false;
  readonly reuse_resources: false;
  readonly num_threads_per_block: number;
  readonly use_double_scratch_buffer: false;
  readonly buffer_alignment: number;
  /** Bytes of the smallest and of the largest input of a GPU. */
  readonly min_message_size: number;
  readonly max_message_size: number;
  readonly gpus: readonly Gpu[];
}

/** One operation a line, so that plans can be read and compared. */
export function printExecutionPlan({ gpus, ...head }: ExecutionPlan): string {
  const block = ({ ops, ...rest }: ThreadBlock): string =>
    `${open(rest)}, "ops": [\n${ops.map((op) => `    ${JSON.stringify(op)}`).join(",\n")}\n   ]}`;
  const gpu = ({ threadblocks, ...rest }: Gpu): string =>
    ` ${open(rest)}, "threadblocks": [\n${threadblocks.map((each) => `   ${block(each)}`).join(",\n")}\n ]}`;
  return `${open(head)}, "gpus": [\n${gpus.map(gpu).join(",\n")}\n]}\n`;
}

const open = (fields: object): string => JSON.stringify(fields).slice(0, -1);
