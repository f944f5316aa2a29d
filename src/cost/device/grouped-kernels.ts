// Kernels that multiply groups of rows: formats of their operands, and which parameters say how well they do. Weft's own launches
// are priced as DeepGEMM in fp8 and as CUTLASS's grouped GEMM in other formats.
import type { Dtype, Gpu } from "../../plan/index.js";
import type { ParameterName } from "../parameters/index.js";
import type { RateFormat } from "./roofline.js";

export interface GroupedKernel {
  /** In which the operands are multiplied. */
  readonly rate: RateFormat;
  readonly weightBytes: number;
  readonly activationBytes: number;
  /** Share of that format's peak that is reached within a tile, besides loading its operands. */
  readonly efficiency: ParameterName;
  /** Share of the memory's bandwidth at which weights and rows are read. */
  readonly bandwidth: ParameterName;
  /** Tiles are at least so high: groups are padded to it. */
  readonly leastTileRows: number;
}

const cutlass = (rate: RateFormat, bytes: number): GroupedKernel => ({
  ...{ rate, weightBytes: bytes, activationBytes: bytes, leastTileRows: 0 },
  ...{ efficiency: "expertBf16Efficiency", bandwidth: "expertMemoryEfficiency" },
});

/** fp8 with a float32 scale for each 128 elements of a row and each 128 x 128 of weights, as DeepSeek-V3 has them. */
const BLOCK_SCALED = { weightBytes: 1 + 4 / (128 * 128), activationBytes: 1 + 4 / 128 };
/** nvfp4: 4 bits an element, and a scale of 8 bits for each 16 (NVIDIA, "Introducing NVFP4"). */
const NVFP4_BYTES = 4 / 8 + 1 / 16;
/** OCP microscaling formats: a scale of 8 bits for each 32 elements. */
const [MXFP4_BYTES, MXFP8_BYTES] = [4 / 8 + 1 / 32, 1 + 1 / 32];

export const groupedKernels = {
  cutlassF32: cutlass("f32", 4),
  cutlassBf16: cutlass("bf16", 2),
  cutlassFp16: cutlass("fp16", 2),
  /** Weights stored in fp8 where the machine does not multiply in it: widened on the way. */
  cutlassWidened: { ...cutlass("bf16", 2), weightBytes: 1 },
  /** One scale a tensor. */
  cutlassFp8: { ...cutlass("fp8", 1), efficiency: "expertFp8Efficiency" },
  /** TensorRT-LLM's kernels of block-scaled fp8 on Hopper. */
  cutlassFp8Block: { ...cutlass("fp8", 1), ...BLOCK_SCALED, efficiency: "expertFp8BlockEfficiency" },
  cutlassNvfp4: {
    ...cutlass("fp4", NVFP4_BYTES),
    ...{ efficiency: "expertFp4Efficiency", bandwidth: "expertFp4MemoryEfficiency" },
  },
  /** Groups lie apart, and each is as long as a count in the GPU's memory says. */
  deepGemm: {
    ...cutlass("fp8", 1),
    ...BLOCK_SCALED,
    ...{ efficiency: "deepGemmEfficiency", bandwidth: "deepGemmMemoryEfficiency" },
  },
  /** Groups lie one behind the other, each padded to the tile. */
  deepGemmContiguous: {
    ...cutlass("fp8", 1),
    ...BLOCK_SCALED,
    ...{ efficiency: "deepGemmEfficiency", bandwidth: "deepGemmMemoryEfficiency", leastTileRows: 128 },
  },
  tritonBf16: { ...cutlass("bf16", 2), efficiency: "tritonBf16Efficiency" },
  tritonFp8Block: { ...cutlass("fp8", 1), ...BLOCK_SCALED, efficiency: "tritonFp8Efficiency" },
  trtllmGenNvfp4: { ...cutlass("fp4", NVFP4_BYTES), efficiency: "trtllmGenFp4Efficiency" },
  trtllmGenMxfp4: {
    ...{ ...cutlass("fp8", MXFP8_BYTES), weightBytes: MXFP4_BYTES },
    efficiency: "trtllmGenMxfp4Efficiency",
  },
} as const satisfies Record<string, GroupedKernel>;

export type GroupedKernelName = keyof typeof groupedKernels;

/** The kernel that multiplies groups of a plan's number format on a machine. */
export function groupedKernelOf(dtype: Dtype | undefined, gpu: Gpu): GroupedKernel {
  switch (dtype) {
    case "fp8":
      return gpu.peak_flops["fp8"] === undefined ? groupedKernels.cutlassWidened : groupedKernels.deepGemm;
    case "f32":
    case "u32":
      return groupedKernels.cutlassF32;
    case "fp16":
      return groupedKernels.cutlassFp16;
    case "bf16":
    case undefined:
      return groupedKernels.cutlassBf16;
    default:
      return dtype satisfies never;
  }
}
