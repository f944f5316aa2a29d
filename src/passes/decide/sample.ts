// A plan priced by samples: the same cells over few layers and over a few more, whose difference is what each further layer costs.
// Equal layers cost alike but for their loads, so that tells candidates apart; the chosen plan is priced whole.
import type { LaunchPlan, LayerRun, TimelineEntry } from "../../plan/types.gen.js";

/** Layers of each run that the two samples have. */
const FEW = 2;
const MORE = 4;

/** Time of a whole step, given what a plan with fewer layers takes. */
export function timeBySamples(plan: LaunchPlan, stepTime: (plan: LaunchPlan) => number): number {
  const time = stepTime(withLayers(plan, MORE));
  const beyond = plan.model.layers.flatMap(({ repeat }) => (repeat > MORE ? [repeat - MORE] : []));
  if (beyond.length === 0) return time;
  const further = beyond.reduce((sum, each) => sum + each, 0) / beyond.length;
  return time + (further * (time - stepTime(withLayers(plan, FEW)))) / (MORE - FEW);
}

/** The plan with at most so many layers of each run. It is for prices alone: it computes no whole model. */
function withLayers(plan: LaunchPlan, most: number): LaunchPlan {
  return {
    ...plan,
    roles: plan.roles.map((role) => ({
      ...role,
      timeline: role.timeline.map((entry) => shortened(entry, plan.model.layers, most)),
    })),
  };
}

/** Leaves out the same layers of a run, whether its first and last have cells of their own or not. */
function shortened(entry: TimelineEntry, runs: readonly LayerRun[], most: number): TimelineEntry {
  const run = runs.find(({ first, repeat }) => entry.layer >= first && entry.layer < first + repeat);
  if (run === undefined || entry.repeat === 1) return entry;
  const left = Math.max(0, run.repeat - most);
  return { ...entry, repeat: Math.max(1, entry.repeat - left) };
}
