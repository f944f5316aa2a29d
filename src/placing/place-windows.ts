// Placements for loads of several windows: for their mean, for one of them, or for all at once where it does worst.
import {
  LayerScorer,
  placeForWindows,
  placeLayers,
  type PlacedResult,
  type PlaceOptions,
  type PlaceProblem,
} from "../place/index.js";
import type { Matrix, WindowChoice } from "./options.js";
import { meanOf } from "./windows.js";

/** Windows that `worst` makes a placement for, besides the mean: more are thinned out evenly. */
export const MOST_CANDIDATES = 16;

/** The loads that a placement is made for and judged by. */
export const judgedLoads = (windows: readonly Matrix[], choice: WindowChoice): Matrix =>
  typeof choice === "number" ? windows[choice]! : meanOf(windows);

/** `problem` has the judged loads. */
export function placeWindows(
  problem: PlaceProblem,
  windows: readonly Matrix[],
  choice: WindowChoice,
  { onProgress, effort }: PlaceOptions = {},
): readonly PlacedResult[] {
  const tried = choice === "worst" && windows.length > 1 ? thinned(windows) : [];
  // One more is the search for all of them at once, which a larger effort goes to: its candidates are the same, so it is no worse.
  const runs = tried.length + (tried.length === 0 ? 1 : 2);
  const options = tried.length > 0 || effort === undefined ? {} : { effort };
  const candidates = [problem.loads, ...tried].map((loads, run) =>
    placeLayers(
      { ...problem, loads },
      { ...options, onProgress: (share) => onProgress?.((run + share) / runs) },
    ),
  );
  const [own = []] = candidates;
  if (tried.length === 0) return own;
  return own.map((result, layer) => {
    const rows = windows.map((loads) => loads[layer]!);
    const each = candidates.map((candidate) => candidate[layer]!);
    const { placed, candidate } = placeForWindows(
      problem,
      layer,
      rows,
      each.map((one) => one.placed),
      effort,
    );
    onProgress?.((candidates.length + (layer + 1) / own.length) / runs);
    return {
      ...{ ...result, placed, score: new LayerScorer(problem, layer).score(placed) },
      startWasBest: candidate !== undefined && each[candidate]!.startWasBest,
    };
  });
}

function thinned(windows: readonly Matrix[]): readonly Matrix[] {
  const count = Math.min(windows.length, MOST_CANDIDATES);
  return Array.from({ length: count }, (_, at) => windows[Math.floor((at * windows.length) / count)]!);
}
