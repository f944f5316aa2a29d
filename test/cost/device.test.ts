import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeTime, defaultParameters, gemmTime, idealTime, peakFlops } from "../../src/cost/index.js";
import { gemmFormats } from "../../src/cost/device/formats.js";
import { gemmBytes } from "../../src/cost/device/gemm.js";
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
  ...{ gemmEfficiency: 1, fp8GemmEfficiency: 0.5, attentionEfficiency: 0.25, memoryEfficiency: 0.5 },
  ...{ rowKernelEfficiency: 1, attentionBlock: 1 },
  ...{ operandEdge: 0, tileStore: 0, pipelineFill: 0, unhidden: 0, blockScaleStart: 0, splitStart: Infinity },
  ...{
    lastWave: 1,
    memorySaturation: 0.5,
    kernelStart: 0,
    expertBf16Efficiency: 1,
    expertMemoryEfficiency: 0.5,
  },
};
/** The least tile of bf16 (64 x 64) of k = 1000 on one SM of 1 TFLOP/s: 2 * 64 * 64 * 1000 FLOPs. */
const TILE_US = 8.192;

const gemm = (groupRows: number[], n: number, dtype: "bf16" | "fp8" = "bf16"): ComputeWork => {
  const rows = groupRows.reduce((sum, each) => sum + each, 0);
  return { class: "gemm", flops: 2 * rows * n * 1000, bytes: 0, dtype, gemm: { groupRows, n, k: 1000 } };
};
interface ProductCase {
  readonly format: keyof typeof gemmFormats;
  readonly rows: number;
  readonly n: number;
  readonly k: number;
  readonly sms: number;
}
/** More tiles keep more SMs reading. */
const TILE_EFFECT = 0.02;

const time = (work: ComputeWork, sms = 4, parameters = plain): number =>
  computeTime(gpu, work, sms, parameters);

