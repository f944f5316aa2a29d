// The formats of a matrix product: what its operands take in memory, at which rate they multiply, and what must be done to
// them first. A quantised product is two kernels: one writes the activations in the narrow format, one multiplies.
import type { Dtype, Gpu } from "../../plan/index.js";
import type { ParameterName } from "../parameters/index.js";
import type { RateFormat } from "./roofline.js";

export interface GemmFormat {
  /** In which the operands are multiplied. */
  readonly rate: RateFormat;
  /** Share of that format's peak that is reached within a tile. */
  readonly efficiency: ParameterName;
  readonly weightBytes: number;
  readonly activationBytes: number;
  /** Share of the bandwidth of other formats' kernels that its kernels reach, where it is less. */
  readonly bandwidth?: ParameterName;
  /** Time that the format takes besides a plain product's, in microseconds: scales, and a kernel more. */
  readonly start?: ParameterName;
  /** Least rows and columns of its kernels' tiles: what an instruction of the matrix units takes, or kernels are written for. */
  readonly leastEdge: number;
  /** Whether the activations come in bf16 and are written in the format first. */
  readonly casts: boolean;
  /** Whether its kernels divide k among several SMs where there are fewer tiles than SMs. */
  readonly splits: boolean;
}

/** Rows of the warp-wide product of Ampere (PTX, mma.m16n8k16). */
const MMA_ROWS = 16;
/** Rows of the product of a warp group of Hopper (PTX, wgmma.m64nNk16). */
const WGMMA_ROWS = 64;
/** Rows of the scaled product of Blackwell (PTX, tcgen05.mma with block scales). */
const TCGEN05_ROWS = 128;

/** A format whose operands both have so many bytes, and which takes them as they come. */
const plain = (rate: RateFormat, bytes: number): GemmFormat => ({
  ...{ rate, efficiency: "gemmEfficiency", weightBytes: bytes, activationBytes: bytes },
  ...{ leastEdge: WGMMA_ROWS, casts: false, splits: true },
});

/** Weights alone are narrow; they are widened on the way to the matrix units. */
const weightOnly = (weightBytes: number): GemmFormat => ({
  ...plain("bf16", 2),
  ...{ weightBytes, start: "weightOnlyStart", leastEdge: MMA_ROWS },
});

/** nvfp4: 4 bits an element, and a scale of 8 bits for each 16 (NVIDIA, "Introducing NVFP4"). */
const NVFP4_BYTES = 4 / 8 + 1 / 16;

export const gemmFormats = {
  f32: plain("f32", 4),
  bf16: plain("bf16", 2),
  fp16: plain("fp16", 2),
  /** One scale a tensor. */
  fp8: {
    ...plain("fp8", 1),
    ...{ efficiency: "fp8GemmEfficiency", start: "tensorScaleStart", casts: true },
  },
  /** A scale for each 128 elements of a row of activations and each 128 x 128 of weights, as DeepGEMM has them. */
  fp8_block: {
    ...plain("fp8", 1),
    ...{ efficiency: "fp8GemmEfficiency", start: "blockScaleStart", casts: true, splits: false },
  },
  nvfp4: {
    ...plain("fp4", NVFP4_BYTES),
    ...{ efficiency: "fp4GemmEfficiency", start: "fp4ScaleStart", bandwidth: "fp4BandwidthShare" },
    ...{ leastEdge: TCGEN05_ROWS, casts: true, splits: false },
  },
  /** Smooth-quant: int8 activations and weights, scales applied to the result. */
  int8: { ...plain("int8", 1), start: "int8Start" },
  int8_weights: weightOnly(1),
  int4_weights: weightOnly(1 / 2),
} as const satisfies Record<string, GemmFormat>;

export type GemmFormatName = keyof typeof gemmFormats;

/**
 * The format that a plan's number format means on a machine: fp8 is scaled by blocks, as models of this size need it, and only
 * stored so where the machine does not multiply in it.
 */
export function formatOf(dtype: Dtype | undefined, gpu: Gpu): GemmFormat {
  switch (dtype) {
    case "f32":
    case "bf16":
    case "fp16":
      return gemmFormats[dtype];
    case "fp8":
      return gpu.peak_flops["fp8"] === undefined ? gemmFormats.int8_weights : gemmFormats.fp8_block;
    case "u32":
      return gemmFormats.f32;
    case undefined:
      return gemmFormats.bf16;
    default:
      return dtype satisfies never;
  }
}
