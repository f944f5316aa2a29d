// A sample of a plan: the same cells over fewer layers. Equal layers cost alike but for their loads, so a few of each run
// tell candidates apart; the chosen plan is priced whole.
import type { LaunchPlan, LayerRun, TimelineEntry } from "../../plan/types.gen.js";

/** Layers of each run that are priced during the search. */
const LAYERS_PRICED = 4;

/** The plan with at most `LAYERS_PRICED` layers of each run. It is for prices alone: it computes no whole model. */
export function sampleOfLayers(plan: LaunchPlan): LaunchPlan {
  return {
    ...plan,
    roles: plan.roles.map((role) => ({
      ...role,
      timeline: role.timeline.map((entry) => shortened(entry, plan.model.layers)),
    })),
  };
}

/** How much a difference between two samples grows over the whole plan: layers of the model per layer priced, of the runs cut short. */
export function layersPerSample(plan: LaunchPlan): number {
  const long = plan.model.layers.filter(({ repeat }) => repeat > LAYERS_PRICED);
  const layers = long.reduce((sum, { repeat }) => sum + repeat, 0);
  return long.length === 0 ? 1 : layers / (long.length * LAYERS_PRICED);
}

/** Leaves out the same layers of a run, whether its first and last have cells of their own or not. */
function shortened(entry: TimelineEntry, runs: readonly LayerRun[]): TimelineEntry {
  const run = runs.find(({ first, repeat }) => entry.layer >= first && entry.layer < first + repeat);
  if (run === undefined || entry.repeat === 1) return entry;
  const left = Math.max(0, run.repeat - LAYERS_PRICED);
  return { ...entry, repeat: Math.max(1, entry.repeat - left) };
}
