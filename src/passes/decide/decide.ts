// The one place that chooses: it runs the pure pipeline for the candidates worth trying, lets the simulator price each, keeps
// the best and records the losers.
import type { Diagnostics } from "../../diagnostics/report.js";
import { planSpan, type Program } from "../../check/program.js";
import type { LaunchPlan } from "../../plan/types.gen.js";
import { predict } from "../../simulate/index.js";
import type { Candidate } from "../candidate.js";
import { exchangeSites } from "../lower/exchanges.js";
import { lower } from "../lower/graph.js";
import { expertsOf, slotCount } from "../place/place.js";
import { buildPlan } from "../plan/build.js";
import { axes, startingPoint } from "./axes.js";
import { refusal, reportUnfit, reportUnmet } from "./fit.js";
import { decisionsAround, remembering, search, type Priced } from "./search.js";

/** A bound is searched for in steps of a hundredth. */
const BOUND_STEP = 0.01;

/** The best plan for a program with its decisions and prediction, or undefined after reporting why there is none. */
export function decide(program: Program, diagnostics: Diagnostics): LaunchPlan | undefined {
  const sites = exchangeSites(lower(program.model));
  const hasReplicas = sites.some((site) => {
    const experts = expertsOf(program, site);
    return slotCount(program, experts) > experts;
  });
  const all = axes(program, sites.length > 0, hasReplicas);
  const price = remembering((candidate) => pricePlan(program, candidate));
  const best = search(all, startingPoint(all), price);
  if (best.refusal !== undefined) {
    reportUnfit(program, best, () => largestBound(program, best.candidate), diagnostics);
    return undefined;
  }
  reportUnmet(program, best.prediction, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const decisions = decisionsAround(all, best, price, (axis) => planSpan(program, axis.span));
  return { ...best.plan, why: { decisions, prediction: best.prediction } };
}

function pricePlan(program: Program, candidate: Candidate): Priced {
  const plan = buildPlan(program, candidate);
  const refused = refusal(program, plan);
  return {
    candidate,
    plan,
    prediction: predict(plan),
    ...(refused === undefined ? {} : { refusal: refused }),
  };
}

/** The largest bound on received rows with which the plan fits, in hundredths; undefined where even 1 does not. */
function largestBound(program: Program, candidate: Candidate): number | undefined {
  const fits = (bound: number): boolean => {
    const { schedule } = program;
    const tokens = { ...schedule.exchange.tokens, bound, overflow: "abort" as const };
    const bounded = { ...program, schedule: { ...schedule, exchange: { ...schedule.exchange, tokens } } };
    return refusal(program, buildPlan(bounded, candidate)) === undefined;
  };
  if (!fits(1)) return undefined;
  let low = 100;
  let high = 100 * program.schedule.parallel.ep;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle * BOUND_STEP)) low = middle;
    else high = middle - 1;
  }
  return low / 100;
}
