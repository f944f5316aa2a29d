// Programs that compute a rank's experts in one call: their products, and the passes over rows and tokens around these.
import type { ParameterName } from "../parameters/index.js";
import { groupedKernels, type GroupedKernelName } from "./grouped-kernels.js";

/** Bytes that are read and written for each element of a row. */
interface ElementBytes {
  readonly hidden: number;
  readonly inter: number;
}

/** Passes besides the products, in bytes for each element. */
export interface Passes {
  /** Of the rank's rows. */
  readonly ofRows: ElementBytes;
  /** Of all (token, expert) pairs: programs that do not leave out other ranks' have them. */
  readonly ofPairs: ElementBytes;
  /** Of all tokens, for each element of `hidden`. */
  readonly ofTokens: number;
  /** How often as long the passes over rows take as others', where they do. */
  readonly slowdown?: ParameterName;
}

export interface ExpertKernel {
  readonly product: GroupedKernelName;
  /** Starts of all its kernels, and the routing of few tokens. */
  readonly start: ParameterName;
  readonly passes: Passes;
  /** Time for each expert of the rank that has no rows: the kernels look at every group. */
  readonly idleExpert?: ParameterName;
  /** Time that the routing of many tokens takes longer. */
  readonly routing?: ParameterName;
  /** The host issues kernels one by one, and is done no sooner than this. */
  readonly host?: ParameterName;
}

const BF16 = 2;
const NONE: ElementBytes = { hidden: 0, inter: 0 };

/**
 * Tokens in bf16 are written row by row in the experts' order, and the results read from it; each token's sum is written. The
 * activation is part of the first product.
 */
const permuted: Passes = { ofRows: { hidden: 3 * BF16, inter: 0 }, ofPairs: NONE, ofTokens: BF16 };

/** The same, with all tokens cast to a narrow format first. */
const castFirst = (bytes: number): Passes => ({
  ofRows: { hidden: 2 * bytes + BF16, inter: 0 },
  ofPairs: NONE,
  ofTokens: BF16 + BF16 + bytes,
});

/** All pairs are activated, cast and added up, other ranks' too; `bytes` of an element after the activation. */
const allPairs = (cast: number): Passes => ({
  ofRows: NONE,
  ofPairs: { hidden: BF16, inter: 3 * BF16 + cast },
  ofTokens: BF16,
});

const blockBytes = groupedKernels.cutlassFp8Block.activationBytes;
const nvfp4Bytes = groupedKernels.cutlassNvfp4.activationBytes;
const mxfp8Bytes = groupedKernels.trtllmGenMxfp4.activationBytes;

export const expertKernels = {
  /** TensorRT-LLM, CUTLASS backend. */
  cutlassBf16: { product: "cutlassBf16", start: "expertStart", passes: permuted },
  cutlassFp8: { product: "cutlassFp8", start: "expertStart", passes: castFirst(1) },
  /** The activation is a pass of its own, and rows are cast before each product. */
  cutlassFp8Block: {
    ...{ product: "cutlassFp8Block", start: "expertFp8BlockStart", idleExpert: "deepGemmIdleGroup" },
    passes: {
      ...permuted,
      ofRows: { hidden: 3 * BF16, inter: 2 * BF16 + blockBytes },
      slowdown: "expertFp8BlockPasses",
    },
  },
  cutlassNvfp4: {
    ...{ product: "cutlassNvfp4", start: "expertFp4Start" },
    passes: { ...castFirst(nvfp4Bytes), slowdown: "expertFp4Passes" },
  },
  /** TensorRT-LLM, DeepGEMM backend. */
  deepGemm: {
    ...{ product: "deepGemm", start: "expertStart", idleExpert: "deepGemmIdleGroup" },
    passes: permuted,
  },
  /** TensorRT-LLM's own kernels for few tokens, without the weighted sum. Rows are not permuted: the products gather them. */
  trtllmGenNvfp4: {
    ...{ product: "trtllmGenNvfp4", start: "trtllmGenStart", routing: "trtllmGenRouting" },
    passes: { ofRows: NONE, ofPairs: NONE, ofTokens: BF16 + nvfp4Bytes },
  },
  /** The same with weights in mxfp4 and activations in mxfp8, and with the sum. */
  trtllmGenMxfp4: {
    ...{ product: "trtllmGenMxfp4", start: "trtllmGenStart", routing: "trtllmGenRouting" },
    passes: { ofRows: { hidden: BF16, inter: 0 }, ofPairs: NONE, ofTokens: BF16 + BF16 + mxfp8Bytes },
  },
  /** SGLang's fused kernels in Triton. */
  tritonBf16: { product: "tritonBf16", start: "expertStart", passes: allPairs(0) },
  tritonFp8Block: { product: "tritonFp8Block", start: "expertStart", passes: allPairs(2 + 1) },
  /** SGLang with DeepEP, in prefill: the host issues scatter, products, activation and gather. */
  wideEpContiguous: {
    ...{ product: "deepGemmContiguous", start: "wideEpContiguousStart", host: "wideEpContiguousHost" },
    passes: { ofRows: { hidden: BF16, inter: 0 }, ofPairs: NONE, ofTokens: BF16 },
  },
  /** The same in decode, in a CUDA graph. */
  wideEpMasked: {
    ...{ product: "deepGemm", start: "wideEpMaskedStart", idleExpert: "wideEpIdleExpert" },
    passes: { ofRows: NONE, ofPairs: NONE, ofTokens: 0 },
  },
} as const satisfies Record<string, ExpertKernel>;

export type ExpertKernelName = keyof typeof expertKernels;
