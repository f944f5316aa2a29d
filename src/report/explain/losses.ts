// From the lower bound to the step: what each thing that no bound knows adds, on the rank that computes longest.
import { COMPUTE } from "../../simulate/index.js";
import { busiestRank, type SimulatedPlan } from "../simulated-plan.js";
import { stepAccount } from "../step-account.js";

/** A stretch of the busiest rank's step, in microseconds. They add up to the step. */
export interface Loss {
  readonly name: LossName;
  readonly us: number;
}

export type LossName =
  | "kernels_at_peak"
  | "kernels_below_peak"
  | "sms_of_transfers"
  | "waits_for_ranks"
  | "moving_data"
  | "waits_for_counts"
  | "idle";

export interface Losses {
  readonly rank: number;
  readonly parts: readonly Loss[];
}

export function lossesOf(simulated: SimulatedPlan): Losses {
  const rank = busiestRank(simulated);
  const times = simulated.simulation.ranks[rank]!;
  const { prices, program, role } = times.role;
  const column = role.ranks.indexOf(rank);
  let ideal = 0;
  let alone = 0;
  program.kinds.forEach((kind, at) => {
    if (kind !== COMPUTE) return;
    const priced = prices.rowOf[at]! * prices.columns + column;
    ideal += prices.ideal[priced]!;
    alone += prices.times[priced]!;
  });
  const account = stepAccount(times, simulated.simulation.makespanUs);
  return {
    rank,
    parts: [
      { name: "kernels_at_peak", us: ideal },
      { name: "kernels_below_peak", us: alone - ideal },
      { name: "sms_of_transfers", us: account.computes_us - alone },
      { name: "waits_for_ranks", us: account.waits_for_ranks_us },
      { name: "moving_data", us: account.moves_us },
      { name: "waits_for_counts", us: account.waits_for_counts_us },
      { name: "idle", us: account.idles_us },
    ],
  };
}
