// A load that no placement and no split of the tokens can beat.
import type { PlaceProblem } from "./problem.js";
import { sharesOf } from "./shares.js";

/**
 * Share of all rows that the GPU with most has at least, over its speed: the mean over all GPUs, or what an expert has on the
 * fastest GPUs that may hold it.
 */
export function lowerBoundShare(problem: PlaceProblem, layer: number): number {
  const shares = sharesOf(problem.loads[layer]!);
  const { speeds, slots } = problem.gpus;
  const usable = speeds.filter((_, gpu) => slots[gpu]! > 0);
  return shares.reduce((all, each) => all + each, 0) / usable.reduce((all, each) => all + each, 0);
}