describe("a matrix product", () => {
  it("takes as long as the waves of its tiles", () => {
    expect(time(gemm([64], 256))).toBeCloseTo(TILE_US, 9);
    expect(time(gemm([64], 320))).toBeCloseTo(2 * TILE_US, 9);
    expect(time(gemm([64], 320), 4, { ...plain, lastWave: 0 })).toBeCloseTo(1.25 * TILE_US, 9);
  });

  it("takes no less than a tile, unless its k is divided among idle SMs", () => {
    expect(time(gemm([1], 64))).toBeCloseTo(TILE_US, 9);
    expect(time(gemm([1], 64), 4, { ...plain, splitStart: 0.1 })).toBeCloseTo(TILE_US / 4 + 0.1, 2);
  });

  it("pays for the padding of each group", () => {
    const tile = TILE_US / 2; // 16 x 128
    expect(time(gemm([16, 16], 256))).toBeCloseTo(tile, 9);
    expect(time(gemm([1, 31], 256))).toBeCloseTo(2 * tile, 9);
  });

  it("takes larger tiles, where loading the operands of small ones takes long", () => {
    const loading = { ...plain, operandEdge: 64 };
    // Four tiles of 256 x 128 instead of sixteen of 64 x 128: 1 + 32 * (1 / 256 + 1 / 128) = 1.375 times their arithmetic.
    expect(time(gemm([1024], 128), 4, loading)).toBeCloseTo(8 * TILE_US * 1.375, 6);
  });

  it("takes twice as long on half of the SMs", () => {
    expect(time(gemm([64], 256), 2)).toBeCloseTo(2 * TILE_US, 9);
  });

  it("reads its weights at memory bandwidth where that takes longer", () => {
    expect(time({ ...gemm([1], 128), bytes: 1e9 })).toBeCloseTo(2000, 9);
  });

  it("shows a part of the shorter of arithmetic and memory", () => {
    expect(time({ ...gemm([64], 256), bytes: 1e9 }, 4, { ...plain, unhidden: 0.5 })).toBeCloseTo(
      2000 + TILE_US / 2,
      9,
    );
  });

  it("of fp8 runs at the rate of bf16 where the machine has none for fp8, and casts nothing", () => {
    expect(peakFlops(gpu, "fp8")).toBe(4e12);
    const parameters = { ...plain, weightOnlyStart: 0 };
    // Tiles of 16 x 128.
    expect(time(gemm([16], 512, "fp8"), 4, parameters)).toBeCloseTo(TILE_US / 2, 9);
  });

  it("of fp8 writes its activations as fp8 first", () => {
    const native = { ...gpu, peak_flops: { ...gpu.peak_flops, fp8: 16e12 } };
    const castUs = (64 * 1000 * 3) / (plain.rowKernelEfficiency * 0.5e6);
    expect(computeTime(native, gemm([64], 256, "fp8"), 4, plain)).toBeCloseTo(TILE_US / 2 + castUs, 9);
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

  it("that pass rows reach less of the bandwidth than those that stream weights", () => {
    const work: ComputeWork = { class: "memory", flops: 0, bytes: 1e6 };
    expect(time(work, 4, { ...plain, rowKernelEfficiency: 0.5 })).toBeCloseTo(4, 9);
  });

  it("of class attention leave SMs idle where the cache has too few blocks", () => {
    const work: ComputeWork = { class: "attention", flops: 0, bytes: 1e6, dtype: "bf16" };
    expect(time(work, 4, { ...plain, attentionBlock: 5e5 })).toBeCloseTo(2, 9);
    expect(time(work, 4, { ...plain, attentionBlock: 1e6 })).toBeCloseTo(4, 9);
  });

  it("of class attention start twice: parts of a cache are added up", () => {
    const work: ComputeWork = { class: "attention", flops: 0, bytes: 1e6, dtype: "bf16" };
    expect(time(work, 4, { ...plain, kernelStart: 3 })).toBeCloseTo(2 + 2 * 3, 9);
  });

  it("of class attention take the longer of arithmetic and bytes", () => {
    expect(time({ class: "attention", flops: 4e6, bytes: 0, dtype: "bf16" })).toBeCloseTo(4, 9);
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

  const machine: Gpu = {
    memory_bytes: 80e9,
    memory_bandwidth_bytes_per_s: 4e12,
    sms: 132,
    peak_flops: { f32: 60e12, bf16: 1e15, fp16: 1e15, fp8: 2e15, int8: 2e15, fp4: 4e15 },
  };
  const products = fc.record({
    format: fc.constantFrom(...(Object.keys(gemmFormats) as (keyof typeof gemmFormats)[])),
    rows: fc.integer({ min: 1, max: 20000 }),
    n: fc.integer({ min: 1, max: 20000 }),
    k: fc.integer({ min: 1, max: 20000 }),
    sms: fc.integer({ min: 1, max: 132 }),
  });
  const timeOf = ({ format, sms, ...shape }: ProductCase): number =>
    gemmTime(machine, shape, format, sms, defaultParameters);

  it("no product in any format is faster than its arithmetic and its bytes at peak rates", () => {
    fc.assert(
      fc.property(products, (product) => {
        const { format: name, rows, n, k } = product;
        const format = gemmFormats[name];
        const arithmeticUs = ((2 * rows * n * k) / peakFlops(machine, format.rate)) * 1e6;
        const bytesUs = (gemmBytes(product, format) / machine.memory_bandwidth_bytes_per_s) * 1e6;
        expect(timeOf(product)).toBeGreaterThanOrEqual(Math.max(arithmeticUs, bytesUs));
      }),
    );
  });

  it("a product of more rows, columns or k is not faster, beyond what more tiles and parts keep SMs busy", () => {
    fc.assert(
      fc.property(
        products,
        fc.constantFrom("rows" as const, "n" as const, "k" as const),
        (product, grown) => {
          const larger = { ...product, [grown]: product[grown] * 2 };
          expect(timeOf(larger)).toBeGreaterThanOrEqual(timeOf(product) * (1 - TILE_EFFECT));
        },
      ),
    );
  });

  it("a product on fewer SMs is not faster", () => {
    fc.assert(
      fc.property(products, (product) => {
        const fewer = { ...product, sms: Math.ceil(product.sms / 2) };
        expect(timeOf(fewer)).toBeGreaterThanOrEqual(timeOf(product) * (1 - 1e-12));
      }),
    );
  });
});
