// All families, in the order of the report.
import type { Family } from "../family.js";
import { deepEpLowLatency } from "./deepep-low-latency.js";
import { deepEpCongested, deepEpThroughput } from "./deepep-throughput.js";
import { expertCompute } from "./expert-compute.js";
import { gemm } from "./gemm.js";
import { groupedGemmSkew } from "./grouped-gemm-skew.js";
import { nccl } from "./nccl.js";
import { ncclAllToAll } from "./nccl-alltoall.js";
import { published } from "./published.js";

export const families: readonly Family[] = [
  gemm,
  expertCompute,
  groupedGemmSkew,
  nccl,
  ncclAllToAll,
  deepEpThroughput,
  deepEpCongested,
  deepEpLowLatency,
  published,
];
