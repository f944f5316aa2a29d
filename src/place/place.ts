// Placement of all layers, each beside a bound and beside what the usual rule would have done.
import { arranged } from "./arrange.js";
import { besideRules, isBetter, type Judged, type Rival } from "./beside-rule.js";
import { lowerBoundShare } from "./bound.js";
import type { PlacedLayer, PlaceProblem } from "./problem.js";
import { ruledLayer, rulePolicy, type Ruled, type RulePolicy } from "./rule.js";
import { LayerScorer, splitOf, type LayerScore } from "./score.js";
import { weightsOf } from "./search/objective.js";
import { solveLayer, type Solved } from "./search/solve.js";
import { ClusterTerms, LayerTerms } from "./search/terms.js";

export interface PlaceOptions {
  /** How many times the usual steps the search takes, a power of two from 1 on; no clock, so that the result follows from the input. */
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
  const { speeds, slots } = problem.gpus;
  const speed = speeds.reduce((sum, each, gpu) => sum + (slots[gpu]! > 0 ? each : 0), 0);
  const evenMost = ({ evenBalance }: LayerScore): number => 1 / speed / evenBalance;
  return problem.loads.map((loads, layer) => {
    const terms = new LayerTerms(cluster, layer);
    const scorer = new LayerScorer(problem, layer, terms);
    const ruleFor = (policy: RulePolicy): Rival => {
      const ruled = ruledLayer(problem, layer, policy);
      return { ruled, score: scorer.score(ruled.placed) };
    };
    const policy = rulePolicy(problem);
    const rule = ruleFor(policy);
    const total = loads.reduce((sum, each) => sum + each, 0);
    // By loads alone a placement is no less even than the rule's. Tokens that were seen may make other things worth more.
    const floor = terms.seen === undefined ? evenMost(rule.score) * (1 + 1e-9) : Infinity;
    const slowUs = (expertOf: Int32Array, turns: readonly number[]): number => scorer.slowUs(expertOf, turns);
    const judge = (solved: Solved): Judged => {
      const found = { expertOfSlot: [...solved.expertOf], turns: solved.turns };
      const split = splitOf(found, terms.experts);
      const parts = found.expertOfSlot.map((expert, slot) => terms.shares[expert]! * split[slot]!);
      const placed = arranged(found, parts, problem.gpus);
      return { placed, score: scorer.score(placed), solved };
    };
    const searched = (ownEffort: number): Judged => {
      const search = { weights, floor, effort: ownEffort, slowUs };
      const found = judge(solveLayer(terms, search));
      const rivals = rivalPolicies(problem, policy).flatMap((each) => {
        if (each === policy) return [rule];
        return found.solved.beatsSpread ? [] : [ruleFor(each)];
      });
      return rivals.length === 0 ? found : besideRules(terms, found, rivals, { ...search, evenMost, judge });
    };
    const better = (best: Judged, each: Judged): Judged =>
      isBetter(each, best, { floor, evenMost }) ? each : best;
    let best = effortsUpTo(effort).map(searched).reduce(better);
    const lowerBoundLoad = lowerBoundShare(problem, layer) * total;
    // Levelling by equal shares may lead away from what unequal ones could do.
    if (best.score.maxLoad > FAR * lowerBoundLoad) best = better(best, searched(LITTLE_EFFORT));
    const { placed, score, solved } = best;
    onProgress?.((layer + 1) / problem.loads.length);
    return {
      ...{ placed, score, startWasBest: solved.startWasBest },
      lowerBoundLoad,
      rule: { ...rule.ruled, score: rule.score },
    };
  });
}

/** Above the lower bound by so much, a placement may have been led astray. */
const FAR = 1.08;
const LITTLE_EFFORT = 0.1;

/** Doubled up to what is asked for: what less finds is never lost. */
function effortsUpTo(effort: number): readonly number[] {
  const efforts = [Math.min(1, effort)];
  while (2 * efforts.at(-1)! <= effort) efforts.push(2 * efforts.at(-1)!);
  return efforts;
}

/** The ways of EPLB that keep what the problem demands: a placement is to be as quick as by any of them. */
function rivalPolicies({ pins, groupRule, gate }: PlaceProblem, chosen: RulePolicy): readonly RulePolicy[] {
  if (pins.length > 0) return [];
  const isHard = groupRule === "hard" && gate.groups > 1;
  if (chosen === "spread") return isHard ? [] : [chosen];
  return isHard ? [chosen] : [chosen, "spread"];
}
