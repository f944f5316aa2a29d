// Which GPUs and nodes could change places without changing a placement's worth.
import { nodeCount, type PlaceProblem } from "../problem.js";

/** Two GPUs, of which the first stands before the second. */
export type Neighbours = readonly [first: number, second: number];

/** Neighbouring GPUs of a node that have the same slots, speed, and no pins. */
export function alikeGpus({ gpus, pins }: PlaceProblem): Neighbours[] {
  const pinned = new Set(pins.map(({ gpu }) => gpu));
  return gpus.slots.flatMap((own, gpu): Neighbours[] => {
    if (gpu === 0 || own === 0 || pinned.has(gpu) || pinned.has(gpu - 1)) return [];
    const alike =
      gpus.nodeOf[gpu] === gpus.nodeOf[gpu - 1] &&
      own === gpus.slots[gpu - 1] &&
      gpus.speeds[gpu] === gpus.speeds[gpu - 1];
    return alike ? [[gpu - 1, gpu]] : [];
  });
}

/** First GPUs of neighbouring nodes whose GPUs are all alike, so that a node which has an expert can have it on the first of them. */
export function alikeNodes(problem: PlaceProblem): Neighbours[] {
  const { gpus } = problem;
  const pairs = alikeGpus(problem);
  const pinned = new Set(problem.pins.map(({ gpu }) => gpu));
  const nodes = Array.from({ length: nodeCount(gpus) }, (_, node) =>
    [...gpus.nodeOf.keys()].filter((gpu) => gpus.nodeOf[gpu] === node),
  );
  const isPlain = (own: readonly number[]): boolean =>
    own.every((gpu) => gpus.slots[gpu]! > 0 && !pinned.has(gpu)) &&
    own.slice(1).every((gpu) => pairs.some(([, second]) => second === gpu));
  return nodes.slice(1).flatMap((own, before): Neighbours[] => {
    const [first, second] = [nodes[before]![0]!, own[0]!];
    const alike =
      isPlain(nodes[before]!) &&
      isPlain(own) &&
      own.length === nodes[before]!.length &&
      gpus.slots[first] === gpus.slots[second] &&
      gpus.speeds[first] === gpus.speeds[second];
    return alike ? [[first, second]] : [];
  });
}
