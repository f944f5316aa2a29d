// The moves of one layer on a way that was chosen: in a safe order, cut where no more is gained, and in bundles of falling gain.
import { gpuOfSlots, type PlacedLayer, type PlaceProblem } from "../problem.js";
import { LayerState } from "./layer-state.js";
import { safeOrder, type Step } from "./order.js";
import { rulesFor } from "./rules.js";
import { roundedTurns } from "./turns.js";
import type { LayerWays, Way } from "./ways.js";
import { InternalError } from "../../diagnostics/internal-error.js";

/** Steps that follow each other and gain together. */
export interface Bundle {
  readonly steps: readonly Step[];
  readonly gainUs: number;
  /** What must hold does after it and did not before. */
  readonly forced: boolean;
}

export interface Itinerary {
  readonly bundles: readonly Bundle[];
  readonly placed: PlacedLayer;
  readonly timeUs: number;
}

/** A placement that is passed. */
interface Stop {
  readonly at: number;
  readonly timeUs: number;
}

export function itineraryOf(problem: PlaceProblem, from: PlacedLayer, layer: LayerWays, way: Way): Itinerary {
  const still = layer.ways[0]!;
  if (way === still) return { bundles: [], placed: still.placed, timeUs: still.costUs };
  const state = new LayerState(problem, layer.scorer.layer, from.expertOfSlot);
  const steps = safeOrder(from.expertOfSlot, way.placed.expertOfSlot, state.gpuOf, state.experts);
  if (steps === undefined) throw new InternalError("a way of a rebalance has no safe order");
  /** The placements after so many steps in which what must hold does. */
  const passed: (Stop & { readonly placed: PlacedLayer })[] = [];
  steps.forEach(({ slot, expert }, index) => {
    state.put(slot, expert);
    const isLast = index === steps.length - 1;
    if (!isLast && !rulesFor(problem, state.expertOf).hold(state.expertOf)) return;
    const expertOfSlot = Array.from(state.expertOf);
    const turns = isLast ? turnsMoved(problem, way.placed, expertOfSlot) : roundedTurns(state);
    const placed = { expertOfSlot, turns };
    passed.push({ at: index + 1, timeUs: layer.scorer.score(placed).timeUs, placed });
  });
  const best = passed.reduce((least, each) => (each.timeUs < least.timeUs ? each : least));
  const start: Stop = { at: 0, timeUs: still.costUs };
  const [mended, rest] = layer.isBroken ? [passed[0]!, passed.slice(1)] : [start, passed];
  const stops: Stop[] = [mended];
  for (const stop of rest)
    if (stop.at <= best.at && stop.timeUs < stops.at(-1)!.timeUs) addConcave(stops, stop);
  const bundles = stops.slice(1).map((stop, index) => bundle(steps, stops[index]!, stop, false));
  if (layer.isBroken) bundles.unshift(bundle(steps, start, mended, true));
  return { bundles, placed: best.placed, timeUs: best.timeUs };
}

const bundle = (steps: readonly Step[], from: Stop, to: Stop, forced: boolean): Bundle => ({
  steps: steps.slice(from.at, to.at),
  gainUs: from.timeUs - to.timeUs,
  forced,
});

/** Adds a stop and takes out those before it from which on each move gains more than up to them. */
function addConcave(stops: Stop[], stop: Stop): void {
  const rate = (from: Stop, to: Stop): number => (from.timeUs - to.timeUs) / (to.at - from.at);
  while (stops.length > 1 && rate(stops.at(-1)!, stop) >= rate(stops.at(-2)!, stops.at(-1)!)) stops.pop();
  stops.push(stop);
}

/** The turns of a placement where each GPU has its experts in other slots. */
function turnsMoved({ gpus }: PlaceProblem, placed: PlacedLayer, expertOfSlot: readonly number[]): number[] {
  const key = (gpu: number, expert: number): string => `${String(gpu)} ${String(expert)}`;
  const gpuOf = gpuOfSlots(gpus);
  const turns = new Map(
    placed.expertOfSlot.map((expert, slot) => [key(gpuOf[slot]!, expert), placed.turns[slot]!]),
  );
  return expertOfSlot.map((expert, slot) => turns.get(key(gpuOf[slot]!, expert)) ?? 1);
}
