// An explanation of a plan as data: what was chosen and why, where a step's time goes, what hides what, what is exposed and
// why, where rows crowd, what memory holds. It says nothing that cannot be read from the plan and its simulation.
import type { Why } from "../../plan/index.js";
import { lowerBounds, predictionOf, transportPrices, variations } from "../../simulate/index.js";
import { reportMeasured } from "../measured/report.js";
import { withoutProfile, withoutSentences } from "../measured/without.js";
import { longestRun, type SimulatedPlan } from "../simulated-plan.js";
import { choicesOf } from "./choices.js";
import type { ExplainedPlan } from "./explained-plan.js";
import { exchangeTimes } from "./exchange-times.js";
import { memoryGrowth } from "./growth.js";
import { heatOf } from "./heat.js";
import { hiddenTransfers } from "./hiding.js";
import { lossesOf } from "./losses.js";
import { placedExperts } from "./placed-layers.js";
import { rounded } from "./rounded.js";
import { standstills } from "./standstills.js";
import { summarySentences } from "./summary-sentences.js";
import { waitedFor } from "./waits.js";

/** Printed by --json as it is. */
export interface Explanation extends ExplainedPlan {
  /** The essence in sentences. */
  readonly summary: readonly string[];
}

/** Explains a plan by its simulated step. `models`: the reasons that the models alone would give, where something was measured. */
export function explain(simulated: SimulatedPlan, models?: Why): Explanation {
  const explained = rounded(explainedPlan(simulated, models));
  const { profile, without_profile: without, step_time_us: step } = explained;
  const changed = profile && without ? withoutSentences(step, profile, without) : [];
  return { summary: [...summarySentences(explained), ...changed], ...explained };
}

function explainedPlan(simulated: SimulatedPlan, models: Why | undefined): ExplainedPlan {
  const { plan, priced, simulation } = simulated;
  const { block, first, repeat } = longestRun(plan);
  const profile = reportMeasured(priced);
  const tokens = plan.dimensions.find(({ name }) => name === "tokens")?.value;
  return {
    schedule: plan.schedule.name,
    model: plan.model.name,
    mode: plan.schedule.mode,
    machine: plan.machine.name,
    ranks: plan.world,
    micro_batches: plan.schedule.micro_batches,
    ...(tokens === undefined ? {} : { tokens_per_micro_batch: tokens }),
    ...predictionOf(priced, simulation, Infinity),
    decisions: choicesOf(plan),
    ...(profile === undefined ? {} : { profile }),
    ...(models === undefined ? {} : { without_profile: withoutProfile(plan, models) }),
    run: { block, first, layers: repeat },
    losses: lossesOf(simulated),
    lower_bounds: lowerBounds(priced)
      .map(({ boundBy, timeUs }) => ({ bound_by: boundBy, time_us: timeUs }))
      .sort((one, other) => other.time_us - one.time_us),
    exchanges: exchangeTimes(simulated),
    transfers: hiddenTransfers(simulated),
    standstills: standstills(simulated),
    waited_for: waitedFor(simulated),
    loads: heatOf(simulated),
    placed: placedExperts(plan),
    if_free: variations(priced).map(({ name, stepTimeUs }) => ({ name, step_time_us: stepTimeUs })),
    transports: transportPrices(priced).map(({ transport, stepTimeUs }) => ({
      transport,
      step_time_us: stepTimeUs,
    })),
    memory: { available_bytes: plan.machine.gpu.memory_bytes, parts: memoryGrowth(plan) },
  };
}
