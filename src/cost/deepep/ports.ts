// The ports of a GPU as DeepEP's kernels use them: NVLink within nodes and the network across them work side by side.
import type { Machine } from "../../plan/index.js";
import { busyShare, Topology } from "../link/index.js";
import type { DeepEpLoad } from "./load.js";

/** Shares of the tiers' bandwidths that a kernel reaches. */
export interface PortShares {
  readonly nvlink: number;
  readonly network: number;
}

/** Microseconds in which the copies of a load pass the NVLink port, and those of the network port. */
export function portTimes(
  machine: Machine,
  load: DeepEpLoad,
  bytesEach: number,
  shares: PortShares,
): readonly [nvlinkUs: number, networkUs: number] {
  const [nvlink, ...others] = machine.tiers;
  const within = nvlink?.bandwidth_bytes_per_s ?? Infinity;
  // What crosses nodes is as slow as the slowest tier above them, of which all GPUs of a node have equal parts.
  const topology = new Topology(machine);
  const partOf = (tier: number): number =>
    topology.tier(tier).bandwidth_bytes_per_s * busyShare(topology, tier);
  const across = Math.min(within, ...others.map((_, at) => partOf(at + 1)));
  return [
    ((load.overNvlink * bytesEach) / (within * shares.nvlink)) * 1e6,
    ((load.overNetwork * bytesEach) / (across * shares.network)) * 1e6,
  ];
}

/** The same at full bandwidths. */
export const portTimesOf = (
  machine: Machine,
  load: DeepEpLoad,
  bytesEach: number,
): readonly [nvlinkUs: number, networkUs: number] =>
  portTimes(machine, load, bytesEach, { nvlink: 1, network: 1 });

/** Microseconds of a trip over NVLink: a flag that one GPU sets and another sees. */
export const tripTime = ({ tiers }: Machine): number => tiers[0]?.latency_us ?? 0;

/** Microseconds that no message between the GPUs of a load can take less than. */
export const latencyOf = ({ tiers }: Machine, { nodes }: DeepEpLoad): number =>
  Math.max(0, ...(nodes > 1 ? tiers : tiers.slice(0, 1)).map((tier) => tier.latency_us));

/** Time of work whose parts go on side by side but not without waiting for each other: the p-norm of theirs. */
export const together = (norm: number, first: number, second: number, third: number): number =>
  (first ** norm + second ** norm + third ** norm) ** (1 / norm);
