// Placement of all layers, each beside a bound and beside what the usual rule would have done.
import { arranged } from "./arrange.js";
import { lowerBoundShare } from "./bound.js";
import type { PlacedLayer, PlaceProblem } from "./problem.js";
import { ruledLayer, type Ruled } from "./rule.js";
import { LayerScorer, splitOf, type LayerScore } from "./score.js";
import { weightsOf } from "./search/objective.js";
import { solveLayer } from "./search/solve.js";
import { ClusterTerms, LayerTerms } from "./search/terms.js";

export interface PlaceOptions {
  /** How many times the usual steps the search takes; no clock, so that the result follows from the input alone. */
  readonly effort?: number;
  readonly onProgress?: (share: number) => void;
}

export interface PlacedResult {
  readonly placed: PlacedLayer;
  readonly score: LayerScore;
  /** No placement has a `maxLoad` below it; in the unit of the loads. */
  readonly lowerBoundLoad: number;
  /** What the rule would have done: whether groups divide by nodes decides, whatever the loads. */
  readonly rule: Ruled & { readonly score: LayerScore };
  /** Whether the search found nothing better than what it began from. */
  readonly startWasBest: boolean;
}

/** Places every layer. The problem must have no faults (`placeFaults`). */
export function placeLayers(
  problem: PlaceProblem,
  { effort = 1, onProgress }: PlaceOptions = {},
): PlacedResult[] {
  const cluster = new ClusterTerms(problem);
  const weights = weightsOf(problem);
  return problem.loads.map((loads, layer) => {
    const terms = new LayerTerms(cluster, layer);
    const scorer = new LayerScorer(problem, layer, terms);
    const rule = ruledLayer(problem, layer);
    const ruleScore = scorer.score(rule.placed);
    const total = loads.reduce((sum, each) => sum + each, 0);
    // By loads alone a placement is no less even than the rule's. Tokens that were seen may make other things worth more.
    const isBound = total > 0 && terms.seen === undefined;
    const floor = isBound ? (ruleScore.maxLoad / total) * (1 + 1e-9) : Infinity;
    const slowUs = (expertOf: Int32Array, turns: readonly number[]): number => scorer.slowUs(expertOf, turns);
    const solved = solveLayer(terms, { weights, floor, effort, slowUs });
    const found = { expertOfSlot: [...solved.expertOf], turns: solved.turns };
    const split = splitOf(found, terms.experts);
    const parts = found.expertOfSlot.map((expert, slot) => terms.shares[expert]! * split[slot]!);
    const placed = arranged(found, parts, problem.gpus);
    onProgress?.((layer + 1) / problem.loads.length);
    return {
      ...{ placed, score: scorer.score(placed), startWasBest: solved.startWasBest },
      lowerBoundLoad: lowerBoundShare(problem, layer) * total,
      rule: { ...rule, score: ruleScore },
    };
  });
}
