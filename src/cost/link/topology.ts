// Which tier of a machine joins which GPUs, and the way of a message between two of them.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Machine } from "../../plan/index.js";

/** A message's way over one tier. */
export interface Hop {
  readonly tier: number;
  readonly from: number;
  readonly to: number;
}

/** GPUs are numbered so that those that a tier joins are consecutive. */
export class Topology {
  /** GPUs that one unit of each tier holds. */
  readonly unitSizes: readonly number[];
  readonly #routes = new Map<number, readonly Hop[]>();

  constructor(readonly machine: Machine) {
    let size = 1;
    this.unitSizes = machine.tiers.map((tier) => (size *= tier.joins));
  }

  /** The fastest tier that joins two GPUs. */
  tierOf(source: number, destination: number): number {
    const tier = this.unitSizes.findIndex(
      (size) => Math.floor(source / size) === Math.floor(destination / size),
    );
    if (tier < 0) throw new InternalError(`no tier joins GPU ${String(source)} and ${String(destination)}`);
    return tier;
  }

  /**
   * The hops of a message. A rail joins GPUs of equal index within the tier below, or that share adapters of equal index; for
   * other pairs the message first goes, over the tiers below, to the GPU of the source's unit that has the destination's index.
   */
  route(source: number, destination: number): readonly Hop[] {
    const key = source * this.machine.gpus + destination;
    const known = this.#routes.get(key);
    if (known !== undefined) return known;
    const hops = this.#findRoute(source, destination);
    this.#routes.set(key, hops);
    return hops;
  }

  #findRoute(source: number, destination: number): readonly Hop[] {
    if (source === destination) return [];
    const tier = this.tierOf(source, destination);
    const below = this.unitBelow(tier);
    if (
      this.machine.tiers[tier]?.kind !== "rail" ||
      this.adapterOf(tier, source) === this.adapterOf(tier, destination)
    )
      return [{ tier, from: source, to: destination }];
    const gateway = source - (source % below) + (destination % below);
    return [...this.route(source, gateway), { tier, from: gateway, to: destination }];
  }

  tier(index: number): Machine["tiers"][number] {
    const tier = this.machine.tiers[index];
    if (tier === undefined) throw new InternalError(`the machine has no tier ${String(index)}`);
    return tier;
  }

  /** GPUs of a unit of the tier below: 1 for the first. */
  unitBelow(tier: number): number {
    return this.unitSizes[tier - 1] ?? 1;
  }

  /** Adapters by which a unit of the tier below reaches a tier: one for each GPU, where they share none. */
  adaptersOf(tier: number): number {
    const below = this.unitBelow(tier);
    return Math.min(below, this.tier(tier).nics ?? below);
  }

  /** The adapter of a GPU among those of its unit. */
  adapterOf(tier: number, gpu: number): number {
    const below = this.unitBelow(tier);
    return Math.floor(((gpu % below) * this.adaptersOf(tier)) / below);
  }

  /** Bytes per microsecond and direction that large messages reach over a tier, for each GPU: its own port's, or its part of one. */
  reachedRate(tier: number): number {
    const { bandwidth_bytes_per_s: bandwidth, efficiency } = this.tier(tier);
    return (bandwidth * efficiency) / US_PER_S;
  }
}

export const US_PER_S = 1e6;
