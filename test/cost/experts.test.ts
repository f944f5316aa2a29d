import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countGroups,
  defaultParameters,
  expertKernels,
  expertTime,
  type ExpertKernelName,
  type ExpertLoad,
} from "../../src/cost/index.js";
import type { Gpu } from "../../src/plan/index.js";

/** Datasheets: NVIDIA H100 SXM, and DGX B200 by its eighth (dense rates). */
const h100: Gpu = {
  memory_bytes: 80e9,
  memory_bandwidth_bytes_per_s: 3.35e12,
  sms: 132,
  peak_flops: { fp8: 1979e12, bf16: 989e12 },
};
const b200: Gpu = {
  memory_bytes: 180e9,
  memory_bandwidth_bytes_per_s: 8e12,
  sms: 148,
  peak_flops: { fp4: 9000e12, fp8: 4500e12, bf16: 2250e12 },
};

/** Experts of DeepSeek-V3, of Mixtral 8x7B, and of Qwen3-235B-A22B. */
const DEEPSEEK = { hidden: 7168, inter: 2048 };
const MIXTRAL = { hidden: 4096, inter: 14336 };
const QWEN = { hidden: 4096, inter: 1536 };

/** Equal rows for each expert of the rank. */
const even = (tokens: number, topK: number, experts: number, ranks: number): ExpertLoad => {
  const held = experts / ranks;
  const rows = new Array<number>(held).fill((tokens * topK) / experts);
  return { tokens, topK, experts: held, groups: countGroups(rows) };
};

const names = Object.keys(expertKernels) as ExpertKernelName[];

describe("the experts of a rank in one call", () => {
  it("take what was measured, within the errors of the model", () => {
    // Rows of moe_expert_compute.json (aiconfigurator), "balanced", in microseconds.
    const measured = [
      [h100, "cutlassBf16", MIXTRAL, even(4096, 2, 8, 1), 3626.9],
      [h100, "cutlassFp8", QWEN, even(512, 8, 128, 1), 926.69],
      [h100, "cutlassFp8Block", DEEPSEEK, even(4096, 8, 256, 8), 875.21],
      [b200, "deepGemm", DEEPSEEK, even(1024, 8, 256, 8), 290.35],
    ] as const;
    for (const [gpu, kernel, shape, load, us] of measured) {
      const ratio = expertTime(gpu, kernel, shape, load, defaultParameters) / us;
      expect(ratio, kernel).toBeGreaterThan(0.8);
      expect(ratio, kernel).toBeLessThan(1.2);
    }
  });

  it("read the weights of active experts alone", () => {
    const load = (active: number): ExpertLoad => ({
      tokens: 64,
      topK: 8,
      experts: 64,
      groups: countGroups(Array.from({ length: 64 }, (_, at) => (at < active ? 8 : 0))),
    });
    const time = (active: number): number =>
      expertTime(h100, "cutlassFp8", DEEPSEEK, load(active), defaultParameters) -
      defaultParameters.expertStart;
    expect(time(64) / time(16)).toBeGreaterThan(3);
  });

  it("of DeepGEMM look at idle experts too", () => {
    const load: ExpertLoad = { ...even(128, 8, 256, 128), experts: 2 };
    const time = (experts: number): number =>
      expertTime(b200, "deepGemm", DEEPSEEK, { ...load, experts }, defaultParameters);
    expect(time(102) - time(2)).toBeCloseTo(100 * defaultParameters.deepGemmIdleGroup, 6);
  });

  it("issued by the host take no less than the host", () => {
    expect(expertTime(h100, "wideEpContiguous", DEEPSEEK, even(128, 8, 256, 256), defaultParameters)).toBe(
      defaultParameters.wideEpContiguousHost,
    );
  });

  it("without tokens are the starts of their kernels", () => {
    const none: ExpertLoad = { tokens: 0, topK: 8, experts: 0, groups: countGroups([]) };
    expect(expertTime(h100, "tritonBf16", QWEN, none, defaultParameters)).toBe(defaultParameters.expertStart);
  });
});

describe("for any load", () => {
  const loads = fc
    .record({
      rows: fc.array(fc.nat(3000), { minLength: 1, maxLength: 32 }),
      others: fc.nat(20000),
      kernel: fc.constantFrom(...names),
      shape: fc.constantFrom(DEEPSEEK, MIXTRAL, QWEN),
      gpu: fc.constantFrom(h100, b200),
    })
    .map(({ rows, others, ...rest }) => {
      const sum = rows.reduce((total, each) => total + each, 0);
      return {
        ...rest,
        rows,
        load: { tokens: sum + others, topK: 8, experts: rows.length, groups: countGroups(rows) },
      };
    });

  it("no call is faster than its products at peak rates", () => {
    fc.assert(
      fc.property(loads, ({ rows, load, kernel, shape: { hidden, inter }, gpu }) => {
        const sum = rows.reduce((total, each) => total + each, 0);
        const narrow = kernel.endsWith("Nvfp4")
          ? (gpu.peak_flops["fp4"] ?? gpu.peak_flops["fp8"]!)
          : undefined;
        const peak = narrow ?? gpu.peak_flops[kernel.endsWith("Bf16") ? "bf16" : "fp8"]!;
        const flops = ((6 * sum * hidden * inter) / peak) * 1e6;
        expect(expertTime(gpu, kernel, { hidden, inter }, load, defaultParameters)).toBeGreaterThan(flops);
      }),
    );
  });

  it("more tokens of other ranks are never faster", () => {
    fc.assert(
      fc.property(loads, fc.nat(5000), ({ load, kernel, shape, gpu }, more) => {
        const here = expertTime(gpu, kernel, shape, load, defaultParameters);
        const then = expertTime(
          gpu,
          kernel,
          shape,
          { ...load, tokens: load.tokens + more },
          defaultParameters,
        );
        expect(then).toBeGreaterThanOrEqual(here);
      }),
    );
  });
});
