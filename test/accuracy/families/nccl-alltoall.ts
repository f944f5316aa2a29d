// NCCL's all-to-alls from 1 MiB on: what the `nccl` transport moves rows with.
import { readable } from "../facts.js";
import type { Family } from "../family.js";
import { ncclCases, ncclKnobs } from "./nccl.js";

const LEAST_BYTES = 2 ** 20;

export const ncclAllToAll: Family = {
  name: "nccl_alltoall_1MiB",
  file: "nccl_collectives.json",
  // In large all-to-alls alone, latencies and starts cannot be told apart.
  knobs: ncclKnobs.filter(({ name }) => !name.endsWith("latency_us")),
  target: { median: 0.03, p90: 0.1 },
  remarks: [
    "tables of different NCCL versions differ by up to 11 % at one size (4 H100, 256 MiB: 631 and 702 us), in no order of versions",
  ],
  cases: (table) =>
    ncclCases({
      ...table,
      rows: readable(table, (row) =>
        row.text("op") === "alltoall" && row.number("bytes") >= LEAST_BYTES ? row : undefined,
      ),
    }),
};
