// What an emitted program cannot express, as diagnostics at the places where it was asked for.
import { diagnostic, type Diagnostic } from "../diagnostics/report.js";
import { cudaLimits, type LaunchPlan } from "../index.js";

/** None for a plan that can be emitted. */
export async function notEmittable(plan: LaunchPlan): Promise<readonly Diagnostic[]> {
  const limits = await cudaLimits(plan);
  return limits.map(({ reason, advice, span: [index, start, end] }) =>
    diagnostic("not-emittable", { source: plan.sources[index]?.uri ?? "", start, end }, { reason, advice }),
  );
}
