// The ports of a GPU as DeepEP's kernels use them: NVLink within nodes and the network across them work side by side.
import type { Machine } from "../../plan/index.js";
import type { DeepEpLoad } from "./load.js";

/** Shares of the tiers' bandwidths that a kernel reaches. */
export interface PortShares {
  readonly nvlink: number;
  readonly network: number;
}

/** Microseconds in which the copies of a load pass the NVLink port, and those of the network port. */
export function portTimes(
  { tiers }: Machine,
  load: DeepEpLoad,
  bytesEach: number,
  shares: PortShares,
): readonly [nvlinkUs: number, networkUs: number] {
  const within = tiers[0]?.bandwidth_bytes_per_s ?? Infinity;
  const across = tiers[1]?.bandwidth_bytes_per_s ?? within;
  return [
    ((load.overNvlink * bytesEach) / (within * shares.nvlink)) * 1e6,
    ((load.overNetwork * bytesEach) / (across * shares.network)) * 1e6,
  ];
}

/** Time of work whose parts go on side by side but not without waiting for each other: the p-norm of theirs. */
export const together = (norm: number, first: number, second: number, third: number): number =>
  (first ** norm + second ** norm + third ** norm) ** (1 / norm);
