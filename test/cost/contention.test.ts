import { describe, expect, it } from "vitest";
import {
  defaultParameters,
  kernelSlowdown,
  memoryShare,
  transferSlowdown,
  type ComputeWork,
} from "../../src/cost/index.js";

const gpu = { memory_bytes: 80e9, memory_bandwidth_bytes_per_s: 1e12, sms: 132, peak_flops: {} };
const parameters = { ...defaultParameters, memoryEfficiency: 0.5 };
const work: ComputeWork = { class: "memory", flops: 0, bytes: 1e6 };

describe("a kernel's share of the memory", () => {
  it("is what it moves over what the memory could move in its time", () => {
    // 1 MB takes 2 us at half of 1 TB/s.
    expect(memoryShare(gpu, work, 4, parameters)).toBeCloseTo(0.5, 12);
    expect(memoryShare(gpu, work, 2, parameters)).toBe(1);
    expect(memoryShare(gpu, work, 0, parameters)).toBe(0);
  });
});

describe("kernels and transfers beside each other, as measured", () => {
  it("a grouped matrix product under a dispatch: 1.27, of which 24 of 132 SMs explain 1.22", () => {
    const smsLost = 132 / (132 - 24);
    expect(smsLost).toBeCloseTo(1.22, 2);
    expect(smsLost * kernelSlowdown(0.2, defaultParameters)).toBeCloseTo(1.27, 2);
  });

  it("transfers under kernels: 1.15 to 1.65, by the kernels' need of memory", () => {
    expect(transferSlowdown(0, defaultParameters)).toBeCloseTo(1.15, 12);
    expect(transferSlowdown(0.5, defaultParameters)).toBeCloseTo(1.4, 12);
    expect(transferSlowdown(1, defaultParameters)).toBeCloseTo(1.65, 12);
  });
});
