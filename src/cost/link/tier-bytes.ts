// Bytes of messages by tier, counted in the two ways that reports must not mix up.
import type { Message } from "./group.js";
import type { Topology } from "./topology.js";

export interface TierBytes {
  /** Bytes whose ends this tier joins: what the messages carry. */
  readonly logicalBytes: number;
  /** Bytes that cross ports into this tier: on the way to a rail they cross the tiers below too. */
  readonly physicalBytes: number;
}

/** By tier of the machine. What stays on its GPU is in neither. */
export function bytesByTier(topology: Topology, messages: readonly Message[]): readonly TierBytes[] {
  const logical = topology.machine.tiers.map(() => 0);
  const physical = topology.machine.tiers.map(() => 0);
  for (const { source, destination, bytes } of messages) {
    if (source === destination) continue;
    const tier = topology.tierOf(source, destination);
    logical[tier] = logical[tier]! + bytes;
    for (const hop of topology.route(source, destination)) physical[hop.tier] = physical[hop.tier]! + bytes;
  }
  return logical.map((logicalBytes, tier) => ({ logicalBytes, physicalBytes: physical[tier]! }));
}
