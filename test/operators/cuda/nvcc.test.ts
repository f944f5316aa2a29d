// nvcc compiles all operators without a warning, and no kernel keeps what it works on in local memory.
import { describe, expect, it } from "vitest";
import { kernelTable } from "../../bench/cuda/kernel-table.js";
import { lacks } from "./compilers.js";

/** Kernels that turn pairs by angles: the exact reduction of large ones has a small table on the stack. */
const TURNING = /^(gqa|mla)_(turn|cache)$/;

describe.skipIf(lacks("nvcc"))("nvcc", () => {
  // All plans for all architectures take minutes; `npm run bench -- cuda` does that.
  it.each([
    ["sm_80", ["bf16"]],
    ["sm_90", ["fp8", "float"]],
    ["sm_100", ["fp8"]],
  ] as const)("%s, %s", async (architecture, plans) => {
    const rows = await kernelTable(architecture, plans);
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ spilledBytes }) => spilledBytes > 0)).toEqual([]);
    expect(rows.filter(({ stackBytes, kernel }) => stackBytes > 0 && !TURNING.test(kernel))).toEqual([]);
    // Large tiles are worth their registers, as long as an SM holds two warps for each of its schedulers.
    expect(rows.filter(({ occupancy }) => occupancy < 0.1)).toEqual([]);
  });
});
