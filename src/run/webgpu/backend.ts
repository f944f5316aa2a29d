// The WebGPU backend: one storage buffer is the memory of all ranks. Operations are collected and sent to the GPU when
// something is read back.
import type { Kernel, KernelArguments } from "../../operators/kernel.js";
import { encodeParams, paramsWords, shaderOf, WORKGROUP_THREADS } from "../../operators/shader.js";
import {
  memoryWords,
  POISON,
  type Backend,
  type MemoryShape,
  type Touched,
  type WordRange,
} from "../backend.js";
import { Batches, type Batch, type Move } from "./batches.js";
import type { OpenDevice } from "./device.js";
import moveSource from "./move.wgsl";

/** Marks a piece of a move that has no source, in move.wgsl. */
const NO_SOURCE = 0xffffffff;
/** Words that a workgroup moves. */
const PIECE_WORDS = 512;
/** Bytes of a word. */
const BYTES = 4;

/** The adapter cannot hold the memory of the plan's miniature. */
export class MemoryTooLarge extends Error {
  override readonly name = "MemoryTooLarge";
}

/** A dispatch that only needs to be encoded. */
interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly table: Uint32Array;
  /** For kernels: a uniform that says at which entry of the table to begin. */
  readonly first?: GPUBuffer;
  readonly x: number;
  readonly y: number;
}

/** Pipelines by device and kernel (undefined: moves), since compiling them takes longer than a small execution. */
const pipelinesOf = new WeakMap<GPUDevice, Map<Kernel | undefined, Promise<GPUComputePipeline>>>();

export class WebGpuBackend implements Backend {
  readonly name = "webgpu";
  readonly adapter: string;
  readonly #open: OpenDevice;
  readonly #device: GPUDevice;
  readonly #memory: GPUBuffer;
  readonly #zero: GPUBuffer;
  readonly #batches: Batches;
  readonly #pipelines: Map<Kernel | undefined, Promise<GPUComputePipeline>>;
  /** Flushes and reads follow one another. */
  #queue: Promise<unknown> = Promise.resolve();

  static create(open: OpenDevice, shape: MemoryShape): Promise<WebGpuBackend> {
    const { device, adapter } = open;
    const bytes = BYTES * memoryWords(shape);
    const most = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
    if (bytes > most)
      return Promise.reject(
        new MemoryTooLarge(
          `The plan's miniature needs ${bytes} bytes in one buffer; ${adapter} allows ${most}.`,
        ),
      );
    return Promise.resolve(new WebGpuBackend(open, shape));
  }

