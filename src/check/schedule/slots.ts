// Expert slots of the GPUs that share experts, from what a schedule says: how many in all, and how many on each.
import { gpusOf, type Gpus, type PlaceFault } from "../../place/index.js";
import type { Machine } from "../../plan/types.gen.js";
import type { ScheduleSpec } from "../program.js";

type Placement = ScheduleSpec["placement"];

/** Slots in all: as stated, or one for each expert and the redundant ones, rounded up to equal GPUs. */
export function slotCount({ redundant, slots, constraints }: Placement, ep: number, experts: number): number {
  if (slots !== undefined) return slots.value;
  const stated = constraints?.gpus.slots;
  if (stated !== undefined) return stated.reduce((sum, own) => sum + own, 0);
  if (redundant === undefined) return experts;
  const usable = Math.max(1, ep - new Set(constraints?.gpus.excluded).size);
  return Math.ceil((experts + redundant.value) / usable) * usable;
}

/**
 * The GPUs of an expert-parallel group: the first, where groups lie in nodes differently. `slotBytes`: what a slot takes in all
 * layers; without it no memory that is stated counts.
 */
export function expertGpus(
  placement: Placement,
  { ep, experts, machine, slotBytes }: { ep: number; experts: number; machine: Machine; slotBytes?: number },
): Gpus | PlaceFault {
  const perNode = machine.tiers[0]?.joins ?? 1;
  const { memoryBytes, ...constraints } = placement.constraints?.gpus ?? {};
  const gpus = gpusOf({
    ...{ gpus: ep, nodes: 1, experts },
    slots: slotCount(placement, ep, experts),
    constraints:
      slotBytes === undefined || memoryBytes === undefined ? constraints : { ...constraints, memoryBytes },
    ...(slotBytes === undefined ? {} : { slotBytes }),
  });
  if ("reason" in gpus) return gpus;
  return { ...gpus, nodeOf: gpus.slots.map((_, rank) => Math.floor(rank / perNode)) };
}
