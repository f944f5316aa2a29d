// A placement under other names of GPUs, so that as many experts as possible are where they were: GPUs of a node that are alike may
// change places, and so may nodes.
import { nodeCount, slotBegins, type PlaceProblem } from "../problem.js";
import { leastAssignment } from "./assignment.js";

/** More than all experts that could stay. */
const FORBIDDEN = 1e6;

/** [slot] experts of `target` on GPUs chosen for `present`, each in the slot where it is already. */
export function matched(
  { gpus, pins }: PlaceProblem,
  target: readonly number[],
  present: readonly number[],
): number[] {
  const begins = slotBegins(gpus.slots);
  const on = (slots: readonly number[], gpu: number): readonly number[] =>
    slots.slice(begins[gpu], begins[gpu + 1]);
  const presentSets = gpus.slots.map((_, gpu) => new Set(on(present, gpu)));
  const isPinned = gpus.slots.map((_, gpu) => pins.some((pin) => pin.gpu === gpu));
  const kindOf = gpus.slots.map((slots, gpu) => `${String(slots)} ${String(gpus.speeds[gpu])}`);
  const nodes = Array.from({ length: nodeCount(gpus) }, (_, node) =>
    gpus.slots.flatMap((__, gpu) => (gpus.nodeOf[gpu] === node ? [gpu] : [])),
  );
  /** Negative where experts stay. */
  const gpuCost = (gpu: number, place: number): number => {
    const differ = kindOf[gpu] !== kindOf[place] || isPinned[gpu]! || isPinned[place]!;
    if (gpu !== place && differ) return FORBIDDEN;
    return -on(target, gpu).reduce((count, each) => count + (presentSets[place]!.has(each) ? 1 : 0), 0);
  };
  const nodeCost = (node: number, place: number): { cost: number; gpuAt: number[] } => {
    const [own, places] = [nodes[node]!, nodes[place]!];
    if (own.length !== places.length) return { cost: FORBIDDEN, gpuAt: [] };
    const costs = own.map((gpu) => places.map((at) => gpuCost(gpu, at)));
    const columns = leastAssignment(costs);
    return {
      cost: Math.min(
        FORBIDDEN,
        columns.reduce((sum, column, row) => sum + costs[row]![column]!, 0),
      ),
      gpuAt: columns.map((column) => places[column]!),
    };
  };
  const ways = nodes.map((_, node) => nodes.map((__, place) => nodeCost(node, place)));
  const placeOfNode = leastAssignment(ways.map((row) => row.map(({ cost }) => cost)));
  const result = [...present];
  nodes.forEach((own, node) =>
    own.forEach((gpu, index) => {
      const place = ways[node]![placeOfNode[node]!]!.gpuAt[index]!;
      keepSlots(result, begins[place]!, on(target, gpu));
    }),
  );
  return result;
}

/** Writes a GPU's experts over what its slots hold, each that is there already in its slot. */
function keepSlots(slots: number[], begin: number, experts: readonly number[]): void {
  const wanted = new Set(experts);
  const free: number[] = [];
  experts.forEach((_, own) => {
    if (!wanted.delete(slots[begin + own]!)) free.push(begin + own);
  });
  [...wanted].forEach((expert, index) => (slots[free[index]!] = expert));
}
