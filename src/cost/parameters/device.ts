// One kernel on one GPU: matrix products, attention, and what is bound by memory.
import type { Parameter } from "./parameter.js";

const gemmTable = "grid search over the bf16 rows of gemm.json (aiconfigurator) of H100, A100 and B200";

export const deviceParameters = {
  gemmEfficiency: {
    value: 0.8,
    unit: "share",
    meaning: "Share of the peak that a matrix product reaches within a tile, in all formats but fp8.",
    source: gemmTable,
  },
  fp8GemmEfficiency: {
    value: 0.55,
    unit: "share",
    meaning: "The same for fp8 on a machine with an fp8 peak; lower, because scaling is part of the product.",
    source: "grid search over the H100 fp8 rows of gemm.json (aiconfigurator)",
  },
  tileRows: {
    value: 128,
    unit: "rows",
    meaning: "Rows of a tile of a matrix product; half as many where a group has no more than half a tile.",
    source:
      "common tile of CUTLASS and cuBLAS kernels on Hopper; 64 is the least height of its wgmma instruction",
  },
  tileColumns: {
    value: 128,
    unit: "columns",
    meaning: "Columns of a tile of a matrix product.",
    source: "common tile of CUTLASS and cuBLAS kernels on Hopper",
  },
  lastWave: {
    value: 0.2,
    unit: "share",
    meaning: "How much of the idle part of the last wave of tiles is lost: 1 for whole waves, 0 for none.",
    source: gemmTable,
  },
  leastWave: {
    value: 0.1,
    unit: "share",
    meaning:
      "Least share of a wave that a product takes, however few tiles it has (the limit of splitting along k).",
    source: gemmTable,
  },
  attentionEfficiency: {
    value: 0.55,
    unit: "share",
    meaning: "Share of the peak that attention over a prompt reaches.",
    source: "assumption, between published FlashAttention-2 and FlashAttention-3 throughput on H100",
  },
  memoryEfficiency: {
    value: 0.8,
    unit: "share",
    meaning: "Share of the peak memory bandwidth that kernels reach.",
    source: gemmTable,
  },
  memorySaturation: {
    value: 0.5,
    unit: "share",
    meaning: "Share of the SMs that saturates the memory; with fewer, bandwidth falls in proportion.",
    source: "assumption",
  },
  kernelStart: {
    value: 3,
    unit: "us",
    meaning: "Time from the start of a kernel on an idle stream until it works at full rate.",
    source: gemmTable,
  },
} as const satisfies Record<string, Parameter>;
