// The moves of one layer on a way that was chosen: in a safe order, cut where no more is gained, and in bundles of falling gain.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { PlacedLayer, PlaceProblem } from "../problem.js";
import { bestTurns } from "../split.js";
import { LayerState } from "./layer-state.js";
import { safeOrder, type Step } from "./order.js";
import { rulesFor } from "./rules.js";
import type { LayerWays, Way } from "./ways.js";

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
  /** With the best turns where all experts were. */
  readonly resplitUs: number;
}

/** A placement that is passed, in which what must hold does. */
interface Stop {
  /** Steps up to it. */
  readonly at: number;
  readonly timeUs: number;
  readonly placed: PlacedLayer;
}

/** `moveCostUs`: what each move must gain. */
export function itineraryOf(
  problem: PlaceProblem,
  from: PlacedLayer,
  { scorer, ways, isBroken }: LayerWays,
  way: Way,
  moveCostUs: number,
): Itinerary {
  const state = new LayerState(problem, scorer.layer, from.expertOfSlot);
  const stopAt = (at: number, placed: PlacedLayer): Stop => ({
    at,
    timeUs: scorer.score(placed).timeUs,
    placed,
  });
  const divided = (expertOfSlot: readonly number[]): PlacedLayer => ({
    expertOfSlot,
    turns: bestTurns(state.shares, expertOfSlot, problem),
  });
  const start = better(stopAt(0, from), stopAt(0, divided(from.expertOfSlot)), 0);
  const resplitUs = start.timeUs;
  if (way === ways[0]) return { bundles: [], placed: start.placed, timeUs: resplitUs, resplitUs };
  const steps = safeOrder(from.expertOfSlot, way.expertOfSlot, state.gpuOf, state.experts);
  if (steps === undefined) throw new InternalError("a way of a rebalance has no safe order");
  const now = [...from.expertOfSlot];
  const passed = isBroken ? [] : [start];
  steps.forEach(({ slot, expert }, index) => {
    now[slot] = expert;
    if (rulesFor(problem, now).hold(now)) passed.push(stopAt(index + 1, divided([...now])));
  });
  const end = passed.reduce((best, stop) => better(best, stop, moveCostUs));
  const stops = passed.slice(0, 1);
  for (const stop of passed.slice(1))
    if (stop.at <= end.at && stop.timeUs < stops.at(-1)!.timeUs) addConcave(stops, stop);
  const bundles = stops.slice(1).map((stop, index) => bundle(steps, stops[index]!, stop, false));
  if (isBroken) bundles.unshift(bundle(steps, start, stops[0]!, true));
  return { bundles, placed: end.placed, timeUs: end.timeUs, resplitUs };
}

/** The one that costs less, its moves included; of equal ones the first. */
const better = (one: Stop, other: Stop, moveCostUs: number): Stop =>
  other.timeUs + moveCostUs * other.at < one.timeUs + moveCostUs * one.at ? other : one;

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
