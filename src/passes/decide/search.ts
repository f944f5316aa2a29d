// The search over candidates: one axis after the other, until no single change makes the step shorter. What was tried on
// the way is kept, so the losers around the best are known with their prices.
import type { Decision, LaunchPlan } from "../../plan/types.gen.js";
import type { Candidate } from "../candidate.js";
import type { Axis, AxisValue } from "./axes.js";

/** A candidate with its plan and the price of a sample of its layers; `refusal` says why it may not be used. */
export interface Priced {
  readonly candidate: Candidate;
  readonly plan: LaunchPlan;
  readonly sample_time_us: number;
  readonly exposed_share: number;
  readonly refusal?: string;
}

/** Nanoseconds, as the prediction has them. */
const rounded = (time_us: number): number => Math.round(time_us * 1e3) / 1e3;

export type Pricer = (candidate: Candidate) => Priced;

/** Times that differ by less than about this are equal, and the simpler choice wins. */
const RELATIVE_TIE = 1e-6;

/**
 * Which of the classes of equal costs one is in. Distances alone would make no order: of three costs each could be equal to the next
 * and the first less than the last, and the search would go round among them for ever.
 */
const classOf = (cost: number): number => Math.round(Math.log(cost) / RELATIVE_TIE);

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

/**
 * A change of two coupled axes is worth trying where the first of them alone makes the step at most this much longer: further
 * off, no value of the other brings it back.
 */
const COUPLING_REACH = 1.15;

/**
 * A candidate that may be used comes before one that may not; then the shorter step; among equals the one whose first
 * differing axis has the simpler value.
 */
function isBetter(axes: readonly Axis[], a: Priced, b: Priced): boolean {
  if ((a.refusal === undefined) !== (b.refusal === undefined)) return a.refusal === undefined;
  const [costA, costB] =
    a.refusal === undefined
      ? [classOf(a.sample_time_us), classOf(b.sample_time_us)]
      : [classOf(a.plan.memory.total.value), classOf(b.plan.memory.total.value)];
  if (costA !== costB) return costA < costB;
  const differing = axes
    .map((axis) => positionOn(axis, a.candidate) - positionOn(axis, b.candidate))
    .find((difference) => difference !== 0);
  return differing !== undefined && differing < 0;
}

/** Which value of an axis a candidate has; simplest first. */
function positionOn({ values, valueOf }: Axis, candidate: Candidate): number {
  const own = valueOf(candidate);
  return values.findIndex(({ text }) => text === own);
}

/**
 * The best candidate that no change of a single axis, or of two coupled ones, improves. Every improvement starts again from the
 * first axis, so that an axis is tried around what those before it agree on: most of what is tried last is what the decisions
 * tell of in the end.
 */
export function search(axes: readonly Axis[], start: Candidate, price: Pricer): Priced {
  let best = price(start);
  const ordered = [...axes.filter(({ last }) => !last), ...axes.filter(({ last }) => last)];
  const coupled = axes.map((axis) => coupledMoves(axes, axis));
  const moves = [...ordered.map(singleMoves), ...coupled];
  for (let at = 0; at < moves.length;) {
    const before = best;
    for (const candidate of moves[at]!(best, price)) {
      const other = price(candidate);
      if (isBetter(axes, other, best)) best = other;
    }
    at = best === before ? at + 1 : 0;
  }
  return best;
}

/** The candidates that one move from the best so far reaches; those that are not worth pricing are left out. */
type Move = (best: Priced, price: Pricer) => Iterable<Candidate>;

const singleMoves =
  (axis: Axis): Move =>
  (best) =>
    valuesAround(axis, best).map(({ apply }) => apply(best.candidate));

/** The values of an axis that are worth trying around a candidate: none but its own where the axis could gain nothing. */
function valuesAround(axis: Axis, { candidate, exposed_share }: Priced): readonly AxisValue[] {
  const { values, leastExposedShare = 0 } = axis;
  const at = positionOn(axis, candidate);
  return at === 0 && exposed_share < leastExposedShare ? values.slice(0, 1) : values;
}

/** Changes of an axis and of the one that it is coupled with, at once. */
const coupledMoves = (axes: readonly Axis[], { values, coupledWith }: Axis): Move =>
  function* ({ candidate, sample_time_us: best_us }, price) {
    const others = axes.find(({ name }) => name === coupledWith)?.values ?? [];
    if (values.length < 2 || others.length < 2) return;
    for (const { apply } of values) {
      const alone = apply(candidate);
      if (price(alone).sample_time_us > COUPLING_REACH * best_us) continue;
      for (const other of others) yield other.apply(alone);
    }
  };

/**
 * What was chosen on each axis, and what each other value would have cost with the rest as chosen: the step's predicted time
 * and what the samples say that they differ by.
 */
export function decisionsAround(
  axes: readonly Axis[],
  best: Priced,
  price: Pricer,
  step_time_us: number,
  spanOf: (axis: Axis) => Decision["span"],
): Decision[] {
  const chosen = JSON.stringify(best.candidate);
  return axes.map((axis) => {
    // A value that changes others with it may be the candidate's own, and yet make another of it.
    const priced = valuesAround(axis, best)
      .filter(({ text }) => text !== axis.valueOf(best.candidate))
      .map((value) => ({ text: value.text, priced: price(value.apply(best.candidate)) }));
    const seen = new Set([chosen]);
    return {
      name: axis.name,
      choice: axis.valueOf(best.candidate),
      pinned: axis.pinned,
      price_us: step_time_us,
      alternatives: priced.flatMap(({ text, priced: { candidate, sample_time_us: time, refusal } }) => {
        const key = JSON.stringify(candidate);
        if (seen.has(key)) return [];
        seen.add(key);
        return [
          refusal === undefined
            ? {
                choice: text,
                price_us: rounded(step_time_us + time - best.sample_time_us),
              }
            : { choice: text, price_us: null, reason: refusal },
        ];
      }),
      span: spanOf(axis),
    };
  });
}
