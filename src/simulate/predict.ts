// The plan's prediction: the simulated step beside its lower bound, in the form in which plans carry it.
import type { CostParameters } from "../cost/index.js";
import { InternalError } from "../diagnostics/internal-error.js";
import { evaluate, type LaunchPlan, type Prediction } from "../plan/index.js";
import { lowerBound } from "./bound.js";
import { droppedShare } from "./dropped.js";
import { pricePlan, type PricedPlan } from "./priced-plan.js";
import { sharesOf } from "./shares.js";
import { sensitivities } from "./sensitivity/sensitivity.js";
import { simulate, type Simulation } from "./simulate.js";

/** Nanoseconds: finer digits are noise, and rounding keeps plans stable. */
const rounded = (us: number): number => Math.round(us * 1e3) / 1e3;

/** Predicts a step of a plan, at the expected routing. */
export function predict(plan: LaunchPlan, parameters?: CostParameters): Prediction {
  const priced = pricePlan(plan, parameters);
  return predictionOf(priced, simulate(priced));
}

/** How many of the figures that move the step a plan names. */
const MOST_SENSITIVE = 5;

/** The same of a plan that has been simulated. `mostSensitive`: how many of the figures that move the step it names. */
export function predictionOf(
  priced: PricedPlan,
  simulation: Simulation,
  mostSensitive = MOST_SENSITIVE,
): Prediction {
  const { makespanUs, ranks } = simulation;
  const bound = lowerBound(priced);
  const dropped = droppedShare(priced.index);
  const [first, ...others] = ranks;
  if (first === undefined) throw new InternalError("the plan has no ranks");
  const busiest = others.reduce((best, each) => (each.computeUs > best.computeUs ? each : best), first);
  const rank = ranks.indexOf(busiest);
  return {
    step_time_us: rounded(makespanUs),
    tokens_per_second: makespanUs === 0 ? 0 : rounded((newTokens(priced) / makespanUs) * 1e6),
    compute_us: rounded(busiest.computeUs),
    communication_us: rounded(busiest.communicationUs),
    exposed_communication_us: rounded(busiest.exposedUs),
    host_wait_us: rounded(busiest.hostWaitUs),
    lower_bound_us: rounded(bound.timeUs),
    bound_by: bound.boundBy,
    peak_memory_bytes: priced.index.plan.memory.total.value,
    ...(dropped === undefined ? {} : { dropped_share: Math.round(dropped * 1e6) / 1e6 }),
    shares: [...sharesOf(priced.index, busiest, rank, makespanUs)],
    sensitivity: sensitivities(priced, simulation).slice(0, mostSensitive),
    streams: busiest.role.role.streams.map(({ name }, at) => ({
      role: busiest.role.role.name,
      stream: name,
      busy_us: rounded(busiest.streamBusyUs[at]!),
    })),
  };
}

/** New tokens of a step: rows of the first block's input, for each rank and micro-batch. */
function newTokens({ index }: PricedPlan): number {
  const { plan } = index;
  const [first] = plan.model.layers;
  const [rows] = index.block(first.block).input.type.shape;
  if (rows === undefined) throw new InternalError("the model's input has no rows");
  return evaluate(rows, index.environment) * plan.world * plan.schedule.micro_batches;
}
