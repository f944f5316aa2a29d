// What every report says of a prediction in the same words: how far it is from its lower bound, and what the step goes to.
import type { CostShare, Prediction, Sensitivity } from "../plan/index.js";
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

/** Changes told in a sentence about what moves a step. */
const MOST_CHANGES = 3;

/**
 * `10 % more nvlink bandwidth: step time -3.1 %; next: peak flops fp8 or gemm efficiency -2.2 %`; undefined where nothing moves it.
 */
export function sensitivityText(sensitivity: readonly Sensitivity[]): string | undefined {
  const [first, ...others] = alike(sensitivity).slice(0, MOST_CHANGES);
  if (first === undefined) return undefined;
  const next = others.map((each) => {
    const otherwise = each.change === first.change ? "" : `${amountText(each)} `;
    return `${otherwise}${each.names} ${signedPercent(each.step_time_change)}`;
  });
  const rest = next.length === 0 ? "" : `; next: ${next.join(", ")}`;
  return `${amountText(first)} ${first.names}: step time ${signedPercent(first.step_time_change)}${rest}`;
}

/** Figures that move the step alike are told together: mostly one is a factor of the other. */
function alike(
  sensitivity: readonly Sensitivity[],
): readonly (Pick<Sensitivity, "change" | "step_time_change"> & { readonly names: string })[] {
  const keyOf = (each: Sensitivity): string => `${String(each.change)} ${String(each.step_time_change)}`;
  return [...new Set(sensitivity.map(keyOf))].flatMap((key) => {
    const [first, ...others] = sensitivity.filter((each) => keyOf(each) === key);
    if (first === undefined) return [];
    const { change, step_time_change } = first;
    return [{ change, step_time_change, names: [first, ...others].map(figureName).join(" or ") }];
  });
}

const amountText = ({ change }: Pick<Sensitivity, "change">): string =>
  `${String(Math.round(Math.abs(change) * 100))} % ${change > 0 ? "more" : "less"}`;

/** `gpu.peak_flops.fp8` as `peak flops fp8`, `nvlink.bandwidth` as `nvlink bandwidth`. */
export const figureName = ({ parameter }: Sensitivity): string =>
  parameter.replace(/^gpu\./, "").replace(/[._]/g, " ");

export const signedPercent = (share: number): string =>
  `${share < 0 ? "-" : "+"}${percent(Math.abs(share), 1)}`;
