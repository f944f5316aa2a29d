// What every report says of a prediction in the same words: how far it is from its lower bound, and what the step goes to.
import type { CostShare, Prediction } from "../plan/index.js";
import { percent, significant, time } from "./units.js";

/** `2.1 times the lower bound of 1.06 s (compute of rank 3)`. */
export function boundText({
  step_time_us: step,
  lower_bound_us: bound,
  bound_by: by,
}: Pick<Prediction, "step_time_us" | "lower_bound_us" | "bound_by">): string {
  return bound > 0
    ? `${significant(step / bound)} times the lower bound of ${time(bound)} (${by})`
    : "without a lower bound: nothing takes time";
}

const costWords: Readonly<Record<CostShare["cost"], string>> = {
  experts: "experts",
  other_gemms: "other GEMMs",
  attention: "attention",
  memory_bound: "memory-bound kernels",
  slowed_by_transfers: "kernels slowed by transfers",
  exposed_dispatch: "exposed dispatch",
  exposed_combine: "exposed combine",
  exposed_counts: "exposed counts",
  waits_for_ranks: "waits for other ranks",
  waits_for_counts: "host waits for counts",
  idle: "idle",
  ended: "ended before other ranks",
};

/** A smaller share is not worth its words. */
const LEAST = 0.001;

/** `experts 41.0 %, attention 23.1 %, exposed dispatch 11.4 %`, largest first. */
export const sharesText = (shares: readonly CostShare[]): string =>
  shares
    .filter(({ share }) => share >= LEAST)
    .map(({ cost, share }) => `${costWords[cost]} ${percent(share, 1)}`)
    .join(", ");
