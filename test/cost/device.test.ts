import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeTime, defaultParameters, gemmTime, idealTime, peakFlops } from "../../src/cost/index.js";
import type { ComputeWork, CostParameters } from "../../src/cost/index.js";
import type { Gpu } from "../../src/plan/index.js";

const gpu: Gpu = {
  memory_bytes: 80e9,
  memory_bandwidth_bytes_per_s: 1e12,
  sms: 4,
  peak_flops: { bf16: 4e12 },
};
/** Nothing but tiles and waves: operands load at once, results are written for nothing, and all is hidden. */
const plain: CostParameters = {
  ...defaultParameters,
  ...{ gemmEfficiency: 1, fp8GemmEfficiency: 0.5, attentionEfficiency: 0.5, memoryEfficiency: 0.5 },
  ...{ operandEdge: 0, tileStore: 0, pipelineFill: 0, unhidden: 0, blockScaleStart: 0, splitStart: Infinity },
  ...{
    lastWave: 1,
    memorySaturation: 0.5,
    kernelStart: 0,
    expertBf16Efficiency: 1,
    expertMemoryEfficiency: 0.5,
  },
};
/** The least tile (16 x 64) of k = 1000 on one SM of 1 TFLOP/s: 2 * 16 * 64 * 1000 FLOPs. */
const TILE_US = 2.048;

const gemm = (groupRows: number[], n: number, dtype: "bf16" | "fp8" = "bf16"): ComputeWork => {
  const rows = groupRows.reduce((sum, each) => sum + each, 0);
  return { class: "gemm", flops: 2 * rows * n * 1000, bytes: 0, dtype, gemm: { groupRows, n, k: 1000 } };
};
const time = (work: ComputeWork, sms = 4, parameters = plain): number =>
  computeTime(gpu, work, sms, parameters);

describe("a matrix product", () => {
  it("takes as long as the waves of its tiles", () => {
    expect(time(gemm([16], 256))).toBeCloseTo(TILE_US, 9);
    expect(time(gemm([16], 320))).toBeCloseTo(2 * TILE_US, 9);
    expect(time(gemm([16], 320), 4, { ...plain, lastWave: 0 })).toBeCloseTo(1.25 * TILE_US, 9);
  });

  it("takes no less than a tile, unless its k is divided among idle SMs", () => {
    expect(time(gemm([16], 64))).toBeCloseTo(TILE_US, 9);
    expect(time(gemm([16], 64), 4, { ...plain, splitStart: 0.1 })).toBeCloseTo(TILE_US / 4 + 0.1, 2);
  });

  it("pays for the padding of each group", () => {
    expect(time(gemm([16, 16], 128))).toBeCloseTo(TILE_US, 9);
    expect(time(gemm([1, 31], 128))).toBeCloseTo(2 * TILE_US, 9);
  });

  it("takes larger tiles, where loading the operands of small ones takes long", () => {
    const loading = { ...plain, operandEdge: 64 };
    // Four tiles of 256 x 128 instead of sixteen of 64 x 128: 1 + 32 * (1 / 256 + 1 / 128) = 1.375 times their arithmetic.
    expect(time(gemm([1024], 128), 4, loading)).toBeCloseTo(32 * TILE_US * 1.375, 6);
  });

  it("takes twice as long on half of the SMs", () => {
    expect(time(gemm([16], 256), 2)).toBeCloseTo(2 * TILE_US, 9);
  });

  it("reads its weights at memory bandwidth where that takes longer", () => {
    expect(time({ ...gemm([1], 128), bytes: 1e9 })).toBeCloseTo(2000, 9);
  });

  it("shows a part of the shorter of arithmetic and memory", () => {
    expect(time({ ...gemm([16], 256), bytes: 1e9 }, 4, { ...plain, unhidden: 0.5 })).toBeCloseTo(
      2000 + TILE_US / 2,
      9,
    );
  });

  it("of fp8 runs at the rate of bf16 where the machine has none for fp8, and casts nothing", () => {
    expect(peakFlops(gpu, "fp8")).toBe(4e12);
    const parameters = { ...plain, weightOnlyStart: 0 };
    expect(time(gemm([16], 256, "fp8"), 4, parameters)).toBeCloseTo(TILE_US, 9);
  });

  it("of fp8 writes its activations as fp8 first", () => {
    const native = { ...gpu, peak_flops: { ...gpu.peak_flops, fp8: 16e12 } };
    const castUs = (16 * 1000 * 3) / (plain.castEfficiency * 0.5e6);
    expect(computeTime(native, gemm([16], 256, "fp8"), 4, plain)).toBeCloseTo(TILE_US / 2 + castUs, 9);
  });
});

