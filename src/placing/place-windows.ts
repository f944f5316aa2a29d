// Placements for loads of several windows: for their mean, for one of them, or whichever does best where it does worst.
import {
  LayerScorer,
  placeLayers,
  type PlacedResult,
  type PlaceOptions,
  type PlaceProblem,
} from "../place/index.js";
import type { Matrix, WindowChoice } from "./options.js";
import { meanOf, WindowScorer } from "./windows.js";

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
  { onProgress, ...options }: PlaceOptions = {},
): readonly PlacedResult[] {
  const tried = choice === "worst" && windows.length > 1 ? thinned(windows) : [];
  const runs = tried.length + 1;
  const candidates = [problem.loads, ...tried].map((loads, run) =>
    placeLayers(
      { ...problem, loads },
      { ...options, onProgress: (share) => onProgress?.((run + share) / runs) },
    ),
  );
  const [own = []] = candidates;
  if (tried.length === 0) return own;
  return own.map((result, layer) => {
    const scorer = new WindowScorer(problem, windows, layer);
    const [best] = candidates
      .map((candidate) => candidate[layer]!)
      .map(({ placed, startWasBest }) => ({ placed, startWasBest, us: scorer.slowest(placed).timeUs }))
      .reduce<readonly { placed: PlacedResult["placed"]; startWasBest: boolean; us: number }[]>(
        ([least], each) => [least === undefined || each.us < least.us ? each : least],
        [],
      );
    const { placed, startWasBest } = best!;
    return { ...result, placed, startWasBest, score: new LayerScorer(problem, layer).score(placed) };
  });
}

function thinned(windows: readonly Matrix[]): readonly Matrix[] {
  const count = Math.min(windows.length, MOST_CANDIDATES);
  return Array.from({ length: count }, (_, at) => windows[Math.floor((at * windows.length) / count)]!);
}
