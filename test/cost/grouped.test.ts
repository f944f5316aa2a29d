import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultParameters, groupedGemmTime, idealTime, type CostParameters } from "../../src/cost/index.js";
import type { Dtype, Gpu } from "../../src/plan/index.js";

/** NVIDIA H100 datasheet (SXM, dense rates). */
const h100: Gpu = {
  memory_bytes: 80e9,
  memory_bandwidth_bytes_per_s: 3.35e12,
  sms: 132,
  peak_flops: { fp8: 1979e12, bf16: 989e12 },
};

interface Options {
  readonly n?: number;
  readonly k?: number;
  readonly dtype?: Dtype;
  readonly sms?: number;
  readonly parameters?: CostParameters;
}

const time = (
  groupRows: readonly number[],
  { n = 4096, k = 7168, dtype = "fp8", sms = h100.sms, parameters = defaultParameters }: Options = {},
): number => groupedGemmTime(h100, { groupRows, n, k }, dtype, sms, parameters);

const repeated = (rows: number, groups: number): readonly number[] => new Array<number>(groups).fill(rows);

describe("a grouped product", () => {
  it("with a row for each group takes as long as reading the weights", () => {
    const weights = 32 * 4096 * 7168;
    const read =
      (weights / (h100.memory_bandwidth_bytes_per_s * defaultParameters.deepGemmMemoryEfficiency)) * 1e6;
    expect(time(repeated(1, 32)) / read).toBeGreaterThan(1);
    expect(time(repeated(1, 32)) / read).toBeLessThan(1.2);
  });

  it("with many rows reaches most of the peak, in proportion to the rows", () => {
    const rate = (2 * 8 * 16384 * 4096 * 7168) / (time(repeated(16384, 8)) * 1e-6);
    expect(rate / h100.peak_flops["fp8"]!).toBeGreaterThan(0.6);
    expect(rate / h100.peak_flops["fp8"]!).toBeLessThan(0.8);
    expect(time(repeated(16384, 8)) / time(repeated(8192, 8))).toBeCloseTo(2, 1);
  });

  it("takes the time of its tiles, which have rows of one group alone", () => {
    expect(time(repeated(513, 64)) / time(repeated(512, 64))).toBeGreaterThan(1.1);
    expect(time(repeated(513, 64))).toBeLessThanOrEqual(time(repeated(640, 64)));
  });

  it("reads weights of bf16 for twice as long as those of fp8, as far as kernels read equally well", () => {
    const parameters = { ...defaultParameters, deepGemmMemoryEfficiency: 0.8, expertMemoryEfficiency: 0.8 };
    const ratio =
      time(repeated(1, 64), { dtype: "bf16", parameters }) / time(repeated(1, 64), { parameters });
    expect(ratio).toBeCloseTo(2, 1);
  });

  it("of fp8 is bf16 arithmetic on a machine that has none", () => {
    const { fp8: _none, ...peak_flops } = h100.peak_flops;
    const widened = groupedGemmTime(
      { ...h100, peak_flops },
      { groupRows: repeated(8192, 8), n: 4096, k: 7168 },
      "fp8",
      h100.sms,
      defaultParameters,
    );
    expect(widened / time(repeated(8192, 8), { dtype: "bf16" })).toBeCloseTo(1, 1);
  });

  it("takes no time without rows", () => {
    expect(time([])).toBe(0);
    expect(time([0, 0])).toBe(0);
  });

  it("reads the weights of a group that is expected to have half a row half of the times", () => {
    expect(time(repeated(0.5, 64)) / time(repeated(1, 32))).toBeCloseTo(1, 1);
  });
});

describe("for any groups", () => {
  const shapes = fc.record({
    groupRows: fc.array(fc.oneof(fc.nat(40), fc.nat(4000)), { minLength: 1, maxLength: 24 }),
    n: fc.integer({ min: 8, max: 512 }).map((each) => each * 16),
    k: fc.integer({ min: 8, max: 512 }).map((each) => each * 16),
    dtype: fc.constantFrom<Dtype>("fp8", "bf16"),
    sms: fc.integer({ min: 1, max: h100.sms }),
  });
  /** What sums of floating-point numbers may be off. */
  const EXACT = 1 + 1e-12;
  /** Where there are few tiles, more of them let more SMs read: so more work may be a little faster. */
  const NEARLY = 1.15;

  it("no time is below the roofline at peak rates", () => {
    fc.assert(
      fc.property(shapes, ({ groupRows, n, k, dtype, sms }) => {
        const rows = groupRows.reduce((sum, each) => sum + each, 0);
        const size = dtype === "fp8" ? 1 : 2;
        const active = groupRows.filter((each) => each > 0).length;
        const bytes = size * (active * n * k + rows * k) + 2 * rows * n;
        const ideal = idealTime(h100, { class: "gemm", flops: 2 * rows * n * k, bytes, dtype });
        expect(time(groupRows, { n, k, dtype, sms }) * EXACT).toBeGreaterThanOrEqual(ideal);
      }),
    );
  });

  it("an empty group costs nothing", () => {
    fc.assert(
      fc.property(shapes, fc.nat(24), ({ groupRows, ...options }, at) => {
        const more = [...groupRows.slice(0, at), 0, ...groupRows.slice(at)];
        expect(time(more, options)).toBe(time(groupRows, options));
      }),
    );
  });

  it("more rows are never faster, and more SMs never slower", () => {
    fc.assert(
      fc.property(shapes, fc.nat(500), ({ groupRows, ...options }, more) => {
        const here = time(groupRows, options);
        expect(time([groupRows[0]! + more, ...groupRows.slice(1)], options) * NEARLY).toBeGreaterThanOrEqual(
          here,
        );
        expect(time(groupRows, { ...options, sms: Math.min(h100.sms, options.sms + 9) })).toBeLessThanOrEqual(
          here * EXACT,
        );
      }),
    );
  });

  it("rows moved from a small group to the largest save no more than a tile and its weights", () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), ({ groupRows, ...options }, part) => {
        const sorted = [...groupRows].sort((one, other) => one - other);
        const moved = Math.round(part * sorted[0]!);
        const after = [...sorted];
        after[0]! -= moved;
        after[after.length - 1]! += moved;
        const saved = time(groupRows, options) - time(after, options);
        expect(saved).toBeLessThanOrEqual(time([256], options) * NEARLY);
      }),
    );
  });

  it("rows spread over one group more are not faster", () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), ({ groupRows, ...options }, part) => {
        const first = groupRows[0]!;
        const cut = Math.round(part * first);
        const split = [cut, first - cut, ...groupRows.slice(1)];
        expect(time(split, options) * NEARLY).toBeGreaterThanOrEqual(time(groupRows, options));
      }),
    );
  });
});
