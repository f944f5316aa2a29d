// Who shares what of a tier: GPUs that have an adapter in common are one port of the link model, and where a tier is
// oversubscribed, what a unit of the tier below sends or receives as a whole has a limit too.
import type { Topology } from "./topology.js";

/** The ports of GPUs into one tier. Each has a way out and a way in, of equal rates. */
export interface TierPorts {
  /** The port of a GPU, numbered through from 0 over the whole machine: with adapters of its own, the GPU itself. */
  readonly portOf: (gpu: number) => number;
  readonly ports: number;
  /** GPUs that have a port in common; a mean, where adapters do not divide them evenly. */
  readonly sharers: number;
  /** Bytes per microsecond and direction through one port. A lone GPU may use all of it. */
  readonly rate: number;
  readonly cut?: UnitCut;
}

/** What a unit of the tier below sends over an oversubscribed tier, or receives. */
export interface UnitCut {
  readonly unitOf: (gpu: number) => number;
  /** Bytes per microsecond and direction of all GPUs of a unit together. */
  readonly rate: number;
}

export function tierPorts(topology: Topology, tier: number): TierPorts {
  const below = topology.unitBelow(tier);
  const adapters = topology.adaptersOf(tier);
  const { oversubscription = 1 } = topology.tier(tier);
  const unitOf = (gpu: number): number => Math.floor(gpu / below);
  const own = topology.reachedRate(tier);
  const sharers = below / adapters;
  return {
    portOf: sharers === 1 ? (gpu) => gpu : (gpu) => unitOf(gpu) * adapters + topology.adapterOf(tier, gpu),
    ports: Math.ceil(topology.machine.gpus / below) * adapters,
    sharers,
    rate: own * sharers,
    ...(oversubscription > 1 ? { cut: { unitOf, rate: (own * below) / oversubscription } } : {}),
  };
}

/** Whether GPUs share anything of a tier, so that messages of some slow down those of others. */
export function isShared(topology: Topology, tier: number): boolean {
  const { sharers, cut } = tierPorts(topology, tier);
  return sharers > 1 || cut !== undefined;
}

/**
 * The share of its bandwidth that each GPU reaches while all GPUs of its unit send and receive as much: the fullest adapter
 * decides, or what the unit may send as a whole.
 */
export function busyShare(topology: Topology, tier: number): number {
  const { sharers } = tierPorts(topology, tier);
  const { oversubscription = 1 } = topology.tier(tier);
  return Math.min(sharers / Math.ceil(sharers), 1 / oversubscription);
}

/** Bytes per microsecond and direction that each GPU reaches then. */
export const busyRate = (topology: Topology, tier: number): number =>
  topology.reachedRate(tier) * busyShare(topology, tier);
