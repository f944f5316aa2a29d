// Turns batches into what a command encoder takes: dispatches with their tables of arguments, and ranges to poison.
import type { Kernel, KernelArguments } from "../../operators/kernel.js";
import { encodeParams, paramsWords, shaderOf, WORKGROUP_THREADS } from "../../operators/shader.js";
import type { WordRange } from "../backend.js";
import type { Batch, Copy } from "./batches.js";
import copySource from "./copy.wgsl";

/** Bytes of a word. */
export const BYTES = 4;
/** Words that a workgroup copies. */
const PIECE_WORDS = 512;

/** What only needs to be encoded: a dispatch, or ranges to poison. */
export type Command = Dispatch | readonly WordRange[];

export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly table: Uint32Array;
  /** For kernels: a uniform that says at which entry of the table to begin. */
  readonly first?: GPUBuffer;
  readonly x: number;
  readonly y: number;
}

/** Pipelines by device and kernel (undefined: copies), since compiling them takes longer than a small execution. */
const pipelinesOf = new WeakMap<GPUDevice, Map<Kernel | undefined, Promise<GPUComputePipeline>>>();

export const isDispatch = (command: Command): command is Dispatch => "pipeline" in command;

export class Commands {
  readonly #device: GPUDevice;
  readonly #memory: GPUBuffer;
  readonly #zero: GPUBuffer;
  readonly #pipelines: Map<Kernel | undefined, Promise<GPUComputePipeline>>;

  /** `memory` is what all of them work on. */
  constructor(device: GPUDevice, memory: GPUBuffer) {
    this.#device = device;
    this.#memory = memory;
    this.#zero = device.createBuffer({ size: 4 * BYTES, usage: GPUBufferUsage.UNIFORM });
    this.#pipelines = pipelinesOf.get(device) ?? new Map<Kernel | undefined, Promise<GPUComputePipeline>>();
    pipelinesOf.set(device, this.#pipelines);
  }

  async of(batch: Batch): Promise<Command[]> {
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

  /** A buffer that holds the tables of dispatches, and where each begins. */
  writeTables(dispatches: readonly Dispatch[]) {
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

  /** Adds a dispatch whose table begins at `offset`. */
  encode(
    pass: GPUComputePassEncoder,
    { pipeline, table, first, x, y }: Dispatch,
    tables: GPUBuffer,
    offset: number,
  ): void {
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

  destroy(): void {
    this.#zero.destroy();
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
