// A memory on a WebGPU device, on which kernels run one dispatch after another.
import type { Kernel, KernelArguments } from "../../src/operators/kernel.js";
import { encodeParams, paramsWords, shaderOf, WORKGROUP_THREADS } from "../../src/operators/shader.js";

/** Compiling is what takes long on SwiftShader. */
const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

function pipelineOf(device: GPUDevice, kernel: Kernel): GPUComputePipeline {
  const known = pipelines.get(device) ?? new Map<string, GPUComputePipeline>();
  pipelines.set(device, known);
  const module = () => device.createShaderModule({ code: shaderOf(kernel) });
  const pipeline =
    known.get(kernel.name) ??
    device.createComputePipeline({ layout: "auto", compute: { module: module(), entryPoint: "main" } });
  known.set(kernel.name, pipeline);
  return pipeline;
}

export class GpuMemory {
  readonly #device: GPUDevice;
  readonly #memory: GPUBuffer;

  constructor(device: GPUDevice, memory: Uint32Array) {
    this.#device = device;
    this.#memory = this.#buffer(memory, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
  }

  /** One dispatch for several instances, each with arguments of its own. */
  launch(kernel: Kernel, instances: readonly KernelArguments[]): void {
    const threads = Math.max(...instances.map((args) => kernel.threads(args)));
    if (threads === 0) return;
    const table = new Uint32Array((instances.length + 1) * paramsWords(kernel)).fill(0xffffffff);
    // Behind a first instance that must not run: `first` skips it.
    instances.forEach((args, i) => {
      table.set(encodeParams(kernel, args), (i + 1) * paramsWords(kernel));
    });
    const pipeline = pipelineOf(this.#device, kernel);
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    const resources = [
      this.#memory,
      this.#buffer(table, GPUBufferUsage.STORAGE),
      this.#buffer(Uint32Array.of(1), GPUBufferUsage.UNIFORM),
    ];
    pass.setBindGroup(
      0,
      this.#device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: resources.map((buffer, binding) => ({ binding, resource: { buffer } })),
      }),
    );
    pass.dispatchWorkgroups(Math.ceil(threads / WORKGROUP_THREADS), instances.length);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  async read(): Promise<Uint32Array> {
    const staging = this.#device.createBuffer({
      size: this.#memory.size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.#memory, 0, staging, 0, this.#memory.size);
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    return new Uint32Array(staging.getMappedRange().slice(0));
  }

  #buffer(data: Uint32Array, usage: number): GPUBuffer {
    const buffer = this.#device.createBuffer({ size: data.byteLength, usage, mappedAtCreation: true });
    new Uint32Array(buffer.getMappedRange()).set(data);
    buffer.unmap();
    return buffer;
  }
}
