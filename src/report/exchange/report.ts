// What came of scheduling an exchange, as `weft exchange --json` prints it. Times in microseconds.
import type { ExchangeCandidate, ExchangePlan } from "../../exchange-plan/index.js";
import { exchangeAlgorithmWords, type ExchangeSchedule } from "../../exchange/schedule.js";
import { launchAccounts, type Doing } from "./launches.js";

export interface ExchangeReport {
  readonly algorithm: string;
  /** What the algorithm is, for people. */
  readonly algorithm_words: string;
  readonly time_us: number;
  readonly bound_us: number;
  /** What the bound is: of all tiers and cuts the busiest, of all GPUs, or the latency. */
  readonly bound_of: string;
  readonly stages: number;
  readonly launches: number;
  readonly bytes_per_tier: Readonly<Record<string, number>>;
  readonly sms: number;
  /** Bytes of the rank that holds most rows for others. */
  readonly buffer_bytes: number;
  /** The fastest first; then what does not apply, with the reason. */
  readonly candidates: readonly ExchangeCandidate[];
  readonly cluster: string;
  readonly ranks: number;
  readonly ranks_per_node: number;
  readonly nodes: number;
  readonly direction: ExchangePlan["direction"];
  readonly row_bytes: number;
  /** Bytes that leave a GPU for another, whatever way they take. */
  readonly bytes: number;
  /** Whether tokens cross nodes once for all of their destinations there; whether the traffic says how many those are. */
  readonly copies: boolean;
  readonly copies_known: boolean;
  readonly partial_sums: boolean;
  readonly capacity_rows?: number;
  /** [launch] in the order in which they run. */
  readonly schedule: readonly {
    readonly launch: string;
    readonly bytes_per_tier: Readonly<Record<string, number>>;
    readonly moves: readonly Doing[];
    readonly time_us?: number;
  }[];
}

export function reportExchange(
  plan: ExchangePlan,
  { candidates, bound, timeUs }: Pick<ExchangeSchedule, "candidates" | "bound" | "timeUs">,
): ExchangeReport {
  const { machine, ranks, ranks_per_node: size, why } = plan;
  const algorithm = why?.algorithm ?? "";
  const chosen = candidates.find((each) => each.algorithm === algorithm);
  const accounts = launchAccounts(plan);
  const launchUs = timesInOrder(plan);
  const byTier = (bytes: readonly number[]): Record<string, number> =>
    Object.fromEntries(machine.tiers.map(({ name }, tier) => [name, bytes[tier]!]));
  const total = machine.tiers.map((_, tier) => accounts.reduce((sum, { bytes }) => sum + bytes[tier]!, 0));
  return {
    algorithm,
    algorithm_words: exchangeAlgorithmWords[algorithm] ?? "",
    ...{ time_us: timeUs, bound_us: bound.us, bound_of: bound.of },
    ...{ stages: chosen?.stages ?? 1, launches: plan.launches.length },
    bytes_per_tier: why?.prediction.bytes_per_tier ?? byTier(total),
    ...{ sms: plan.communicator.sms, buffer_bytes: chosen?.buffer_bytes ?? 0, candidates },
    ...{ cluster: machine.name, ranks, ranks_per_node: size, nodes: ranks / size },
    ...{ direction: plan.direction, row_bytes: plan.row_bytes, bytes: bytesBetween(plan) },
    ...{
      copies: plan.copies,
      copies_known: plan.demand.copies !== undefined,
      partial_sums: plan.partial_sums,
    },
    ...(plan.capacity_rows === undefined ? {} : { capacity_rows: plan.capacity_rows }),
    schedule: accounts.map(({ name, bytes, doing }, at) => ({
      launch: name,
      bytes_per_tier: byTier(bytes),
      moves: doing,
      ...(launchUs?.[at] === undefined ? {} : { time_us: launchUs[at] }),
    })),
  };
}

/** What each launch is predicted to take, in the order in which they run: a combine runs them backwards. */
function timesInOrder({ why, direction }: ExchangePlan): readonly number[] | undefined {
  const times = why?.prediction.launch_us;
  return times !== undefined && direction === "combine" ? [...times].reverse() : times;
}

/** Bytes of all pairs of two ranks. */
function bytesBetween({ demand, ranks, row_bytes: rowBytes }: ExchangePlan): number {
  const { profiles, of, relative } = demand.rows;
  const sums = profiles.map((each) => each.reduce((sum, rows) => sum + rows, 0));
  let rows = 0;
  for (let rank = 0; rank < ranks; rank++) {
    const profile = of.length === 1 ? of[0]! : of[rank]!;
    rows += sums[profile]! - profiles[profile]![relative === true ? 0 : rank]!;
  }
  return rows * rowBytes;
}
