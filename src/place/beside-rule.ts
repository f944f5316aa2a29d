// Where the rule that others follow would do better than the search did, by loads or by time, the search goes on from the rule's own
// placement: so a placement is as good as the rule's wherever GPUs need not hold experts twice for that.
import type { PlacedLayer } from "./problem.js";
import type { Ruled } from "./rule.js";
import type { LayerScore } from "./score.js";
import { evenedOut } from "./search/even-out.js";
import { keepsGroups, solvedFrom, type SearchLimits, type Solved } from "./search/solve.js";
import { regrouped } from "./search/regroup.js";
import type { LayerTerms } from "./search/terms.js";
import { withoutTwins } from "./search/without-twins.js";

export interface Judged {
  readonly placed: PlacedLayer;
  readonly score: LayerScore;
  readonly solved: Solved;
}

export interface Rival {
  readonly ruled: Ruled;
  readonly score: LayerScore;
}

interface Contest extends SearchLimits {
  /** Greatest load with equal shares, as a share of all rows: of a placement. */
  readonly evenMost: (score: LayerScore) => number;
  readonly judge: (solved: Solved) => Judged;
}

/** Whether a placement is better than another: first by how far loads are from even enough, then by time. */
export function isBetter(
  one: Judged,
  other: Judged,
  { evenMost, floor }: Pick<Contest, "evenMost" | "floor">,
): boolean {
  const [excess, least] = [one, other].map(({ score }) => Math.max(evenMost(score), floor));
  return excess === least ? one.score.timeUs < other.score.timeUs : excess! < least!;
}

/** The placement that was found, or a better one near a rule's: first by how far loads are from even enough, then by time. */
export function besideRules(
  terms: LayerTerms,
  found: Judged,
  rivals: readonly Rival[],
  contest: Contest,
): Judged {
  const isEven = ({ score }: Judged): boolean => contest.evenMost(score) <= contest.floor;
  const ahead = rivals.filter(({ score }) => score.timeUs < found.score.timeUs);
  if (isEven(found) && ahead.length === 0) return found;
  let best = found;
  const consider = (expertOf: Int32Array): void => {
    for (const solved of solvedFrom(terms, expertOf, contest)) {
      const judged = contest.judge(solved);
      if (isBetter(judged, best, contest)) best = judged;
    }
  };
  const from = rivals.flatMap(({ ruled }) => {
    const apart = withoutTwins(terms, ruled.placed.expertOfSlot, !keepsGroups(terms));
    return apart === undefined ? [] : [apart];
  });
  from.forEach(consider);
  const nodes = terms.cluster.gpusOf.filter((gpus) => gpus.length > 0);
  const begins = [best.solved.expertOf, ...from];
  if (!isEven(best)) for (const begin of begins) consider(evenedOut(terms, [begin], nodes, contest));
  if (isEven(best) || nodes.length < 2 || keepsGroups(terms)) return best;
  const evened = evenedOut(terms, begins, [nodes.flat()], contest);
  consider(evened);
  consider(regrouped(terms, evened, contest.slowUs));
  return best;
}
