// A first placement of a layer: replicas by the loads, packed to the GPUs.
import { balancedPacking, replicaCounts } from "./balance.js";
import type { PlacedLayer, PlaceProblem } from "./problem.js";

export function packedLayer({ loads, gpus }: PlaceProblem, layer: number): PlacedLayer {
  const row = loads[layer]!;
  const ranks = gpus.slots.length;
  const slots = gpus.slots.reduce((sum, each) => sum + each, 0);
  const expertOfSlot = balancedPacking(
    row,
    replicaCounts(row, slots, ranks),
    gpus.slots,
    layer % ranks,
  ).flat();
  return { expertOfSlot, turns: expertOfSlot.map(() => 1) };
}
