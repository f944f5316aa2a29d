// Expectations on values and on whole memories.
import { afterAll, expect } from "vitest";
import type { DenseValue } from "../../src/operators/operator.js";
import { openDevice, type OpenDevice } from "../../src/run/webgpu/device.js";
import { evaluateReference, prepare, runOnCpu, runOnGpu, type NodeCase } from "./node-case.js";

let opened: Promise<OpenDevice> | undefined;
afterAll(async () => {
  (await opened)?.destroy();
  opened = undefined;
});

/** SwiftShader, opened once for each file of tests. */
export async function swiftShader(): Promise<GPUDevice> {
  opened ??= openDevice({ adapter: "swiftshader" });
  return (await opened).device;
}

const numbersOf = (value: DenseValue): readonly number[] => [
  ...(value.kind === "gate" ? value.weights : value.data),
];

/** Equal but for max |a - b| / (max |b| + tiny) <= tolerance; experts must be the same. */
export function expectClose(actual: DenseValue, expected: DenseValue, tolerance = 1e-5): void {
  if (expected.kind === "gate" && actual.kind === "gate") expect(actual.experts).toEqual(expected.experts);
  const [a, b] = [numbersOf(actual), numbersOf(expected)];
  expect(a).toHaveLength(b.length);
  const largest = b.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  a.forEach((each, i) => {
    if (!(Math.abs(each - b[i]!) <= tolerance * (largest + 1e-30))) expect(a, `element ${i}`).toEqual(b);
  });
}

/** Two images of one memory: the same words, or floats that differ by rounding. */
export function expectSameMemory(actual: Uint32Array, expected: Uint32Array, tolerance = 1e-5): void {
  const [a, b] = [new Float32Array(actual.buffer), new Float32Array(expected.buffer)];
  const largest = b.reduce(
    (most, each) => (Number.isFinite(each) ? Math.max(most, Math.abs(each)) : most),
    0,
  );
  actual.forEach((word, i) => {
    if (word === expected[i]) return;
    const close = Math.abs(a[i]! - b[i]!) <= tolerance * largest;
    expect(close, `word ${i}: ${a[i]!} on WebGPU, ${b[i]!} on the CPU`).toBe(true);
  });
}

/** The value worked out by hand must come from the reference, the CPU kernels and the WGSL kernels, undivided and divided. */
export async function expectEverywhere(node: NodeCase, expected: DenseValue): Promise<void> {
  expectClose(evaluateReference(node).value, expected, 1e-6);
  const device = await swiftShader();
  for (const divide of [false, true]) {
    const { memory, launches, read } = prepare(node, { divide });
    expectClose(read(runOnCpu(memory, launches)), expected, 1e-6);
    expectClose(read(await runOnGpu(device, memory, launches)), expected, 1e-6);
  }
}

export const rows = (width: number, ...data: readonly number[]): Extract<DenseValue, { kind: "rows" }> => ({
  kind: "rows",
  width,
  data: Float64Array.from(data),
});
