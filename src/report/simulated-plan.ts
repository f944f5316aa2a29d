// A plan with its simulated step: what every report about time starts from. Simulated once, read often.
import { InternalError } from "../diagnostics/internal-error.js";
import type { LaunchPlan, LayerRun } from "../plan/index.js";
import { pricePlan, simulate, type PricedPlan, type RankTimes, type Simulation } from "../simulate/index.js";

export interface SimulatedPlan {
  readonly plan: LaunchPlan;
  readonly priced: PricedPlan;
  readonly simulation: Simulation;
  /** Ranks that behave alike, together. */
  readonly alike: readonly AlikeRanks[];
}

export interface AlikeRanks {
  readonly times: RankTimes;
  /** World ranks, ascending. */
  readonly ranks: readonly number[];
}

/** Simulates a plan, at its own prices or others. Throws StuckError where its launches wait for one another for ever. */
export function simulatedPlan(
  plan: LaunchPlan,
  priced = pricePlan(plan),
  simulation = simulate(priced),
): SimulatedPlan {
  const alike = new Map<RankTimes, number[]>();
  simulation.ranks.forEach((times, rank) => {
    const known = alike.get(times) ?? [];
    alike.set(times, known);
    known.push(rank);
  });
  return { plan, priced, simulation, alike: [...alike].map(([times, ranks]) => ({ times, ranks })) };
}

/** The rank that computes longest; the first of equals. */
export function busiestRank({ simulation: { ranks } }: SimulatedPlan): number {
  if (ranks.length === 0) throw new InternalError("the plan has no ranks");
  return ranks.reduce((best, each, rank) => (each.computeUs > ranks[best]!.computeUs ? rank : best), 0);
}

/** The longest run of equal layers, which decides what a step takes. */
export function longestRun({ model: { layers } }: LaunchPlan): LayerRun {
  return layers.reduce((best, each) => (each.repeat > best.repeat ? each : best));
}
