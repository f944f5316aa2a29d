// The share of each cost in a step, on the rank that computes longest. What kernels lose to transfers is told apart from what
// they take alone: a launch is charged what it runs, and its price says what it takes with the whole GPU.
import { InternalError } from "../diagnostics/internal-error.js";
import type { CostShare, LaunchInstance, PlanIndex } from "../plan/index.js";
import { chargesOf } from "./charges.js";
import { COMPUTE } from "./program.js";
import type { RankTimes } from "./simulate.js";

export type Cost = CostShare["cost"];

/** Shares of a step that takes `stepUs`, on this rank. Largest first; what takes no time is left out. */
export function sharesOf(
  index: PlanIndex,
  times: RankTimes,
  rank: number,
  stepUs: number,
): readonly CostShare[] {
  const step = nanoseconds(stepUs);
  const parts = costsOf(index, times, rank, stepUs)
    .map(([cost, us]) => ({ cost, ns: nanoseconds(us) }))
    .filter(({ ns }) => ns > 0);
  // What rounding leaves over is part of the largest, so that all add up.
  const [largest] = parts;
  if (largest !== undefined) largest.ns += step - parts.reduce((sum, { ns }) => sum + ns, 0);
  parts.sort((one, other) => other.ns - one.ns);
  return parts.map(({ cost, ns }) => ({
    cost,
    time_us: ns / 1e3,
    share: Math.round((ns / step) * 1e6) / 1e6,
  }));
}

const nanoseconds = (us: number): number => Math.round(us * 1e3);

/** Microseconds of the step by cost, largest first; they add up to `stepUs`. */
function costsOf(
  index: PlanIndex,
  times: RankTimes,
  rank: number,
  stepUs: number,
): readonly (readonly [cost: Cost, us: number])[] {
  const charges = chargesOf(times, stepUs);
  const sums = new Map<Cost, number>([
    ["idle", charges.idleUs],
    ["ended", charges.endedUs],
  ]);
  const add = (cost: Cost, us: number): void => void sums.set(cost, (sums.get(cost) ?? 0) + us);
  const { prices, program, role } = times.role;
  const column = role.ranks.indexOf(rank);
  program.launches.forEach((instance, at) => {
    const alone =
      program.kinds[at] === COMPUTE
        ? Math.min(charges.kernels[at]!, prices.times[prices.rowOf[at]! * prices.columns + column]!)
        : 0;
    add("slowed_by_transfers", charges.kernels[at]! - alone);
    add(costOf(index, instance), alone + charges.moves[at]!);
    add("waits_for_ranks", charges.waits[at]!);
    add("waits_for_counts", charges.reads[at]!);
  });
  return [...sums].sort(([, one], [, other]) => other - one);
}

/** What a launch's own time is charged to. */
function costOf(index: PlanIndex, { launch, cell }: LaunchInstance): Cost {
  switch (launch.kind) {
    case "compute":
      switch (launch.work.class) {
        case "gemm":
          return index.node(cell.block, launch.node).output.kind === "routed" ? "experts" : "other_gemms";
        case "attention":
          return "attention";
        case "memory":
          return "memory_bound";
        default:
          return launch.work.class satisfies never;
      }
    case "transfer":
      if (index.phase(launch.exchange, launch.phase).carries === "counts") return "exposed_counts";
      return index.exchange(launch.exchange).combine === launch.node ? "exposed_combine" : "exposed_dispatch";
    case "read_counts":
    case "rounds":
      return "waits_for_counts";
    default:
      throw new InternalError(`unknown launch ${JSON.stringify(launch satisfies never)}`);
  }
}
