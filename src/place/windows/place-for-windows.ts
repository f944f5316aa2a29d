// A placement of one layer for several windows at once: from placements that are at hand, what is quickest where it is slowest.
import { arranged } from "../arrange.js";
import type { PlacedLayer, PlaceProblem } from "../problem.js";
import { LayerScorer, splitOf } from "../score.js";
import { sharesOf } from "../shares.js";
import { bestTurns } from "../split.js";
import { annealed, type Scope } from "./anneal.js";
import { turnsForWindows } from "./window-turns.js";
import type { WindowedLayer } from "./window-loads.js";

/** Annealings of the usual effort. */
const RUNS = 2;
/** Uneven shares must lower the time by so much of it: even ones are simpler. */
const WORTH_IT = 1e-3;

export interface WindowsPlaced {
  readonly placed: PlacedLayer;
  /** Which candidate it is; undefined where the search found a better one. */
  readonly candidate: number | undefined;
}

/**
 * `windows`: [window] loads of the layer; `candidates`: at least one. Never slower in its slowest window than any candidate; and as
 * more effort adds annealings to those of less, never slower than with less. It keeps the pins, and groups on nodes where they must be.
 */
export function placeForWindows(
  problem: PlaceProblem,
  layer: number,
  windows: readonly (readonly number[])[],
  candidates: readonly PlacedLayer[],
  effort = 1,
): WindowsPlaced {
  const seen = problem.tokens?.[layer];
  const scorers = windows.map(
    (loads) =>
      new LayerScorer({ ...problem, loads: [loads], ...(seen === undefined ? {} : { tokens: [seen] }) }, 0),
  );
  const timed = (placed: PlacedLayer, candidate?: number): Timed => ({
    ...{ placed, candidate },
    us: scorers.reduce((most, scorer) => Math.max(most, scorer.score(placed).timeUs), 0),
  });
  const quicker = (one: Timed, other: Timed): Timed => (other.us < one.us ? other : one);
  const begun = candidates.map(timed);
  const start = begun.reduce(quicker);
  let best = start;
  const shares = windows.map(sharesOf);
  const isHard = problem.groupRule === "hard" && problem.gate.groups > 1;
  const scopes: readonly Scope[] = isHard ? ["node"] : ["node", "cluster"];
  const runs = Math.max(1, Math.round(RUNS * effort));
  for (let run = 0; run < runs; run++)
    for (const scope of scopes) {
      // By turns from the quickest candidate and from the first, which is for all windows alike.
      const from = (run % 2 === 0 ? start : begun[0]!).placed;
      const windowed = weighed(problem, shares, scorers, from);
      const expertOfSlot = annealed(windowed, from.expertOfSlot, scope, layer + 1013 * run);
      best = quicker(best, divided(windowed, expertOfSlot, timed));
    }
  if (best === start) return start;
  const split = splitOf(best.placed, shares[0]!.length);
  const parts = split.map((part, slot) => part * Math.max(...shares.map((row) => row[best.placed.expertOfSlot[slot]!]!))); // prettier-ignore
  const ordered = timed(arranged(best.placed, parts, problem.gpus));
  return quicker(start, ordered);
}

interface Timed extends WindowsPlaced {
  /** Microseconds in the window that takes longest. */
  readonly us: number;
}

/** Even turns, or those that suit all windows or one of the same height, where they are worth it. */
function divided(
  layer: WindowedLayer,
  expertOfSlot: readonly number[],
  timed: (placed: PlacedLayer) => Timed,
): Timed {
  const even = timed({ expertOfSlot, turns: expertOfSlot.map(() => 1) });
  if (layer.problem.evenSplit === true) return even;
  const mean = layer.shares[0]!.map((_, expert) =>
    layer.shares.reduce((sum, row) => sum + row[expert]! / layer.shares.length, 0),
  );
  const uneven = [turnsForWindows(layer, expertOfSlot), bestTurns(mean, expertOfSlot, layer.problem)]
    .map((turns) => timed({ expertOfSlot, turns }))
    .reduce((one, other) => (other.us < one.us ? other : one));
  return uneven.us < even.us * (1 - WORTH_IT) ? uneven : even;
}

/**
 * Windows take as long as one another where their loads stand at the same height: one whose tokens cross nodes for longer must
 * have less on its busiest GPU.
 */
function weighed(
  problem: PlaceProblem,
  shares: readonly Float64Array[],
  scorers: readonly LayerScorer[],
  from: PlacedLayer,
): WindowedLayer {
  const { slots, speeds } = problem.gpus;
  const speed = slots.reduce((sum, own, gpu) => sum + (own > 0 ? speeds[gpu]! : 0), 0);
  const ways = scorers.map((scorer) => {
    const { timeUs, balance } = scorer.score(from);
    const slowUs = scorer.slowUs(from.expertOfSlot, from.turns);
    // Microseconds of loads that are even, by what those take that are not.
    return { slowUs, evenUs: (timeUs - slowUs) * balance };
  });
  const longest = Math.max(...ways.map(({ slowUs, evenUs }) => slowUs + evenUs));
  const scales = ways.map(({ slowUs, evenUs }) =>
    evenUs > 0 ? (speed * evenUs) / (longest - slowUs) : speed,
  );
  return { problem, shares, scales: Float64Array.from(scales) };
}
