// What WebGPU itself costs here, apart from any kernel: opening a device, a dispatch, a read-back.
import { bench } from "vitest";
import { openDevice } from "../../src/run/webgpu/device.js";

const { device, adapter } = await openDevice();
const dispatches = 1000;
const stride = device.limits.minStorageBufferOffsetAlignment;
const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
const values = device.createBuffer({ size: dispatches * stride, usage: STORAGE | COPY_SRC });
const result = device.createBuffer({ size: stride, usage: COPY_DST | MAP_READ });

const layout = device.createBindGroupLayout({
  entries: [
    {
      binding: 0,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: "storage", hasDynamicOffset: true, minBindingSize: 256 },
    },
  ],
});
// Unlike its synchronous sister, this one rejects what is invalid.
const pipeline = await device.createComputePipelineAsync({
  layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
  compute: {
    module: device.createShaderModule({
      code: `
        @group(0) @binding(0) var<storage, read_write> value: array<f32, 64>;
        @compute @workgroup_size(64) fn main(@builtin(local_invocation_index) i: u32) { value[i] += 1; }`,
    }),
  },
});
const group = device.createBindGroup({
  layout,
  entries: [{ binding: 0, resource: { buffer: values, size: stride } }],
});

function submit(count: number): void {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  for (let i = 0; i < count; i++) {
    pass.setBindGroup(0, group, [i * stride]);
    pass.dispatchWorkgroups(1);
  }
  pass.end();
  device.queue.submit([encoder.finish()]);
}

async function readBack(): Promise<void> {
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(values, 0, result, 0, stride);
  device.queue.submit([encoder.finish()]);
  await result.mapAsync(GPUMapMode.READ);
  result.unmap();
}

bench("open a device", async () => {
  (await openDevice()).destroy();
});

bench(`copy and read back (${adapter})`, readBack);

for (const count of [1, dispatches]) {
  bench(`dispatch ${count} in one submit, copy and read back`, async () => {
    submit(count);
    await readBack();
  });
}
