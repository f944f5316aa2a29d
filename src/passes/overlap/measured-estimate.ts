// Times by which launches are ordered where the user measured some: the models' estimates, times the ratios of a plan that was
// ordered without them.
import { parametersOf } from "../../cost/index.js";
import { PlanIndex, type Launch, type LaunchPlan, type Measured } from "../../plan/index.js";
import { MeasuredTimes, type PriceMemo } from "../../simulate/index.js";
import type { Estimate } from "./cells.js";

/** `plan`: any that makes the same launches. */
export function measuredEstimate(
  estimate: Estimate,
  plan: LaunchPlan,
  { times }: Measured,
  memo: PriceMemo,
): Estimate {
  const measured = new MeasuredTimes(new PlanIndex(plan), times, parametersOf(plan.machine), memo);
  const ratios = new Map<string, number>();
  for (const { launches } of plan.cells)
    for (const each of launches) ratios.set(keyOf(each), measured.atMean(each));
  return (launch) => estimate(launch) * (ratios.get(keyOf(launch)) ?? 1);
}

/** Launches of two blocks may have one name, but they stand for different lines. */
const keyOf = ({ id, span }: Launch): string => `${id} ${span.join()}`;
