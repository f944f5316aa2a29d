// Plans written by hand for the simulator's tests: one block, one exchange, units in which every answer is a whole number.
// Links move 1000 bytes per microsecond and a row has 1000 bytes; memory is so fast that local copies do not matter;
// kernels are given their time.
import type { Launch, LaunchPlan, Machine, Sized, Step } from "../../src/plan/index.js";
import { defaultParameters, type CostParameters } from "../../src/cost/index.js";

/** Kernels and transfers do not slow each other down. */
export const noContention = { kernelContention: 0, transferContention: 0, transferMemoryContention: 0 };

/** No launch costs, no losses: times are those of bytes, latencies and gaps alone. */
export const exact: CostParameters = {
  ...{ ...defaultParameters, ...noContention },
  ...{ gemmEfficiency: 1, fp8GemmEfficiency: 1, attentionEfficiency: 1, memoryEfficiency: 1 },
  ...{ rowKernelEfficiency: 1, attentionBlock: 1 },
  ...{ memorySaturation: 0.5, operandEdge: 0, tileStore: 0, pipelineFill: 0, unhidden: 0 },
  ...{ lastWave: 0, kernelStart: 0, rankSkew: 0 },
  ...{ transferStart: 0, channelBandwidth: 1e15, handshake: 0, chunkFill: 0, localCopy: 0 },
  ...{ hostLaunch: 0, hostGroup: 0, hostMessage: 0, hostSynchronize: 0, hostCopy: 0 },
};

const LINK_BYTES_PER_US = 1000;
/** Bytes of memory that a kernel of one microsecond touches. */
export const MEMORY_BYTES_PER_US = 1e6;
const ROW_WIDTH = 250;
const span: [number, number, number] = [0, 0, 0];
const sized = (expr: Sized["expr"], value = typeof expr === "number" ? expr : 0): Sized => ({ expr, value });

export interface Order {
  readonly waits?: string[];
  readonly records?: string[];
  readonly stream?: string;
  readonly batch?: number;
}

/** A kernel of the node `work` that takes `us` microseconds alone; `bytes` may be an expression instead. */
export const kernel = (
  id: string,
  us: number | Sized["expr"],
  order: Order & { node?: string; exchange?: string } = {},
): Launch => ({
  kind: "compute",
  id,
  node: order.node ?? "work",
  part: id,
  micro_batch: order.batch ?? 0,
  stream: order.stream ?? "compute",
  waits: order.waits ?? [],
  records: order.records ?? [],
  operands: [],
  rows: { begin: sized(0), end: sized("tokens") },
  ...(order.exchange === undefined ? {} : { exchange: order.exchange }),
  work: {
    class: "memory",
    flops: sized(0),
    bytes: sized(typeof us === "number" ? us * MEMORY_BYTES_PER_US : us),
  },
  span,
});

type Phase = "counts" | "dispatch" | "combine";
export const transfer = (phase: Phase, order: Order & { exchange?: string } = {}): Launch => ({
  kind: "transfer",
  id: phase,
  node: phase === "combine" ? "combine" : "dispatch",
  exchange: order.exchange ?? "moe",
  phase,
  micro_batch: order.batch ?? 0,
  stream: order.stream ?? "comm",
  waits: order.waits ?? [],
  records: order.records ?? [],
  operands: [
    { name: "send", buffer: phase === "counts" ? "sent" : "rows", instance: 0, access: "read" },
    { name: "receive", buffer: phase === "counts" ? "received" : "arrived", instance: 0, access: "write" },
  ],
  span,
});

export const readCounts = (order: Order = {}): Launch => ({
  kind: "read_counts",
  id: "read",
  node: "dispatch",
  exchange: "moe",
  micro_batch: order.batch ?? 0,
  waits: order.waits ?? [],
  operands: [],
  span,
});

/** One tier of 1000 bytes per microsecond without latency, unless given. */
export const tier = (given: Partial<Machine["tiers"][number]> = {}): Machine["tiers"][number] => ({
  name: "nvlink",
  kind: "switch",
  joins: 8,
  bandwidth_bytes_per_s: LINK_BYTES_PER_US * 1e6,
  efficiency: 1,
  latency_us: 0,
  message_gap_us: 0,
  span,
  ...given,
});

export const machine = (tiers: Machine["tiers"], gpus = 8): Machine => ({
  name: "test",
  gpus,
  gpu: {
    memory_bytes: 80e9,
    memory_bandwidth_bytes_per_s: MEMORY_BYTES_PER_US * 1e6,
    sms: 100,
    peak_flops: { bf16: 1e12 },
  },
  tiers,
  span,
});

export interface TinyPlan {
  readonly launches: Launch[];
  readonly ranks?: number;
  /** Ranks of one communicator; all of them where absent. */
  readonly groupSize?: number;
  readonly slotsPerRank?: number;
  readonly tokens?: number;
  readonly topK?: number;
  /** Share of each expert, one expert a slot; equal where absent. One row for each layer, or one for all. */
  readonly loads?: number[][];
  readonly machine?: Machine;
  readonly layers?: number;
  readonly microBatches?: number;
  readonly sms?: number;
  /** Further exchanges like `moe`, each on a communicator of its own. */
  readonly others?: readonly string[];
  readonly streams?: readonly string[];
}

