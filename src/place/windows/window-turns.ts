// Turns of replicas that are one list for all windows: shifted while that relieves whichever window's GPUs are busiest.
import { gpuOfSlots } from "../problem.js";
import { MOST_TURNS, reducedTurns } from "../split.js";
import { WindowLoads, type WindowedLayer } from "./window-loads.js";

const MOST_SHIFTS = 400;
/** A shift must lower the sum of powers by so much of it. */
const LEAST_GAIN = 1e-4;

/** [slot] turns, from equal ones. */
export function turnsForWindows(layer: WindowedLayer, expertOf: readonly number[]): readonly number[] {
  const gpuOf = gpuOfSlots(layer.problem.gpus);
  const slotsOf = new Map<number, number[]>();
  expertOf.forEach((expert, slot) => slotsOf.set(expert, [...(slotsOf.get(expert) ?? []), slot]));
  const replicas = (slot: number): readonly number[] => slotsOf.get(expertOf[slot]!)!;
  // Rounds as long as they may be, so that one turn is little.
  const each = (slot: number): number => Math.max(1, Math.floor(MOST_TURNS / replicas(slot).length));
  const turns = expertOf.map((_, slot) => each(slot));
  const round = (slot: number): number => each(slot) * replicas(slot).length;
  const loads = new WindowLoads(layer);
  loads.fill(expertOf, (slot) => turns[slot]! / round(slot));
  for (let shift = 0; shift < MOST_SHIFTS; shift++) {
    const busiest = loads.busiest();
    let [from, to, least] = [-1, -1, loads.sum * (1 - LEAST_GAIN)];
    const propose = (source: number, target: number): void => {
      loads.propose(expertOf[source]!, busiest, -1 / round(source));
      loads.propose(expertOf[source]!, gpuOf[target]!, 1 / round(source));
    };
    expertOf.forEach((_, source) => {
      if (gpuOf[source] !== busiest || turns[source]! < 2) return;
      for (const target of replicas(source)) {
        if (target === source) continue;
        propose(source, target);
        const after = loads.after();
        loads.drop();
        if (after < least) [from, to, least] = [source, target, after];
      }
    });
    if (from < 0) break;
    propose(from, to);
    loads.keep();
    turns[from]!--;
    turns[to]!++;
  }
  return reducedTurns(expertOf, turns);
}
