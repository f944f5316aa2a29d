import { describe, expect, test } from "vitest";
import { exchangeEmitters } from "../../../src/emit/exchange/index.js";
import type { Algorithm, Step } from "../../../src/emit/exchange/msccl-xml/format.js";
import { exceededLimit as exceededByXml } from "../../../src/emit/exchange/msccl-xml/limits.js";
import type {
  ExecutionPlan,
  Gpu,
  Operation,
  ThreadBlock,
} from "../../../src/emit/exchange/mscclpp/format.js";
import { exceededLimit } from "../../../src/emit/exchange/mscclpp/limits.js";
import type { ExchangePlan } from "../../../src/exchange-plan/index.js";
import { planOf } from "../../exchange/plans.js";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe("every limit of MSCCL++ is named when it is exceeded", () => {
  const block = (part: Partial<ThreadBlock>): Partial<Gpu> => ({
    threadblocks: [{ id: 0, ops: [], channels: [], remote_buffer_refs: [], ...part }],
  });
  const operation = (part: Partial<Operation>): Partial<Gpu> =>
    block({ ops: [{ name: "barrier", ...part }] });
  const exceeded = (part: Partial<Gpu>, chunkBytes = 16): string | undefined => {
    const gpu: Gpu = {
      id: 0,
      input_chunks: 1,
      output_chunks: 1,
      scratch_chunks: 0,
      threadblocks: [],
      channels: [],
      remote_buffers: [],
      semaphores: [],
      ...part,
    };
    const plan: ExecutionPlan = {
      name: "plan",
      collective: "alltoall",
      protocol: "Simple",
      inplace: false,
      reuse_resources: false,
      num_threads_per_block: 1024,
      use_double_scratch_buffer: false,
      buffer_alignment: 16,
      min_message_size: 16,
      max_message_size: 16,
      gpus: [gpu],
    };
    return exceededLimit(plan, chunkBytes, 132)?.limit;
  };
  const blocks = (count: number): Partial<Gpu> => ({
    threadblocks: numbers(count).map((id) => ({ id, ops: [], channels: [], remote_buffer_refs: [] })),
  });
  const ranges = (count: number) => numbers(count).map((index) => ({ buffer_id: 0, index, size: 1 }));

  test.each<[string, Partial<Gpu>, Partial<Gpu>]>([
    [
      "64 operations per thread block",
      block({ ops: numbers(64).map(() => ({ name: "nop" })) }),
      block({ ops: numbers(65).map(() => ({ name: "nop" })) }),
    ],
    [
      "16 channels per thread block and type",
      block({ channels: [{ channel_type: "port", channel_ids: numbers(16) }] }),
      block({ channels: [{ channel_type: "port", channel_ids: numbers(17) }] }),
    ],
    [
      "16 remote buffers per thread block and type",
      block({ remote_buffer_refs: [{ access_channel_type: "memory", remote_buffer_ids: numbers(16) }] }),
      block({ remote_buffer_refs: [{ access_channel_type: "memory", remote_buffer_ids: numbers(17) }] }),
    ],
    [
      "8 channels per operation",
      operation({ name: "signal", channel_ids: numbers(8) }),
      operation({ name: "signal", channel_ids: numbers(9) }),
    ],
    [
      "8 channels per operation",
      operation({ name: "put", dst_buff: ranges(8) }),
      operation({ name: "put", dst_buff: ranges(9) }),
    ],
    ["16 device syncers", operation({ barrier_id: 15 }), operation({ barrier_id: 16 })],
    [
      "16 semaphores per operation",
      operation({ semaphore_ids: numbers(16) }),
      operation({ semaphore_ids: numbers(17) }),
    ],
    ["132 thread blocks, one for each SM", blocks(132), blocks(133)],
    ["4 GiB a buffer (offsets of 32 bits)", { scratch_chunks: 2 ** 28 - 1 }, { scratch_chunks: 2 ** 28 }],
  ])("%s", (name, within, beyond) => {
    expect(exceeded(within)).toBeUndefined();
    expect(exceeded(beyond)).toBe(name);
  });

  test("alignment", () => {
    expect(exceeded({}, 24)).toBe("buffers and chunks in multiples of 16 bytes");
  });
});