  private constructor(open: OpenDevice, shape: MemoryShape) {
    const { device, adapter } = open;
    this.#open = open;
    this.#device = device;
    this.#pipelines = pipelinesOf.get(device) ?? new Map<Kernel | undefined, Promise<GPUComputePipeline>>();
    pipelinesOf.set(device, this.#pipelines);
    this.adapter = adapter;
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const size = BYTES * memoryWords(shape);
    this.#memory = device.createBuffer({ size, usage: STORAGE | COPY_SRC | COPY_DST });
    this.#zero = device.createBuffer({ size: 4 * BYTES, usage: GPUBufferUsage.UNIFORM });
    this.#batches = new Batches(shape.ranks, shape.rankWords);
  }

  write(word: number, data: Uint32Array): void {
    this.#device.queue.writeBuffer(this.#memory, BYTES * word, data);
  }

  poison(word: number, words: number): void {
    this.#batches.move({ to: word, words });
  }

  copy(from: number, to: number, words: number): void {
    this.#batches.move({ from, to, words });
  }

  launch(kernel: Kernel, args: KernelArguments, touched: readonly Touched[]): void {
    if (kernel.threads(args) > 0) this.#batches.launch(kernel, args, touched);
  }

  read(ranges: readonly WordRange[]): Promise<Uint32Array[]> {
    const reading = this.#queue.then(() => this.#read(ranges));
    this.#queue = reading;
    return reading;
  }

  destroy(): void {
    this.#memory.destroy();
    this.#zero.destroy();
  }

  async #read(ranges: readonly WordRange[]): Promise<Uint32Array[]> {
    const tables = await this.#flush();
    const size = BYTES * ranges.reduce((sum, { words }) => sum + words, 1);
    const staging = this.#device.createBuffer({
      size,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    const encoder = this.#device.createCommandEncoder();
    let end = 0;
    for (const { word, words } of ranges) {
      encoder.copyBufferToBuffer(this.#memory, BYTES * word, staging, BYTES * end, BYTES * words);
      end += words;
    }
    this.#device.queue.submit([encoder.finish()]);
    const mapped = staging.mapAsync(GPUMapMode.READ);
    await (this.#open.waitFor?.(mapped) ?? mapped);
    const data = new Uint32Array(staging.getMappedRange().slice(0));
    staging.destroy();
    tables?.destroy();
    end = 0;
    return ranges.map(({ words }) => data.subarray(end, (end += words)));
  }

  /** Sends everything collected to the GPU; gives the buffer to free when that is done. */
  async #flush(): Promise<GPUBuffer | undefined> {
    const batches = this.#batches.take();
    if (batches.length === 0) return undefined;
    const dispatches = (await Promise.all(batches.map((batch) => this.#dispatchesOf(batch)))).flat();
    const align = this.#device.limits.minStorageBufferOffsetAlignment;
    const offsets: number[] = [];
    let size = 0;
    for (const { table } of dispatches) {
      offsets.push(size);
      size += Math.ceil(table.byteLength / align) * align;
    }
    const tables = this.#device.createBuffer({ size, usage: GPUBufferUsage.STORAGE, mappedAtCreation: true });
    const mapped = new Uint32Array(tables.getMappedRange());
    dispatches.forEach(({ table }, index) => {
      mapped.set(table, offsets[index]! / BYTES);
    });
    tables.unmap();
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    dispatches.forEach(({ pipeline, table, first, x, y }, index) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(
        0,
        this.#device.createBindGroup({
          layout: pipeline.getBindGroupLayout(0),
          entries: [
            { binding: 0, resource: { buffer: this.#memory } },
            { binding: 1, resource: { buffer: tables, offset: offsets[index]!, size: table.byteLength } },
            ...(first === undefined ? [] : [{ binding: 2, resource: { buffer: first } }]),
          ],
        }),
      );
      pass.dispatchWorkgroups(x, y);
    });
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
    return tables;
  }

  async #dispatchesOf(batch: Batch): Promise<Dispatch[]> {
    if (batch.kind === "move") return this.#moveDispatches(batch.moves);
    const { kernel, calls } = batch;
    const pipeline = await this.#pipeline(kernel, shaderOf(kernel), {});
    const threads = Math.max(...calls.map((args) => kernel.threads(args)));
    const stride = paramsWords(kernel);
    const table = new Uint32Array(stride * calls.length);
    calls.forEach((args, index) => {
      table.set(encodeParams(kernel, args), stride * index);
    });
    return [
      {
        pipeline,
        table,
        first: this.#zero,
        x: Math.ceil(threads / WORKGROUP_THREADS),
        y: calls.length,
      },
    ];
  }

  async #moveDispatches(moves: readonly Move[]): Promise<Dispatch[]> {
    const pipeline = await this.#pipeline(undefined, moveSource, { poison: POISON });
    const pieces: number[] = [];
    for (const { from, to, words } of moves)
      for (let at = 0; at < words; at += PIECE_WORDS)
        pieces.push(from === undefined ? NO_SOURCE : from + at, to + at, Math.min(PIECE_WORDS, words - at));
    const count = pieces.length / 3;
    const most = this.#device.limits.maxComputeWorkgroupsPerDimension;
    const y = Math.ceil(count / most);
    return count === 0 ? [] : [{ pipeline, table: Uint32Array.from(pieces), x: Math.ceil(count / y), y }];
  }

  #pipeline(kernel: Kernel | undefined, code: string, constants: Record<string, number>) {
    let pipeline = this.#pipelines.get(kernel);
    if (pipeline === undefined) {
      pipeline = this.#device.createComputePipelineAsync({
        layout: "auto",
        compute: { module: this.#device.createShaderModule({ code }), entryPoint: "main", constants },
      });
      this.#pipelines.set(kernel, pipeline);
    }
    return pipeline;
  }
}
