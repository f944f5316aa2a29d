// What holds while experts move, checked move by move. It shares nothing with the code that orders them.
import { InternalError } from "../../diagnostics/internal-error.js";
import { gpuOfSlots, type Gpus } from "../problem.js";
import type { Move } from "./moves.js";

/**
 * The placements after all moves. Throws where a move overwrites an expert's only replica, copies from where the expert is not,
 * gives a GPU an expert twice, or says something else to be replaced than what is there.
 */
export function replayMoves(
  { gpus, experts }: { readonly gpus: Gpus; readonly experts: number },
  from: readonly (readonly number[])[],
  moves: readonly Move[],
): number[][] {
  const gpuOf = gpuOfSlots(gpus);
  const now = from.map((slots) => [...slots]);
  moves.forEach(({ layer, expert, fromGpu, gpu, slot, replaces }, index) => {
    const slots = now[layer]!;
    const wrong = (what: string): never => {
      throw new InternalError(`move ${String(index)} of a rebalance ${what}`);
    };
    const holders = (each: number): number[] =>
      slots.flatMap((held, other) => (held === each ? [gpuOf[other]!] : []));
    if (!Number.isInteger(expert) || expert < 0 || expert >= experts) wrong("moves an expert that is none");
    if (gpuOf[slot] !== gpu) wrong("names a slot of another GPU");
    if (slots[slot] !== replaces) wrong("replaces another expert than is there");
    if (holders(replaces).length < 2) wrong("overwrites an expert's only replica");
    if (holders(expert).includes(gpu)) wrong("gives a GPU an expert that it has");
    if (!holders(expert).includes(fromGpu)) wrong("copies an expert from where it is not");
    slots[slot] = expert;
  });
  return now;
}
