// Reads a plan of which something can be said: one whose names resolve and whose numbers are those of its expressions.
import { InternalError } from "../diagnostics/internal-error.js";
import { diagnostic } from "../diagnostics/report.js";
import {
  readAnyPlanFile,
  readPlanFile,
  shownPlan,
  whyIndefinite,
  type ExchangePlan,
  type Findings,
  type LaunchPlan,
} from "../index.js";
import { exitCodeOf, exitCodes, shown, type Outcome, type Shown } from "./outcome.js";

/** The plan with what was found on the way, or the outcome of a command that cannot go on. */
type Definite<P> = { readonly plan: P; readonly found: Shown } | { readonly outcome: Outcome };

/** A launch plan. */
export const readDefinitePlan = async (path: string): Promise<Definite<LaunchPlan>> =>
  definite(path, await readPlanFile(path));

/** A launch plan or an exchange plan: its `format` says which. */
export const readAnyDefinitePlan = async (path: string): Promise<Definite<LaunchPlan | ExchangePlan>> =>
  definite(path, await readAnyPlanFile(path));

async function definite<P extends LaunchPlan | ExchangePlan>(
  path: string,
  { plan, ...findings }: Findings & { readonly plan?: P },
): Promise<Definite<P>> {
  const found = shown(findings);
  if (plan === undefined) return { outcome: { ...found, exit: exitCodeOf(found.diagnostics) } };
  const problem = await whyIndefinite(plan);
  return problem === undefined
    ? { plan, found }
    : { outcome: inconsistentPlan(path, found, problem.replace(/\.$/, "")) };
}

/** The outcome for a plan about which nothing can be said. */
export function inconsistentPlan(path: string, found: Shown, problem: string): Outcome {
  const uri = shownPlan(path);
  const nowhere = { source: uri, start: 0, end: 0 };
  const diagnostics = [diagnostic("plan-inconsistent", nowhere, { path: uri, problem })];
  return { ...found, diagnostics, exit: exitCodes.planWrong };
}

/** What is made of a plan that may be anybody's: where Weft cannot make sense of it, that is said of the plan. */
export async function ofPlan<T>(
  path: string,
  found: Shown,
  make: () => Promise<T>,
): Promise<T | { readonly outcome: Outcome }> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof InternalError) return { outcome: inconsistentPlan(path, found, error.message) };
    throw error;
  }
}
