// The one place that chooses: it runs the pure pipeline for the candidates worth trying, lets the simulator price each, keeps
// the best and records the losers.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Diagnostics } from "../../diagnostics/report.js";
import { parametersOf } from "../../cost/index.js";
import { planSpan, type Program } from "../../check/program.js";
import type { LaunchPlan } from "../../plan/types.gen.js";
import { predictionOf, pricePlan, simulate, type PricedPlan, type Simulation } from "../../simulate/index.js";
import type { Candidate } from "../candidate.js";
import { layerDecisions } from "../place/decisions.js";
import { buildPlan, prepare, type Prepared } from "../plan/build.js";
import { axes, startingPoint } from "./axes.js";
import { reportUnplaceable } from "./unplaceable.js";
import { refusal, reportUnfit, reportUnmet } from "./fit.js";
import { reportOverflow } from "./overflow.js";
import { sampledStep } from "./sample.js";
import { decisionsAround, remembering, search, type Priced } from "./search.js";

/** A bound is searched for in steps of a hundredth. */
const BOUND_STEP = 0.01;

/** A plan with the simulation that its prediction tells of. */
export interface SimulatedDecision {
  readonly plan: LaunchPlan;
  /** Of the same plan, but for its `why`. */
  readonly priced: PricedPlan;
  readonly simulation: Simulation;
}

/** The best plan for a program with its decisions and prediction, or undefined after reporting why there is none. */
export const decide = (program: Program, diagnostics: Diagnostics): LaunchPlan | undefined =>
  decideAndSimulate(program, diagnostics)?.plan;

/** The same, for those who go on to tell of the simulation. */
export function decideAndSimulate(program: Program, diagnostics: Diagnostics): SimulatedDecision | undefined {
  const prepared = prepare(program);
  const { placer } = prepared;
  if (reportUnplaceable(program, placer, diagnostics)) return undefined;
  const all = axes(program, prepared.sites.length > 0, placer.methods, placer.mostSlots, placer.mostChosen);
  const price = remembering((candidate) => priceSample(prepared, candidate));
  const best = search(all, startingPoint(all), price);
  if (best.refusal !== undefined) {
    reportUnfit(program, best, () => largestBound(prepared, best.candidate), diagnostics);
    return undefined;
  }
  const priced = pricePlan(best.plan, parametersOf(best.plan.machine), prepared.priceMemo);
  const simulation = simulate(priced);
  const prediction = predictionOf(priced, simulation);
  reportUnmet(program, prediction, diagnostics);
  reportOverflow(program, priced, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const decisions = decisionsAround(all, best, price, prediction.step_time_us, (axis) =>
    planSpan(program, axis.span),
  );
  const placement = decisions.find(({ name }) => name === "placement");
  if (placement !== undefined)
    decisions.push(...layerDecisions(program, placer, best.candidate.placement, placement));
  return { plan: { ...best.plan, why: { decisions, prediction } }, priced, simulation };
}

/** Prices a candidate on the sample of its layers; what it may not need, memory, is that of all layers. */
function priceSample(prepared: Prepared, candidate: Candidate): Priced {
  const plan = buildPlan(prepared, candidate);
  const refused = refusal(prepared.program, plan);
  const { time_us: sample_time_us, exposed_share } = sampledStep(plan, prepared.priceMemo);
  if (!Number.isFinite(sample_time_us))
    throw new InternalError(`a step of ${JSON.stringify(candidate)} takes ${String(sample_time_us)} us`);
  const priced = { candidate, plan, sample_time_us, exposed_share };
  return refused === undefined ? priced : { ...priced, refusal: refused };
}

/** The largest bound on received rows with which the plan fits, in hundredths; undefined where even 1 does not. */
function largestBound({ program, placer }: Prepared, candidate: Candidate): number | undefined {
  const fits = (bound: number): boolean => {
    const { schedule } = program;
    const tokens = { ...schedule.exchange.tokens, bound, overflow: "abort" as const };
    const bounded = { ...program, schedule: { ...schedule, exchange: { ...schedule.exchange, tokens } } };
    return refusal(program, buildPlan(prepare(bounded, placer), candidate)) === undefined;
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