/** A plan in which every rank issues `launches` for each layer. */
export function tinyPlan(given: TinyPlan): LaunchPlan {
  const { ranks = 2, slotsPerRank = 1, layers = 1, microBatches = 1, sms = 0 } = given;
  const size = given.groupSize ?? ranks;
  const slots = size * slotsPerRank;
  const each = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
  const names = ["moe", ...(given.others ?? [])];
  const rows = { kind: "routed" as const, shape: ["moe.received", "width"], gate: "gate" };
  const tokens = { kind: "tokens" as const, shape: ["tokens", "width"] };
  const node = (
    id: string,
    inputs: string[],
    output: LaunchPlan["model"]["blocks"][number]["nodes"][number]["output"],
  ) => ({
    ...{ id, op: id, inputs, dims: {}, options: {}, output, span },
  });
  const buffer = (name: string, shape: Sized["expr"][], precision: "dispatch" | "index") => ({
    ...{
      name,
      kind: "exchange" as const,
      precision,
      shape,
      instances: sized(1),
      instance_bytes: sized(0),
      region: "all",
    },
  });
  return {
    format: "weft.plan/1",
    generator: "test",
    schedule: { name: "tiny", mode: "prefill", micro_batches: microBatches, span },
    dimensions: [
      { name: "tokens", kind: "sequences", value: given.tokens ?? 8 },
      { name: "top_k", kind: "top_k", value: given.topK ?? 1 },
      { name: "width", kind: "width", value: ROW_WIDTH },
      { name: "row_bytes", kind: "dtype_bytes", value: 4 },
      { name: "no_bytes", kind: "dtype_bytes", value: 0 },
    ],
    precisions: (["dispatch", "combine", "index"] as const).map((each) => ({
      ...{
        class: each,
        dtype: each === "index" ? "u32" : "f32",
        bytes: "row_bytes",
        scale_bytes: "no_bytes",
      },
    })),
    operators: [],
    model: {
      name: "Tiny",
      blocks: [
        {
          name: "block",
          input: { name: "x", type: tokens },
          nodes: [
            node("work", ["x"], tokens),
            node("gate", ["work"], { kind: "gate", shape: ["tokens", "top_k"] }),
            node("dispatch", ["work", "gate"], rows),
            node("expert", ["dispatch"], rows),
            node("combine", ["expert", "gate"], tokens),
          ],
          result: "combine",
          span,
        },
      ],
      layers: [{ block: "block", first: 0, repeat: layers, span }],
      span,
    },
    routing: [
      {
        ...{ block: "block", gate: "gate", distribution: "test" },
        loads: given.loads ?? [each(slots).map(() => 1 / slots)],
      },
    ],
    machine: given.machine ?? machine([tier()]),
    world: ranks,
    groups: names.map((name) => ({
      name: `${name}.group`,
      size,
      instances: each(ranks / size).map((instance) => each(size).map((rank) => instance * size + rank)),
      sms,
    })),
    placements: [
      {
        ...{ name: "slots", block: "block", gate: "gate", experts: slots, slots },
        slot_begin: each(size + 1).map((rank) => rank * slotsPerRank),
        layers: [{ expert_of_slot: each(slots), replica_begin: each(slots + 1), replica_slot: each(slots) }],
      },
    ],
    exchanges: names.map((name) => ({
      ...{ name, block: "block", gate: "gate", dispatch: "dispatch", combine: "combine", placement: "slots" },
      group: `${name}.group`,
      transport: "nccl",
      algorithm: "direct",
      tokens: { policy: "dropless" },
      mean_rows: sized(["*", "tokens", "top_k"]),
      capacity_rows: sized(1),
      layouts: [],
      phases: [
        { name: "counts", carries: "counts", steps: steps(size) },
        { name: "dispatch", carries: "rows", steps: steps(size) },
        { name: "combine", carries: "rows", steps: steps(size).map(backwards) },
      ],
    })),
    memory: {
      alignment_bytes: 256,
      regions: [],
      total: sized(4096),
      buffers: [
        buffer("rows", ["tokens", "width"], "dispatch"),
        buffer("arrived", ["tokens", "width"], "dispatch"),
        buffer("sent", [slots], "index"),
        buffer("received", [size, slotsPerRank], "index"),
      ],
    },
    cells: [{ name: "cell", block: "block", micro_batches: microBatches, launches: given.launches }],
    roles: [
      {
        name: "all",
        ranks: each(ranks),
        streams: (given.streams ?? ["compute", "comm"]).map((name) => ({
          ...{ name, kind: name === "comm" ? "scale_up" : "compute", priority: 0 },
        })),
        timeline: [{ cell: "cell", layer: 0, repeat: layers, micro_batch: 0 }],
      },
    ],
    sources: [],
  };
}

/** Each rank sends each rank the rows of its slots, itself first. */
function steps(size: number): Step[] {
  return Array.from({ length: size }, (_, shift) => {
    const to: Step["to"] = ["%", ["+", "rank", shift], size];
    const from: Step["from"] = ["%", ["-", "rank", shift], size];
    return { to, from, send: { source: "rank", host: to }, receive: { source: from, host: "rank" } };
  });
}

const backwards = ({ to, from, send, receive }: Step): Step => ({
  to: from,
  from: to,
  send: receive,
  receive: send,
});
