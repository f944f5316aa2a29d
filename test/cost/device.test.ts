import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeTime, defaultParameters, idealTime, peakFlops } from "../../src/cost/index.js";
import type { ComputeWork, CostParameters } from "../../src/cost/index.js";
import type { Gpu } from "../../src/plan/index.js";

const gpu: Gpu = {
  memory_bytes: 80e9,
  memory_bandwidth_bytes_per_s: 1e12,
  sms: 4,
  peak_flops: { bf16: 4e12 },
};
const plain: CostParameters = {
  ...defaultParameters,
  ...{ gemmEfficiency: 1, fp8GemmEfficiency: 0.5, attentionEfficiency: 0.5, memoryEfficiency: 0.5 },
  ...{ lastWave: 1, leastWave: 0, memorySaturation: 0.5, kernelStart: 0 },
};
/** One tile of k = 1000 on one SM of 1 TFLOP/s: 2 * 128 * 128 * 1000 FLOPs. */
const TILE_US = 32.768;

const gemm = (groupRows: number[], n: number, dtype: "bf16" | "fp8" = "bf16"): ComputeWork => {
  const rows = groupRows.reduce((sum, each) => sum + each, 0);
  return { class: "gemm", flops: 2 * rows * n * 1000, bytes: 0, dtype, gemm: { groupRows, n, k: 1000 } };
};
const time = (work: ComputeWork, sms = 4, parameters = plain): number =>
  computeTime(gpu, work, sms, parameters);

describe("a matrix product", () => {
  it("takes as long as the waves of its tiles", () => {
    expect(time(gemm([256], 256))).toBeCloseTo(TILE_US, 9);
    expect(time(gemm([640], 128))).toBeCloseTo(2 * TILE_US, 9);
    expect(time(gemm([640], 128), 4, { ...plain, lastWave: 0 })).toBeCloseTo(1.25 * TILE_US, 9);
  });

  it("pays for the padding of each group", () => {
    // 1 + 255 rows fill half a tile and two; 128 + 128 fill two.
    const waves = { ...plain, lastWave: 0 };
    expect(time(gemm([128, 128], 128), 4, waves)).toBeCloseTo(0.5 * TILE_US, 9);
    expect(time(gemm([1, 255], 128), 4, waves)).toBeCloseTo(0.625 * TILE_US, 9);
  });

  it("never takes less than the least share of a wave", () => {
    expect(time(gemm([128], 128), 4, { ...plain, lastWave: 0, leastWave: 0.5 })).toBeCloseTo(
      0.5 * TILE_US,
      9,
    );
  });

  it("takes twice as long on half of the SMs", () => {
    expect(time(gemm([256], 256), 2)).toBeCloseTo(2 * TILE_US, 9);
  });

  it("reads its weights at memory bandwidth where that takes longer", () => {
    expect(time({ ...gemm([1], 128), bytes: 1e9 })).toBeCloseTo(2000, 9);
  });

  it("of fp8 runs at the rate of bf16 where the machine has none for fp8", () => {
    expect(peakFlops(gpu, "fp8")).toBe(4e12);
    expect(time(gemm([256], 256, "fp8"))).toBeCloseTo(TILE_US, 9);
    const native = { ...gpu, peak_flops: { ...gpu.peak_flops, fp8: 16e12 } };
    expect(computeTime(native, gemm([256], 256, "fp8"), 4, plain)).toBeCloseTo(TILE_US / 2, 9);
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
