// Relative errors of predictions, and what is typical and what is bad among them.
import type { Case } from "./family.js";
import type { Model } from "./model.js";

export interface ErrorSummary {
  readonly median: number;
  readonly p90: number;
}

/** |predicted / measured - 1| of each case; a prediction that is no number counts as wholly wrong. */
export const errorsOf = (cases: readonly Case[], model: Model): readonly number[] =>
  cases.map((each) => {
    const error = Math.abs(each.predictUs(model) / each.measuredUs - 1);
    return Number.isFinite(error) ? error : 1;
  });

/** Undefined for none. */
export function summarise(errors: readonly number[]): ErrorSummary | undefined {
  if (errors.length === 0) return undefined;
  const sorted = [...errors].sort((left, right) => left - right);
  return { median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) };
}

/** Of ascending values, between neighbours in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const low = sorted[Math.floor(position)] ?? 0;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}
