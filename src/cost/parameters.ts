// The parameters of the device and link models: one record per physical effect, with its unit, meaning and source.
// What a machine states about itself (peaks, bandwidths, tier latencies) is in the plan and not here.

/** One effect's parameter. */
export interface Parameter {
  readonly value: number;
  readonly unit: "share" | "rows" | "columns" | "us" | "bytes/s";
  readonly meaning: string;
  /** Where the value comes from; `assumption` where nothing measured stands behind it yet. */
  readonly source: string;
}

const gemmTable = "grid search over the bf16 rows of gemm.json (aiconfigurator) of H100, A100 and B200";
const hostAssumption = "assumption, of the order that CUDA profiles show";

export const parameters = {
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
  transferStart: {
    value: 8,
    unit: "us",
    meaning: "Time that a group of sends and receives takes besides the tier's latency, gaps and bytes.",
    source:
      "nccl_collectives.json (aiconfigurator): all-to-alls of 8 H100 up to 1 MiB take 7 to 17 us in all",
  },
  channelBandwidth: {
    value: 20e9,
    unit: "bytes/s",
    meaning: "Bytes per second and direction that one SM of a communicator moves.",
    source:
      "assumption; with 16 SMs it lets through what an all-to-all of 8 H100 reaches in nccl_collectives.json",
  },
  hostLaunch: {
    value: 3,
    unit: "us",
    meaning: "Time of the host to issue a kernel.",
    source: hostAssumption,
  },
  hostGroup: {
    value: 6,
    unit: "us",
    meaning: "Time of the host to issue a group of sends and receives, besides its messages.",
    source: hostAssumption,
  },
  hostMessage: {
    value: 0.3,
    unit: "us",
    meaning: "Time of the host for each send and each receive of a group.",
    source: hostAssumption,
  },
  hostSynchronize: {
    value: 5,
    unit: "us",
    meaning: "Time from the end of the launch that the host waits for until the host goes on.",
    source: hostAssumption,
  },
  hostCopy: {
    value: 8,
    unit: "us",
    meaning: "Time to copy an exchange's counts to the host and to compute sizes and offsets from them.",
    source: hostAssumption,
  },
} as const satisfies Record<string, Parameter>;

/** A value for each parameter, in its unit. */
export type CostParameters = { readonly [Name in keyof typeof parameters]: number };

/** The values of the records above. */
export const defaultParameters = Object.fromEntries(
  Object.entries(parameters).map(([name, each]) => [name, each.value]),
) as CostParameters;
