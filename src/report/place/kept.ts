// What was asked for and must hold whatever it costs, held against a placement: pins, and groups on nodes.
import { gpuOfSlots, type PlacedLayer, type PlaceProblem } from "../../place/index.js";

/** Constraints that a placement may break that was there before them. */
export type Constraint = "groups_on_nodes" | "pins";

/** Those that a layer does not keep. */
export function notKept(problem: PlaceProblem, { expertOfSlot }: PlacedLayer): readonly Constraint[] {
  const gpuOf = gpuOfSlots(problem.gpus);
  const { gate, gpus, groupRule, loads, pins } = problem;
  const size = Math.ceil((loads[0]?.length ?? 0) / gate.groups);
  const nodeOfGroup = new Map<number, number>();
  const isSpread = gpuOf.some((gpu, slot) => {
    const group = Math.floor(expertOfSlot[slot]! / size);
    const node = gpus.nodeOf[gpu]!;
    const first = nodeOfGroup.get(group) ?? node;
    nodeOfGroup.set(group, first);
    return first !== node;
  });
  const isUnpinned = pins.some(
    ({ expert, gpu }) => !gpuOf.some((own, slot) => own === gpu && expertOfSlot[slot] === expert),
  );
  return [
    ...(groupRule === "hard" && gate.groups > 1 && isSpread ? (["groups_on_nodes"] as const) : []),
    ...(isUnpinned ? (["pins"] as const) : []),
  ];
}
