// Over which tiers a message goes, from the machine alone: GPUs are numbered so that those that a tier joins are consecutive.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Machine } from "../../plan/index.js";

/** GPUs that one unit of each tier holds. */
export function unitSizes({ tiers }: Machine): readonly number[] {
  let size = 1;
  return tiers.map(({ joins }) => (size *= joins));
}

/**
 * Tiers that a message crosses, by index. A rail joins GPUs of equal index within the tier below; for others the message first
 * goes, over the tiers below, to the GPU of the source's unit that has the destination's index.
 */
export function tiersBetween(
  machine: Machine,
  units: readonly number[],
  from: number,
  to: number,
): readonly number[] {
  if (from === to) return [];
  const tier = units.findIndex((size) => Math.floor(from / size) === Math.floor(to / size));
  if (tier < 0) throw new InternalError(`no tier joins GPU ${String(from)} and GPU ${String(to)}`);
  const below = units[tier - 1] ?? 1;
  if (machine.tiers[tier]!.kind !== "rail" || from % below === to % below) return [tier];
  return [...tiersBetween(machine, units, from, from - (from % below) + (to % below)), tier];
}
