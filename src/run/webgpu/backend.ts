// The WebGPU backend: one storage buffer is the memory of all ranks. Operations are collected and sent to the GPU when
// something is read back.
import type { Kernel, KernelArguments } from "../../operators/kernel.js";
import {
  memoryWords,
  POISON,
  type Backend,
  type MemoryShape,
  type Touched,
  type WordRange,
} from "../backend.js";
import { Batches } from "./batches.js";
import { BYTES, Commands, isDispatch } from "./commands.js";
import { BackendUnavailable, type OpenDevice } from "./device.js";

/** Words of the buffer that poison is copied from. */
const POISON_WORDS = 1 << 16;

export class WebGpuBackend implements Backend {
  readonly name = "webgpu";
  readonly adapter: string;
  readonly #open: OpenDevice;
  readonly #device: GPUDevice;
  readonly #memory: GPUBuffer;
  readonly #poison: GPUBuffer;
  readonly #batches: Batches;
  readonly #commands: Commands;
  /** What is sent to the GPU is sent in the order of the calls. */
  #queue: Promise<unknown> = Promise.resolve();

  static create(open: OpenDevice, shape: MemoryShape): Promise<WebGpuBackend> {
    const { device, adapter } = open;
    const bytes = BYTES * memoryWords(shape);
    const most = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
    if (bytes > most)
      return Promise.reject(
        new BackendUnavailable(
          `The plan's miniature needs ${bytes} bytes in one buffer; ${adapter} allows ${most}.`,
        ),
      );
    return Promise.resolve(new WebGpuBackend(open, shape));
  }

  private constructor(open: OpenDevice, shape: MemoryShape) {
    const { device, adapter } = open;
    this.#open = open;
    this.#device = device;
    this.adapter = adapter;
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const size = BYTES * memoryWords(shape);
    this.#memory = device.createBuffer({ size, usage: STORAGE | COPY_SRC | COPY_DST });
    this.#commands = new Commands(device, this.#memory);
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
    this.#commands.destroy();
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
    const commands = (await Promise.all(batches.map((batch) => this.#commands.of(batch)))).flat();
    const { tables, offsets } = this.#commands.writeTables(commands.filter(isDispatch));
    const encoder = this.#device.createCommandEncoder();
    let pass: GPUComputePassEncoder | undefined;
    for (const command of commands) {
      if (isDispatch(command)) {
        pass ??= encoder.beginComputePass();
        this.#commands.encode(pass, command, tables, offsets.get(command) ?? 0);
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
}
