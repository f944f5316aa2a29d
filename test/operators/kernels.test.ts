import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Kernel } from "../../src/operators/kernel.js";
import { linear } from "../../src/operators/linear/operator.js";
import { operators } from "../../src/operators/registry.js";
import { add } from "../../src/operators/add/operator.js";
import { shaderOf } from "../../src/operators/shader.js";
import { openDevice } from "../../src/run/webgpu/device.js";
import { expectClose, expectSameMemory, rows, swiftShader } from "./expect.js";
import { GpuMemory } from "./gpu-memory.js";
import { evaluateReference, prepare, runOnCpu, runOnGpu, type NodeCase } from "./node-case.js";
import { anyNode, shapedOperators } from "./random-cases.js";

/** What the CPU kernels give, the reference told of the choice that they made. */
function agreesWithReference(node: NodeCase, divide: boolean): void {
  const { memory, launches, read } = prepare(node, { divide });
  const value = read(runOnCpu(memory, launches));
  const executed = value.kind === "gate" ? value.experts : undefined;
  expectClose(value, evaluateReference(node, executed).value);
}

describe.each(shapedOperators)("%s", (name) => {
  it("agrees on the CPU with its definition, whole and divided", () => {
    fc.assert(fc.property(anyNode(name), fc.boolean(), agreesWithReference), { numRuns: 200 });
  });

  it("leaves the same memory on WebGPU as on the CPU", async () => {
    const device = await swiftShader();
    for (const node of fc.sample(anyNode(name), { numRuns: 20, seed: 7 })) {
      const { memory, launches } = prepare(node);
      expectSameMemory(await runOnGpu(device, memory, launches), runOnCpu(memory, launches));
    }
  });
});

describe("WGSL", () => {
  const kernels = new Map<string, Kernel>(
    [...operators.values()].flatMap((each) => each.parts.map(({ kernel }) => [kernel.name, kernel] as const)),
  );
  let device: GPUDevice;
  beforeAll(async () => {
    ({ device } = await openDevice({ adapter: "null" }));
  });

  it.each([...kernels])("of %s is valid", async (_, kernel) => {
    device.pushErrorScope("validation");
    const module = device.createShaderModule({ code: shaderOf(kernel) });
    const { messages } = await module.getCompilationInfo();
    device.createComputePipeline({ layout: "auto", compute: { module, entryPoint: "main" } });
    expect([messages.map((each) => each.message), await device.popErrorScope()]).toEqual([[], null]);
  });

  it("is told apart from invalid WGSL by the same means", async () => {
    device.pushErrorScope("validation");
    device.createShaderModule({ code: shaderOf({ ...kernels.get("add")!, wgsl: "fn kernel() {}" }) });
    expect(await device.popErrorScope()).not.toBeNull();
  });
});

describe("a dispatch", () => {
  it("serves several ranks, each with its own memory and number of rows", async () => {
    const nodes = [1, 3, 0].map((count): NodeCase => ({
      operator: linear,
      dims: { in: 1, width: 2 },
      options: {},
      inputs: [rows(1, ...Array.from({ length: count }, (_, i) => i + 1))],
      weights: { w: [10 * count, 1] },
    }));
    const prepared = nodes.map((node) => prepare(node));
    const sizes = prepared.map(({ memory }) => memory.length);
    const begins = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, each) => sum + each, 0));
    const all = new Uint32Array(sizes.reduce((sum, each) => sum + each));
    prepared.forEach(({ memory }, i) => {
      all.set(memory, begins[i]);
    });
    const offsets = ["x", "w", "out"];
    const gpu = new GpuMemory(await swiftShader(), all);
    const kernel = linear.parts[0]!.kernel;
    gpu.launch(
      kernel,
      prepared.map(({ launches }, i) =>
        Object.fromEntries(
          Object.entries(launches[0]!.args).map(([key, value]) => [
            key,
            offsets.includes(key) ? value + begins[i]! : value,
          ]),
        ),
      ),
    );
    const result = await gpu.read();
    const values = prepared.map(({ read }, i) => read(result.slice(begins[i], begins[i]! + sizes[i]!)));
    expectClose(values[0]!, rows(2, 10, 1));
    expectClose(values[1]!, rows(2, 30, 1, 60, 2, 90, 3));
    expectClose(values[2]!, rows(2));
  });
});

describe("add", () => {
  it("may write over either input", async () => {
    const device = await swiftShader();
    const { kernel } = add.parts[0]!;
    const memory = new Uint32Array(Float32Array.of(1, 2, 10, 20).buffer);
    const args = { a: 0, b: 2, row_begin: 0, row_end: 1, width: 2 };
    const inPlaceOf = (out: number) => [{ kernel, args: { ...args, out } }];
    for (const run of [
      (out: number) => runOnCpu(memory, inPlaceOf(out)),
      (out: number) => runOnGpu(device, memory, inPlaceOf(out)),
    ]) {
      expect([...new Float32Array((await run(0)).buffer)]).toEqual([11, 22, 10, 20]);
      expect([...new Float32Array((await run(2)).buffer)]).toEqual([1, 2, 11, 22]);
    }
  });
});