describe("every limit of MSCCL XML is named when it is exceeded", () => {
  const step = (part: Partial<Step> = {}): Step => ({
    type: "cpy",
    srcbuf: "i",
    srcoff: 0,
    dstbuf: "s",
    dstoff: 0,
    cnt: 1,
    depid: -1,
    deps: -1,
    hasdep: 0,
    ...part,
  });
  /** [thread block] its steps; blocks are divided over channels. */
  const algorithm = (
    steps: readonly (readonly Step[])[],
    part: Partial<Algorithm> = {},
    perChannel = 32,
  ): Algorithm => ({
    name: "algorithm",
    nchannels: 32,
    nchunksperloop: 1,
    bytes: 16,
    gpus: [
      {
        id: 0,
        i_chunks: 1,
        o_chunks: 1,
        s_chunks: 1,
        blocks: steps.map((own, id) => ({
          id,
          send: -1,
          recv: -1,
          chan: Math.floor(id / perChannel),
          steps: own,
        })),
      },
    ],
    ...part,
  });
  const times = (count: number, steps: number): Step[][] =>
    numbers(count).map(() => numbers(steps).map(() => step()));
  const withScratch = (s_chunks: number): Algorithm => ({
    ...algorithm([]),
    gpus: [{ id: 0, i_chunks: 1, o_chunks: 1, s_chunks, blocks: [] }],
  });

  test.each<[string, Algorithm, Algorithm]>([
    ["256 steps per thread block", algorithm(times(1, 256)), algorithm(times(1, 257))],
    ["216 thread blocks", algorithm(times(216, 0)), algorithm(times(217, 0))],
    ["32 thread blocks per channel", algorithm(times(32, 0)), algorithm(times(33, 0), {}, 33)],
    ["32 channels", algorithm([]), algorithm([], { nchannels: 33 })],
    ["fewer than 72 chunks a step", algorithm([[step({ cnt: 71 })]]), algorithm([[step({ cnt: 72 })]])],
    // The algorithm, the GPU and 15 thread blocks: 17 nodes beside steps.
    [
      "4,096 XML nodes for one rank",
      algorithm([...times(14, 250), ...times(1, 578 - 250)].map((own) => own.slice(0, 256))),
      algorithm(times(16, 255)),
    ],
    ["32,767 chunks a buffer (offsets of 16 bits)", withScratch(32_767), withScratch(32_768)],
    [
      "128 thread blocks that others wait for (numbers of 8 bits)",
      algorithm([[step({ depid: 127 })]]),
      algorithm([[step({ depid: 128 })]]),
    ],
  ])("%s", (name, within, beyond) => {
    expect(exceededByXml(within)).toBeUndefined();
    expect(exceededByXml(beyond)?.limit).toBe(name);
  });
});

describe("plans that a format cannot have are refused with what to do", () => {
  const refusal = (format: "mscclpp" | "msccl-xml", plan: ExchangePlan): string => {
    const emitted = exchangeEmitters[format](plan);
    if (!("refused" in emitted)) throw new Error("emitted");
    const { limit, reason, hint } = emitted.refused;
    return [limit, reason, hint].join("\n");
  };

  test.each(["mscclpp", "msccl-xml"] as const)("copies, in %s", (format) => {
    const plan = { ...planOf({ nodes: 2, ranksPerNode: 2 }, "forward"), copies: true };
    expect(refusal(format, plan)).toBe(
      [
        "static chunks",
        "The plan sends a token once to each node, and only the routing of a step says which of its chunks a node then passes on to whom.",
        "Exchange a plain matrix: leave out node_bytes, or the trace that tells which rows share a token.",
      ].join("\n"),
    );
  });

  test.each(["mscclpp", "msccl-xml"] as const)("more GPUs than a file should list, in %s", (format) => {
    const plan = { ...planOf({ nodes: 1, ranksPerNode: 1 }, "direct"), ranks: 2048 };
    expect(refusal(format, plan)).toContain("512 GPUs a file\nThe plan has 2048");
  });

  test("buffers of 8 GiB, in MSCCL++", () => {
    const plan = { ...planOf({ nodes: 1, ranksPerNode: 2 }, "direct", 1, () => 2 ** 20), row_bytes: 4096 };
    expect(refusal("mscclpp", plan)).toContain(
      "4 GiB a buffer (offsets of 32 bits)\nGPU 0 has a buffer of 2097152 chunks of 4096 bytes.",
    );
  });

  test("more peers than thread blocks, in MSCCL XML", () => {
    const plan = planOf({ nodes: 1, ranksPerNode: 220 }, "direct", 1, () => 1);
    expect(refusal("msccl-xml", plan)).toContain("216 thread blocks\nGPU 0 has 2");
  });

  test("more peers than resident thread blocks have channels, in MSCCL++", () => {
    const plan = planOf({ nodes: 1, ranksPerNode: 72 }, "direct", 1, () => 1);
    const small = { ...plan, machine: { ...plan.machine, gpu: { ...plan.machine.gpu, sms: 4 } } };
    expect(refusal("mscclpp", small)).toContain("4 thread blocks, one for each SM\nGPU 0 has 6");
  });
});
