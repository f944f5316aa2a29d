import { spawnSync } from "node:child_process";
import { build } from "esbuild";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BackendUnavailable, openDevice } from "../../../src/run/webgpu/device.js";
import type { OpenDevice } from "../../../src/run/webgpu/device.js";

const squares = `
  @group(0) @binding(0) var<storage, read_write> values: array<f32>;
  @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
    if (id.x < arrayLength(&values)) { values[id.x] = values[id.x] * values[id.x]; }
  }`;

/** Runs `shader` once over `input` on the device and reads the buffer back. */
async function compute(device: GPUDevice, shader: string, input: Float32Array<ArrayBuffer>) {
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const size = input.byteLength;
  const values = device.createBuffer({ size, usage: STORAGE | COPY_SRC | COPY_DST });
  const result = device.createBuffer({ size, usage: COPY_DST | MAP_READ });
  device.queue.writeBuffer(values, 0, input);
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module: device.createShaderModule({ code: shader }) },
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [{ binding: 0, resource: { buffer: values } }],
    }),
  );
  pass.dispatchWorkgroups(Math.ceil(input.length / 64));
  pass.end();
  encoder.copyBufferToBuffer(values, 0, result, 0, size);
  device.queue.submit([encoder.finish()]);
  await result.mapAsync(GPUMapMode.READ);
  const output = new Float32Array(result.getMappedRange().slice(0));
  result.unmap();
  return output;
}

const opened: OpenDevice[] = [];
async function open(...options: Parameters<typeof openDevice>) {
  const device = await openDevice(...options);
  opened.push(device);
  return device;
}

afterEach(() => {
  for (const { destroy } of opened.splice(0)) destroy();
  vi.unstubAllEnvs();
});

describe("a device on SwiftShader", () => {
  it("executes a compute shader", async () => {
    const { device, adapter } = await open({ adapter: "swiftshader" });
    expect(adapter).toMatch(/swiftshader/i);
    const input = Float32Array.from({ length: 100 }, (_, i) => i - 50);
    expect(await compute(device, squares, input)).toEqual(input.map((value) => value * value));
  });

  it("leaves the environment as it was", async () => {
    vi.stubEnv("VK_DRIVER_FILES", undefined);
    vi.stubEnv("VK_ICD_FILENAMES", "/nowhere/none.json");
    await open({ adapter: "swiftshader" });
    expect(process.env["VK_ICD_FILENAMES"]).toBe("/nowhere/none.json");
    expect("VK_DRIVER_FILES" in process.env).toBe(false);
  });

  it("allows buffers beyond WebGPU's default of 128 MiB for a binding", async () => {
    const { device } = await open({ adapter: "swiftshader" });
    expect(device.limits.maxStorageBufferBindingSize).toBeGreaterThan(128 * 2 ** 20);
    expect(device.limits.maxBufferSize).toBeGreaterThan(256 * 2 ** 20);
  });
});

describe("the null backend", () => {
  const compile = async (code: string) => {
    const { device } = await open({ adapter: "null" });
    device.pushErrorScope("validation");
    const { messages } = await device.createShaderModule({ code }).getCompilationInfo();
    const error = await device.popErrorScope();
    return { error, messages: messages.map(({ type, lineNum, linePos }) => ({ type, lineNum, linePos })) };
  };

  it("accepts a right shader", async () => {
    expect(await compile(squares)).toEqual({ error: null, messages: [] });
  });

  it("names the line and column of a mistake", async () => {
    const { error, messages } = await compile("fn f() -> f32 {\n  return nothing;\n}\n");
    expect(error).not.toBeNull();
    expect(messages).toEqual([{ type: "error", lineNum: 2, linePos: 10 }]);
  });
});

describe("the choice of adapter", () => {
  it("comes from WEFT_ADAPTER when the caller leaves it open", async () => {
    vi.stubEnv("WEFT_ADAPTER", "null");
    expect((await open()).adapter).toBe("null-backend");
  });

  it("of the caller beats WEFT_ADAPTER", async () => {
    vi.stubEnv("WEFT_ADAPTER", "gpu");
    expect((await open({ adapter: "null" })).adapter).toBe("null-backend");
  });

  it("explains a value of WEFT_ADAPTER that does not exist", async () => {
    vi.stubEnv("WEFT_ADAPTER", "fastest");
    await expect(openDevice()).rejects.toThrow(BackendUnavailable);
    await expect(openDevice()).rejects.toThrow(/"fastest".*auto, gpu, swiftshader, null/);
  });
});

describe("a process that opened devices", () => {
  // Dawn aborts a process that collects its instance before its devices; a crash would only show in the exit code.
  const script = (body: string) => `
    import { openDevice } from "./src/run/webgpu/device.ts";
    const open = () => openDevice({ adapter: "swiftshader" });
    ${body}
    console.log("done");`;

  async function run(body: string) {
    const bundle = await build({
      stdin: { contents: script(body), resolveDir: process.cwd(), loader: "ts" },
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
      write: false,
    });
    const input = bundle.outputFiles[0]!.text;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", "--input-type=module"], {
      input,
      encoding: "utf8",
      timeout: 30_000,
    });
    return { status, stdout, stderr };
  }
  const cleanExit = { status: 0, stdout: "done\n", stderr: "" };

  it.each([
    ["still holds one", "globalThis.kept = await open();"],
    ["destroyed one it still holds", "globalThis.kept = await open(); globalThis.kept.destroy();"],
    [
      "collects garbage while it holds one",
      `globalThis.kept = await open();
       for (let i = 0; i < 5; i++) {
         globalThis.gc();
         await new Promise((resolve) => setTimeout(resolve, 5));
       }
       await globalThis.kept.device.queue.onSubmittedWorkDone();`,
    ],
    [
      "dropped and collected some",
      `for (let i = 0; i < 4; i++) {
         const { device, destroy } = await open();
         device.createBuffer({ size: 1024, usage: GPUBufferUsage.STORAGE });
         if (i % 2 === 0) destroy();
         await new Promise((resolve) => setTimeout(resolve, 5));
         globalThis.gc();
       }`,
    ],
    [
      "is still mapping a buffer",
      `const { device, destroy } = await open();
       const buffer = device.createBuffer({ size: 1024, usage: GPUBufferUsage.MAP_READ });
       void buffer.mapAsync(GPUMapMode.READ).catch(() => {});
       destroy();`,
    ],
  ])("ends cleanly when it %s", async (_, body) => {
    expect(await run(body)).toEqual(cleanExit);
  });
});
