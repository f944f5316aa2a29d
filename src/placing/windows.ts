// Loads that differ from window to window: their mean, and how one placement does in each of them.
import { LayerScorer, type PlacedLayer, type PlaceProblem } from "../place/index.js";
import type { Matrix } from "./options.js";

/** [layer][expert] mean over the windows. */
export function meanOf(windows: readonly Matrix[]): Matrix {
  const [first = [], ...others] = windows;
  if (others.length === 0) return first;
  return first.map((row, layer) =>
    row.map((load, expert) => {
      // Divided before they are added, so that sums of very large loads stay finite.
      const parts = others.map((window) => window[layer]![expert]! / windows.length);
      return parts.reduce((sum, each) => sum + each, load / windows.length);
    }),
  );
}

/** How a placement of a layer does in the window in which it does worst. */
export interface WorstWindow {
  readonly window: number;
  /** With the split that the placement states, as it is served. */
  readonly balance: number;
  readonly timeUs: number;
}

/** Scores placements of one layer in every window. */
export class WindowScorer {
  readonly #scorers: readonly LayerScorer[];

  constructor(problem: PlaceProblem, windows: readonly Matrix[], layer: number) {
    this.#scorers = windows.map((loads) => new LayerScorer({ ...problem, loads }, layer));
  }

  /** The window in which the layer takes longest. */
  slowest(placed: PlacedLayer): WorstWindow {
    return this.#worst(placed, (one, other) => one.timeUs > other.timeUs);
  }

  /** The window in which GPUs are loaded most unevenly. */
  leastBalanced(placed: PlacedLayer): WorstWindow {
    return this.#worst(placed, (one, other) => one.balance < other.balance);
  }

  #worst(placed: PlacedLayer, isWorse: (one: WorstWindow, other: WorstWindow) => boolean): WorstWindow {
    const scores = this.#scorers.map((scorer, window): WorstWindow => {
      const { balance, timeUs } = scorer.score(placed);
      return { window, balance, timeUs };
    });
    return scores.reduce((worst, each) => (isWorse(each, worst) ? each : worst));
  }
}
