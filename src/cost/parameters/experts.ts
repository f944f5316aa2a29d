// Products of groups of rows, and the experts of a rank as serving systems compute them in one call.
import type { Parameter } from "./parameter.js";

const moeTable = "joint fit to moe_expert_compute.json (aiconfigurator) of H100 and B200";

export const expertParameters = {
  expertMemoryEfficiency: {
    value: 0.861,
    unit: "share",
    meaning: "Share of the peak memory bandwidth at which grouped products read weights and rows.",
    source: moeTable,
  },
  expertBf16Efficiency: {
    value: 0.99,
    unit: "share",
    meaning:
      "Share of the peak that grouped products in bf16 reach within a tile, besides loading its operands (CUTLASS).",
    source: moeTable,
  },
  expertFp8Efficiency: {
    value: 0.99,
    unit: "share",
    meaning: "The same in fp8 with one scale a tensor (CUTLASS).",
    source: moeTable,
  },
  expertFp8BlockEfficiency: {
    value: 0.73,
    unit: "share",
    meaning:
      "The same in fp8 with scales for blocks, as TensorRT-LLM's CUTLASS backend multiplies it on Hopper.",
    source: `${moeTable}, which has these kernels on H100 alone`,
  },
  expertFp4Efficiency: {
    value: 0.7,
    unit: "share",
    meaning: "The same in nvfp4 (CUTLASS).",
    source: `${moeTable}, which has these kernels on B200 alone`,
  },
  expertFp4MemoryEfficiency: {
    value: 0.63,
    unit: "share",
    meaning:
      "Share of the peak memory bandwidth at which grouped products in nvfp4 read: between two modes, since the tuner chooses kernels of 0.75 for some shapes and of 0.4 for others, without a rule.",
    source: `${moeTable}, which has these kernels on B200 alone`,
  },
  deepGemmEfficiency: {
    value: 0.87,
    unit: "share",
    meaning: "Share of the fp8 peak that DeepGEMM reaches within a tile, besides loading its operands.",
    source: `${moeTable} and wideep_deepgemm_moe.json (H100)`,
  },
  deepGemmMemoryEfficiency: {
    value: 0.75,
    unit: "share",
    meaning: "Share of the peak memory bandwidth at which DeepGEMM reads.",
    source: `${moeTable} and wideep_deepgemm_moe.json (H100)`,
  },
  deepGemmIdleGroup: {
    value: 0.29,
    unit: "us",
    meaning:
      "Time that a call of experts by DeepGEMM takes for each group without rows: its kernels look at the count of every group.",
    source: moeTable,
  },
  tritonBf16Efficiency: {
    value: 0.32,
    unit: "share",
    meaning:
      "Share of the peak that SGLang's fused Triton kernels reach in bf16 within a tile, besides loading its operands. Tuned for some shapes, they reach twice that.",
    source: `${moeTable}, which has these kernels on H100 alone`,
  },
  tritonFp8Efficiency: {
    value: 0.54,
    unit: "share",
    meaning: "The same in fp8 with scales for blocks.",
    source: `${moeTable}, which has these kernels on H100 alone`,
  },
  trtllmGenFp4Efficiency: {
    value: 0.51,
    unit: "share",
    meaning: "The same of TensorRT-LLM's own kernels for few tokens, in nvfp4.",
    source: `${moeTable}, which has these kernels on B200 alone`,
  },
  trtllmGenMxfp4Efficiency: {
    value: 0.75,
    unit: "share",
    meaning: "The same with weights in mxfp4 and activations in mxfp8, as a share of the fp8 peak.",
    source: `${moeTable}, which has these kernels on B200 alone`,
  },
  expertPassRate: {
    value: 16e9,
    unit: "bytes/s",
    meaning:
      "Bytes a second that an SM reads and writes in the passes around the products: permutation, casts, activation, weighted sum.",
    source: `${moeTable} and wideep_deepgemm_moe.json (H100)`,
  },
  expertFp8BlockPasses: {
    value: 3,
    unit: "ratio",
    meaning:
      "How often as long passes over rows take where each block of 128 elements gets a scale, on Hopper.",
    source: `${moeTable}, which has these kernels on H100 alone`,
  },
  expertFp4Passes: {
    value: 1.85,
    unit: "ratio",
    meaning: "The same where each 16 elements get a scale: nvfp4.",
    source: `${moeTable}, which has these kernels on B200 alone`,
  },
  expertStart: {
    value: 26,
    unit: "us",
    meaning: "Time of a call of experts with next to nothing to do: the starts of its kernels, and routing.",
    source: moeTable,
  },
  expertFp8BlockStart: {
    value: 20.3,
    unit: "us",
    meaning: "The same of TensorRT-LLM in block-scaled fp8 on Hopper, which has fewer kernels.",
    source: `${moeTable}, which has these kernels on H100 alone`,
  },
  expertFp4Start: {
    value: 36,
    unit: "us",
    meaning: "The same of CUTLASS in nvfp4.",
    source: `${moeTable}, which has these kernels on B200 alone`,
  },
  trtllmGenStart: {
    value: 15.8,
    unit: "us",
    meaning: "The same of TensorRT-LLM's own kernels for few tokens.",
    source: `${moeTable}, which has these kernels on B200 alone`,
  },
  trtllmGenRouting: {
    value: 9.8,
    unit: "us",
    meaning: "What the same kernels take longer to route more than 32 tokens.",
    source: `${moeTable}, which has these kernels on B200 alone`,
  },
  wideEpMaskedStart: {
    value: 15.4,
    unit: "us",
    meaning:
      "Time of SGLang's experts behind a DeepEP dispatch in decode, in a CUDA graph, with next to nothing to do.",
    source: "fit to wideep_deepgemm_moe.json (aiconfigurator), H100",
  },
  wideEpIdleExpert: {
    value: 1.3,
    unit: "us",
    meaning: "What the same call takes for each expert without rows.",
    source: "fit to wideep_deepgemm_moe.json (aiconfigurator), H100",
  },
  wideEpContiguousStart: {
    value: 218,
    unit: "us",
    meaning:
      "The same in prefill, where the host issues kernels one by one: times in which the GPU waits for it.",
    source: "fit to wideep_deepgemm_moe.json (aiconfigurator), H100",
  },
  wideEpContiguousHost: {
    value: 400,
    unit: "us",
    meaning: "Time of the host to issue these kernels, under a profiler as measured; the call takes no less.",
    source: "fit to wideep_deepgemm_moe.json (aiconfigurator), H100",
  },
} as const satisfies Record<string, Parameter>;
