// The exchange on WebGPU: a storage buffer is the memory of a rank. A kernel packs, unpacks and adds rows within it; messages are
// copies from one buffer to another.
import { POISON } from "../backend.js";
import { BackendUnavailable, type OpenDevice } from "../webgpu/device.js";
import type { ExchangeMemory, ExchangeShape, Message, RowWork } from "./memory.js";
import source from "./rows.wgsl";

const BYTES = 4;
/** Words of a table before its entries, and of an entry. */
const ENTRY_WORDS = 4;
/** Steps that are sent to the GPU together. */
const STEPS_PER_BATCH = 2048;

type Step =
  | { readonly message: Message }
  | { readonly rank: number; readonly rows: number; readonly table: Uint32Array };

export class WebGpuExchangeMemory implements ExchangeMemory {
  readonly name = "webgpu";
  readonly adapter: string;
  readonly #device: GPUDevice;
  readonly #memories: readonly GPUBuffer[];
  #steps: Step[] = [];
  #tables: GPUBuffer[] = [];

  /** @throws {BackendUnavailable} where a rank needs more than the adapter has in one buffer */
  static async create(open: OpenDevice, shape: ExchangeShape): Promise<WebGpuExchangeMemory> {
    const { device, adapter } = open;
    const most = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
    const bytes = BYTES * shape.words.reduce((max, words) => Math.max(max, words), 0);
    if (bytes > most)
      throw new BackendUnavailable(`A rank needs ${bytes} bytes in one buffer; ${adapter} allows ${most}.`);
    return new WebGpuExchangeMemory(open, shape, await pipelineOf(device));
  }

  private constructor(
    readonly open: OpenDevice,
    readonly shape: ExchangeShape,
    readonly pipeline: GPUComputePipeline,
  ) {
    this.adapter = open.adapter;
    this.#device = open.device;
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    this.#memories = shape.words.map((words) => {
      const size = BYTES * Math.max(words, 1);
      const usage = STORAGE | COPY_SRC | COPY_DST;
      const buffer = this.#device.createBuffer({ size, usage, mappedAtCreation: true });
      new Uint32Array(buffer.getMappedRange()).fill(POISON);
      buffer.unmap();
      return buffer;
    });
  }

  write(rank: number, word: number, data: Uint32Array<ArrayBuffer>): void {
    this.#device.queue.writeBuffer(this.#memories[rank]!, BYTES * word, data);
  }

  work(work: RowWork): void {
    this.#add({ rank: work.rank, rows: work.targets.length, table: tableOf(work, this.shape.rowWords) });
  }

  carry(message: Message): void {
    this.#add({ message });
  }

  async read(ranges: readonly { readonly word: number; readonly words: number }[]): Promise<Uint32Array[]> {
    this.#submit();
    const staging = this.#device.createBuffer({
      size: BYTES * ranges.reduce((sum, { words }) => sum + words, 1),
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    const encoder = this.#device.createCommandEncoder();
    let end = 0;
    ranges.forEach(({ word, words }, rank) => {
      encoder.copyBufferToBuffer(this.#memories[rank]!, BYTES * word, staging, BYTES * end, BYTES * words);
      end += words;
    });
    this.#device.queue.submit([encoder.finish()]);
    const mapped = staging.mapAsync(GPUMapMode.READ);
    await (this.open.waitFor?.(mapped) ?? mapped);
    const data = new Uint32Array(staging.getMappedRange().slice(0));
    staging.destroy();
    for (const table of this.#tables.splice(0)) table.destroy();
    end = 0;
    return ranges.map(({ words }) => data.subarray(end, (end += words)));
  }

  destroy(): void {
    for (const buffer of [...this.#memories, ...this.#tables]) buffer.destroy();
  }

  #add(step: Step): void {
    this.#steps.push(step);
    if (this.#steps.length === STEPS_PER_BATCH) this.#submit();
  }

  #submit(): void {
    const steps = this.#steps.splice(0);
    const tables = this.#writeTables(steps);
    const encoder = this.#device.createCommandEncoder();
    let pass: GPUComputePassEncoder | undefined;
    for (const step of steps) {
      if ("message" in step) {
        pass?.end();
        pass = undefined;
        const { from, to, sent, received, words } = step.message;
        const [here, there] = [this.#memories[from]!, this.#memories[to]!];
        encoder.copyBufferToBuffer(here, BYTES * sent, there, BYTES * received, BYTES * words);
        continue;
      }
      pass ??= encoder.beginComputePass();
      pass.setPipeline(this.pipeline);
      const entries = [
        { binding: 0, resource: { buffer: this.#memories[step.rank]! } },
        { binding: 1, resource: tables.get(step)! },
      ];
      pass.setBindGroup(
        0,
        this.#device.createBindGroup({ layout: this.pipeline.getBindGroupLayout(0), entries }),
      );
      const y = Math.ceil(step.rows / this.#device.limits.maxComputeWorkgroupsPerDimension);
      pass.dispatchWorkgroups(Math.ceil(step.rows / y), y);
    }
    pass?.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  /** Writes tables to one buffer, and says where each of them is. */
  #writeTables(steps: readonly Step[]): Map<Step, GPUBufferBinding> {
    const align = this.#device.limits.minStorageBufferOffsetAlignment;
    const offsets = new Map<Step, { readonly table: Uint32Array; readonly offset: number }>();
    let end = 0;
    for (const step of steps)
      if ("table" in step) {
        offsets.set(step, { table: step.table, offset: end });
        end += Math.ceil(step.table.byteLength / align) * align;
      }
    if (offsets.size === 0) return new Map();
    const { STORAGE } = GPUBufferUsage;
    const buffer = this.#device.createBuffer({ size: end, usage: STORAGE, mappedAtCreation: true });
    const mapped = new Uint32Array(buffer.getMappedRange());
    for (const { table, offset } of offsets.values()) mapped.set(table, offset / BYTES);
    buffer.unmap();
    this.#tables.push(buffer);
    return new Map(
      [...offsets].map(([step, { table, offset }]) => [step, { buffer, offset, size: table.byteLength }]),
    );
  }
}

/** By device, since compiling takes longer than a small exchange. */
const pipelines = new WeakMap<GPUDevice, Promise<GPUComputePipeline>>();

function pipelineOf(device: GPUDevice): Promise<GPUComputePipeline> {
  let pipeline = pipelines.get(device);
  if (pipeline === undefined) {
    const compute = { module: device.createShaderModule({ code: source }), entryPoint: "main" };
    pipelines.set(device, (pipeline = device.createComputePipelineAsync({ layout: "auto", compute })));
  }
  return pipeline;
}

/** See rows.wgsl. */
function tableOf({ targets }: RowWork, rowWords: number): Uint32Array {
  const summands = targets.reduce((sum, { from }) => sum + from.length, 0);
  const table = new Uint32Array(ENTRY_WORDS * (1 + targets.length) + summands);
  table.set([rowWords, targets.length]);
  let first = ENTRY_WORDS * (1 + targets.length);
  targets.forEach(({ to, keeps, from }, row) => {
    table.set([to, first, from.length, keeps ? 1 : 0], ENTRY_WORDS * (1 + row));
    table.set(from, first);
    first += from.length;
  });
  return table;
}
