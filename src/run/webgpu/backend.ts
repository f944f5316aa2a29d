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
import { Batches, type Batch, type Copy } from "./batches.js";
import type { OpenDevice } from "./device.js";
import copySource from "./copy.wgsl";

/** Words that a workgroup copies. */
const PIECE_WORDS = 512;
/** Words of the buffer that poison is copied from. */
const POISON_WORDS = 1 << 16;
/** Bytes of a word. */
const BYTES = 4;

/** The adapter cannot hold the memory of the plan's miniature. */
export class MemoryTooLarge extends Error {
  override readonly name = "MemoryTooLarge";
}

/** What only needs to be encoded: a dispatch, or ranges to poison. */
type Command = Dispatch | readonly WordRange[];

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly table: Uint32Array;
  /** For kernels: a uniform that says at which entry of the table to begin. */
  readonly first?: GPUBuffer;
  readonly x: number;
  readonly y: number;
}

/** Pipelines by device and kernel (undefined: copies), since compiling them takes longer than a small execution. */
const pipelinesOf = new WeakMap<GPUDevice, Map<Kernel | undefined, Promise<GPUComputePipeline>>>();

export class WebGpuBackend implements Backend {
  readonly name = "webgpu";
  readonly adapter: string;
  readonly #open: OpenDevice;
  readonly #device: GPUDevice;
  readonly #memory: GPUBuffer;
  readonly #zero: GPUBuffer;
  readonly #poison: GPUBuffer;
  readonly #batches: Batches;
  readonly #pipelines: Map<Kernel | undefined, Promise<GPUComputePipeline>>;
  /** What is sent to the GPU is sent in the order of the calls. */
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
    this.#poison = device.createBuffer({
      size: BYTES * POISON_WORDS,
      usage: COPY_SRC,
      mappedAtCreation: true,
    });
    new Uint32Array(this.#poison.getMappedRange()).fill(POISON);
    this.#poison.unmap();
    this.#batches = new Batches(shape.ranks, shape.rankWords);
  }

  write(word: number, data: Uint32Array): void {
    this.#device.queue.writeBuffer(this.#memory, BYTES * word, data);
  }

  poison(word: number, words: number): void {
    this.#batches.poison({ word, words });
  }

  copy(from: number, to: number, words: number): void {
    this.#batches.copy({ from, to, words });
  }

  launch(kernel: Kernel, args: KernelArguments, touched: readonly Touched[]): void {
    if (kernel.threads(args) > 0) this.#batches.launch(kernel, args, touched);
  }

  read(ranges: readonly WordRange[]): Promise<Uint32Array[]> {
    const submitted = this.#queue.then(() => this.#submit(ranges));
    this.#queue = submitted;
    return submitted.then(({ staging, tables }) => this.#copyOut(ranges, staging, tables));
  }

  destroy(): void {
    this.#memory.destroy();
    this.#zero.destroy();
    this.#poison.destroy();
  }

  /** Sends everything collected to the GPU, and copies of the ranges behind it. */
  async #submit(ranges: readonly WordRange[]): Promise<{ staging: GPUBuffer; tables?: GPUBuffer }> {
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
    return { staging, ...(tables === undefined ? {} : { tables }) };
  }

  async #copyOut(
    ranges: readonly WordRange[],
    staging: GPUBuffer,
    tables: GPUBuffer | undefined,
  ): Promise<Uint32Array[]> {
    const mapped = staging.mapAsync(GPUMapMode.READ);
    await (this.#open.waitFor?.(mapped) ?? mapped);
    const data = new Uint32Array(staging.getMappedRange().slice(0));
    staging.destroy();
    tables?.destroy();
    let end = 0;
    return ranges.map(({ words }) => data.subarray(end, (end += words)));
  }

  /** Sends everything collected to the GPU; gives the buffer to free when that is done. */
  async #flush(): Promise<GPUBuffer | undefined> {
    const batches = this.#batches.take();
    if (batches.length === 0) return undefined;
    const commands = (await Promise.all(batches.map((batch) => this.#commandsOf(batch)))).flat();
    const { tables, offsets } = this.#writeTables(commands.filter(isDispatch));
    const encoder = this.#device.createCommandEncoder();
    let pass: GPUComputePassEncoder | undefined;
    for (const command of commands) {
      if (isDispatch(command)) {
        pass ??= encoder.beginComputePass();
        this.#encode(pass, command, tables, offsets.get(command) ?? 0);
        continue;
      }
      pass?.end();
      pass = undefined;
      for (const { word, words } of command)
        for (let at = 0; at < words; at += POISON_WORDS) {
          const size = BYTES * Math.min(POISON_WORDS, words - at);
          encoder.copyBufferToBuffer(this.#poison, 0, this.#memory, BYTES * (word + at), size);
        }
    }
    pass?.end();
    this.#device.queue.submit([encoder.finish()]);
    return tables;
  }

  /** A buffer that holds the tables of dispatches, and where each begins. */
  #writeTables(dispatches: readonly Dispatch[]) {
    const align = this.#device.limits.minStorageBufferOffsetAlignment;
    const offsets = new Map<Dispatch, number>();
    let end = align;
    for (const dispatch of dispatches) {
      offsets.set(dispatch, end);
      end += Math.ceil(dispatch.table.byteLength / align) * align;
    }
    const { STORAGE } = GPUBufferUsage;
    const tables = this.#device.createBuffer({ size: end, usage: STORAGE, mappedAtCreation: true });
    const mapped = new Uint32Array(tables.getMappedRange());
    for (const [{ table }, offset] of offsets) mapped.set(table, offset / BYTES);
    tables.unmap();
    return { tables, offsets };
  }

  #encode(
    pass: GPUComputePassEncoder,
    { pipeline, table, first, x, y }: Dispatch,
    tables: GPUBuffer,
    offset: number,
  ) {
    pass.setPipeline(pipeline);
    const entries: GPUBindGroupEntry[] = [
      { binding: 0, resource: { buffer: this.#memory } },
      { binding: 1, resource: { buffer: tables, offset, size: table.byteLength } },
    ];
    if (first !== undefined) entries.push({ binding: 2, resource: { buffer: first } });
    const layout = pipeline.getBindGroupLayout(0);
    pass.setBindGroup(0, this.#device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(x, y);
  }

  async #commandsOf(batch: Batch): Promise<Command[]> {
    switch (batch.kind) {
      case "copy":
        return this.#copyDispatches(batch.copies);
      case "poison":
        return [batch.ranges];
      case "launch":
        return [await this.#kernelDispatch(batch.kernel, batch.calls)];
      default:
        return batch satisfies never;
    }
  }

  async #kernelDispatch(kernel: Kernel, calls: readonly KernelArguments[]): Promise<Dispatch> {
    const pipeline = await this.#pipeline(kernel, shaderOf(kernel));
    const stride = paramsWords(kernel);
    const table = new Uint32Array(stride * calls.length);
    let threads = 0;
    calls.forEach((args, index) => {
      threads = Math.max(threads, kernel.threads(args));
      table.set(encodeParams(kernel, args), stride * index);
    });
    const x = Math.ceil(threads / WORKGROUP_THREADS);
    return { pipeline, table, first: this.#zero, x, y: calls.length };
  }

  async #copyDispatches(copies: readonly Copy[]): Promise<Dispatch[]> {
    const pipeline = await this.#pipeline(undefined, copySource);
    const pieces: number[] = [];
    for (const { from, to, words } of copies)
      for (let at = 0; at < words; at += PIECE_WORDS)
        pieces.push(from + at, to + at, Math.min(PIECE_WORDS, words - at));
    const count = pieces.length / 3;
    const most = this.#device.limits.maxComputeWorkgroupsPerDimension;
    const y = Math.ceil(count / most);
    return count === 0 ? [] : [{ pipeline, table: Uint32Array.from(pieces), x: Math.ceil(count / y), y }];
  }

  #pipeline(kernel: Kernel | undefined, code: string) {
    let pipeline = this.#pipelines.get(kernel);
    if (pipeline === undefined) {
      pipeline = this.#device.createComputePipelineAsync({
        layout: "auto",
        compute: { module: this.#device.createShaderModule({ code }), entryPoint: "main" },
      });
      this.#pipelines.set(kernel, pipeline);
    }
    return pipeline;
  }
}

const isDispatch = (command: Command): command is Dispatch => "pipeline" in command;
