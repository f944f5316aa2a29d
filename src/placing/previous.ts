// The placement that serves now, as the solvers number slots.
import type { Diagnostics } from "../diagnostics/report.js";
import { parsePlacement, type PlacementShape } from "../importers/placements.js";
import type { PlacedLayer } from "../place/index.js";
import { readJson, reportFault, shownInput } from "./files.js";

export interface Previous {
  /** [gpu] */
  readonly slots: readonly number[];
  readonly layers: readonly PlacedLayer[];
}

/** A round of an expert's has at most so many turns. */
const MOST_TURNS = 32;

/** Undefined after reporting. */
export function readPrevious(
  path: string,
  shape: PlacementShape,
  diagnostics: Diagnostics,
): Previous | undefined {
  const read = readJson(path, (text) => parsePlacement(text, shape), diagnostics);
  if (read === undefined) return undefined;
  const { physicalToLogical, gpuOfSlot, split } = read;
  const counts = gpuOfSlot.map((of) => slotsOf(of, shape.gpus));
  const [slots = []] = counts;
  const unlike = counts.findIndex((own) => own.some((each, gpu) => each !== slots[gpu]));
  if (unlike >= 0) {
    const fault = {
      place: `layer ${String(unlike)}`,
      reason: "its GPUs have other numbers of slots than those of layer 0",
      hint: "Weft places layers whose GPUs have the same slots in each.",
    };
    reportFault(shownInput(path), fault, diagnostics);
    return undefined;
  }
  const layers = physicalToLogical.map((experts, layer): PlacedLayer => {
    const of = gpuOfSlot[layer]!;
    // Sorting is stable: the slots of a GPU stay in their order.
    const order = experts.map((_, slot) => slot).sort((one, other) => of[one]! - of[other]!);
    const expertOfSlot = order.map((slot) => experts[slot]!);
    const shares = split && order.map((slot) => split[layer]![slot]!);
    return { expertOfSlot, turns: turnsOf(expertOfSlot, shares, shape.experts) };
  });
  return { slots, layers };
}

function slotsOf(gpuOfSlot: readonly number[], gpus: number): readonly number[] {
  const counts = new Array<number>(gpus).fill(0);
  for (const gpu of gpuOfSlot) counts[gpu]!++;
  return counts;
}

/** [slot] turns of the shortest round that gives these shares, or comes nearest to them. */
export function turnsOf(
  expertOfSlot: readonly number[],
  shares: readonly number[] | undefined,
  experts: number,
): readonly number[] {
  const turns = expertOfSlot.map(() => 1);
  if (shares === undefined) return turns;
  const slotsOf = Array.from({ length: experts }, (): number[] => []);
  expertOfSlot.forEach((expert, slot) => slotsOf[expert]!.push(slot));
  for (const slots of slotsOf) {
    if (slots.length < 2) continue;
    const rounds = Array.from({ length: MOST_TURNS }, (_, at) => at + 1).filter((n) => n >= slots.length);
    const error = (n: number): number =>
      slots.reduce(
        (worst, slot) => Math.max(worst, Math.abs(shares[slot]! - turnsIn(n, shares[slot]!) / n)),
        0,
      );
    const best = rounds.reduce<number | undefined>(
      (found, n) => (found === undefined || error(n) < error(found) - 1e-9 ? n : found),
      undefined,
    );
    if (best !== undefined) for (const slot of slots) turns[slot] = turnsIn(best, shares[slot]!);
  }
  return turns;
}

const turnsIn = (round: number, share: number): number => Math.max(1, Math.round(share * round));
