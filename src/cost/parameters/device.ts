// One kernel on one GPU: matrix products, attention, and what is bound by memory.
import type { Parameter } from "./parameter.js";

const gemmTable = "joint fit to gemm.json (aiconfigurator) of A100, H100 and B200";

export const deviceParameters = {
  gemmEfficiency: {
    value: 0.97,
    unit: "share",
    meaning: "Share of the peak that a matrix product reaches within a tile besides loading its operands.",
    source: gemmTable,
  },
  fp8GemmEfficiency: {
    value: 0.83,
    unit: "share",
    meaning: "The same in fp8, whose sums are moved to wider registers on the way, and which power limits.",
    source: `${gemmTable}, fp8 and fp8_block`,
  },
  fp4GemmEfficiency: {
    value: 0.54,
    unit: "share",
    meaning: "The same in fp4.",
    source: "fit to the nvfp4 rows of gemm.json (aiconfigurator), B200",
  },
  operandEdge: {
    value: 33,
    unit: "columns",
    meaning: "Edge of a square tile whose operands take as long to load as to multiply.",
    source: gemmTable,
  },
  tileStore: {
    value: 0.51,
    unit: "share",
    meaning:
      "Part of writing a tile's result, at its SM's share of the memory bandwidth, that is not hidden behind other tiles.",
    source: gemmTable,
  },
  pipelineFill: {
    value: 0.64,
    unit: "us",
    meaning:
      "Time until the first operands of a matrix product are there, during which nothing is multiplied.",
    source: gemmTable,
  },
  lastWave: {
    value: 0.13,
    unit: "share",
    meaning: "How much of the idle part of the last wave of tiles is lost: 1 for whole waves, 0 for none.",
    source: gemmTable,
  },
  splitStart: {
    value: 2.5,
    unit: "us",
    meaning: "Time that a product takes longer where k is divided among SMs, to add the parts up.",
    source: gemmTable,
  },
  partialTraffic: {
    value: 2.2,
    unit: "ratio",
    meaning: "How often the partial results of a divided k pass the memory.",
    source: gemmTable,
  },
  unhidden: {
    value: 0.3,
    unit: "share",
    meaning: "Part of the shorter of arithmetic and memory traffic that is not hidden behind the longer.",
    source: gemmTable,
  },
  tensorScaleStart: {
    value: 11.3,
    unit: "us",
    meaning: "What an fp8 product with one scale a tensor takes longer to start, its cast included.",
    source: "fit to the fp8 rows of gemm.json (aiconfigurator), H100 and B200",
  },
  blockScaleStart: {
    value: 3.3,
    unit: "us",
    meaning: "The same with a scale for each block.",
    source: "fit to the fp8_block rows of gemm.json (aiconfigurator), H100 and B200",
  },
  fp4ScaleStart: {
    value: 4.5,
    unit: "us",
    meaning: "The same for nvfp4.",
    source: "fit to the nvfp4 rows of gemm.json (aiconfigurator), B200",
  },
  int8Start: {
    value: 9,
    unit: "us",
    meaning: "What an int8 product takes longer to start.",
    source: "fit to the smooth-quant rows of gemm.json (aiconfigurator), A100",
  },
  weightOnlyStart: {
    value: 10.7,
    unit: "us",
    meaning: "What a product that widens int8 or int4 weights takes longer to start.",
    source: "fit to the weight-only rows of gemm.json (aiconfigurator), A100",
  },
  rowKernelEfficiency: {
    value: 0.59,
    unit: "share",
    meaning:
      "Bandwidth of kernels that pass rows once (casts, moves, norms, sums), as a share of that of kernels which stream weights.",
    source: `${gemmTable}: the casts before fp8, fp8_block and nvfp4 products. With it the moves and casts around the experts take 0.9 to 1.3 ms at 4,096 tokens a rank of DeepSeek-V3, of whose training 0.9 to 1.5 ms are known`,
  },
  fp4BandwidthShare: {
    value: 0.66,
    unit: "share",
    meaning: "Bandwidth of fp4 products as a share of other products'.",
    source: "fit to the nvfp4 rows of gemm.json (aiconfigurator), B200",
  },
  attentionEfficiency: {
    value: 0.65,
    unit: "share",
    meaning: "Share of the peak that attention over a prompt reaches.",
    source:
      "FlashMLA README: up to 660 of 989 TFLOPS on H800; FlashAttention-3 (Shah et al. 2024) up to 740 on H100, less for causal and short prompts; FlashAttention-2 README: up to 225 of 312 on A100",
  },
  attentionBlock: {
    value: 64 * 576 * 2,
    unit: "bytes",
    meaning: "Bytes of a cache that an SM reads at a time: with fewer for each SM, some stand idle.",
    source:
      "FlashMLA: blocks of 64 positions, each of 576 values in bf16. Its README's 3,000 of 3,350 GB/s in decoding on H800 is what memoryEfficiency says",
  },
  memoryEfficiency: {
    value: 0.9,
    unit: "share",
    meaning: "Share of the peak memory bandwidth that kernels reach.",
    source: gemmTable,
  },
  memorySaturation: {
    value: 0.3,
    unit: "share",
    meaning: "Share of the SMs that saturates the memory; with fewer, bandwidth falls in proportion.",
    source: gemmTable,
  },
  kernelStart: {
    value: 2.3,
    unit: "us",
    meaning:
      "Time of a kernel from its start on the stream until it works at full rate, and from its last result until the next may start. What the host spends on launching it is a price of its own.",
    source: gemmTable,
  },
} as const satisfies Record<string, Parameter>;
