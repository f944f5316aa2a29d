// The search over candidates: one axis after the other, until no single change makes the step shorter. What was tried on
// the way is kept, so the losers around the best are known with their prices.
import type { Decision, LaunchPlan, Prediction } from "../../plan/types.gen.js";
import type { Candidate } from "../candidate.js";
import type { Axis } from "./axes.js";

/** A candidate with its plan and price; `refusal` says why it may not be used. */
export interface Priced {
  readonly candidate: Candidate;
  readonly plan: LaunchPlan;
  readonly prediction: Prediction;
  readonly refusal?: string;
}

export type Pricer = (candidate: Candidate) => Priced;

/** Times that differ by less than this are equal, and the simpler choice wins. */
const RELATIVE_TIE = 1e-6;

/** Remembers what was priced. */
export function remembering(price: Pricer): Pricer {
  const known = new Map<string, Priced>();
  return (candidate) => {
    const key = JSON.stringify(candidate);
    const found = known.get(key) ?? price(candidate);
    known.set(key, found);
    return found;
  };
}

/** A candidate that may be used comes before one that may not; among equals the shorter step. */
function better(a: Priced, b: Priced): boolean {
  if ((a.refusal === undefined) !== (b.refusal === undefined)) return a.refusal === undefined;
  if (a.refusal !== undefined) return a.prediction.peak_memory_bytes < b.prediction.peak_memory_bytes;
  return a.prediction.step_time_us < b.prediction.step_time_us * (1 - RELATIVE_TIE);
}

/** The best candidate that no change of a single axis improves. */
export function search(axes: readonly Axis[], start: Candidate, price: Pricer): Priced {
  let best = price(start);
  for (let improved = true; improved;) {
    improved = false;
    for (const axis of axes)
      for (const value of axis.values) {
        const other = price(value.apply(best.candidate));
        if (better(other, best)) {
          best = other;
          improved = true;
        }
      }
  }
  return best;
}

/** What was chosen on each axis, and what each other value would have cost with the rest as chosen. */
export function decisionsAround(
  axes: readonly Axis[],
  best: Priced,
  price: Pricer,
  spanOf: (axis: Axis) => Decision["span"],
): Decision[] {
  const chosen = JSON.stringify(best.candidate);
  return axes.map((axis) => {
    const priced = axis.values.map((value) => ({
      text: value.text,
      priced: price(value.apply(best.candidate)),
    }));
    const choice = priced.find((each) => JSON.stringify(each.priced.candidate) === chosen);
    const seen = new Set([chosen]);
    return {
      name: axis.name,
      choice: choice?.text ?? "",
      pinned: axis.pinned,
      price_us: best.prediction.step_time_us,
      alternatives: priced.flatMap(({ text, priced: { candidate, prediction, refusal } }) => {
        const key = JSON.stringify(candidate);
        if (seen.has(key)) return [];
        seen.add(key);
        return [
          refusal === undefined
            ? { choice: text, price_us: prediction.step_time_us }
            : { choice: text, price_us: null, reason: refusal },
        ];
      }),
      span: spanOf(axis),
    };
  });
}