describe("formats of a product", () => {
  const h100: Gpu = {
    memory_bytes: 80e9,
    memory_bandwidth_bytes_per_s: 3.35e12,
    sms: 132,
    peak_flops: { bf16: 989e12, fp8: 1979e12, int8: 1979e12 },
  };
  const of = (format: Parameters<typeof gemmTime>[2], rows: number): number =>
    gemmTime(h100, { rows, n: 8192, k: 8192 }, format, 132, defaultParameters);

  it("with narrow weights alone save bytes where few rows wait for them, and nothing else", () => {
    expect(of("int4_weights", 1)).toBeLessThan(of("int8_weights", 1));
    expect(of("int8_weights", 1)).toBeLessThan(of("bf16", 1));
    expect(of("int4_weights", 8192)).toBeGreaterThan(of("bf16", 8192));
  });

  it("with both operands narrow save arithmetic too", () => {
    expect(of("fp8_block", 8192)).toBeLessThan(of("bf16", 8192) / 1.3);
  });
});

describe("other kernels", () => {
  it("of class memory take their bytes at the bandwidth they reach, and their start", () => {
    const work: ComputeWork = { class: "memory", flops: 1e15, bytes: 1e6 };
    expect(time(work, 4, { ...plain, kernelStart: 3 })).toBeCloseTo(2 + 3, 9);
    // Half of the SMs saturates the memory; a quarter reaches half.
    expect(time(work, 2)).toBeCloseTo(2, 9);
    expect(time(work, 1)).toBeCloseTo(4, 9);
  });

  it("of class attention take the longer of arithmetic and bytes", () => {
    expect(time({ class: "attention", flops: 4e6, bytes: 0, dtype: "bf16" })).toBeCloseTo(2, 9);
    expect(time({ class: "attention", flops: 4e6, bytes: 4e6, dtype: "bf16" })).toBeCloseTo(8, 9);
  });
});

describe("for any shape", () => {
  const works = fc
    .record({
      kind: fc.constantFrom("gemm" as const, "attention" as const, "memory" as const),
      groupRows: fc.array(fc.nat(2000), { minLength: 1, maxLength: 8 }),
      n: fc.integer({ min: 1, max: 4000 }),
      bytes: fc.nat(1e8),
    })
    .map(({ kind, groupRows, n, bytes }): ComputeWork => ({ ...gemm(groupRows, n), class: kind, bytes }));

  it("no time is below the roofline at peak rates", () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 1, max: 4 }), (work, sms) => {
        expect(computeTime(gpu, work, sms, defaultParameters)).toBeGreaterThanOrEqual(idealTime(gpu, work));
      }),
    );
  });

  it("more SMs and less work are never slower", () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 1, max: 3 }), (work, sms) => {
        const here = computeTime(gpu, work, sms, defaultParameters);
        expect(computeTime(gpu, work, sms + 1, defaultParameters)).toBeLessThanOrEqual(here * (1 + 1e-12));
        const more = { ...work, flops: work.flops * 1.5, bytes: work.bytes * 1.5 };
        expect(computeTime(gpu, more, sms, defaultParameters)).toBeGreaterThanOrEqual(here);
      }),
    );
  });
});
