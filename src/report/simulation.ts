// What `weft simulate` says: the predicted step beside its bound, what each stream does, how ranks differ, one layer drawn.
import { plain, type Colors } from "../diagnostics/render-text.js";
import type { Prediction } from "../plan/index.js";
import { predictionOf, type FullSimulation, type Simulation } from "../simulate/index.js";
import { columns, section } from "./layout.js";
import { reportMeasured, type MeasuredReport } from "./measured/report.js";
import type { SimulatedPlan } from "./simulated-plan.js";
import { stepAccount, type StepAccount } from "./step-account.js";
import { measuredLines, predictionLines, title } from "./summary.js";
import { drawTimeline } from "./timeline.js";
import { counted, grouped, percent, time } from "./units.js";

/** What a full simulation adds. */
export interface FullReport {
  readonly full: true;
  /** Messages that moved, each as a flow. */
  readonly flows: number;
  /** Transfers of DeepEP, which are priced whole; not there without any. */
  readonly whole_transfers?: number;
  /** The step as `compile` predicts it, with each transfer priced alone. */
  readonly plain_step_time_us: number;
  /** By what share the full step is longer; less than 0 where it is shorter. */
  readonly difference: number;
}

/** Printed by --json as it is; times in microseconds. */
export interface SimulationReport extends Omit<Prediction, "streams">, Partial<FullReport> {
  /** What of the prices was measured. */
  readonly profile?: MeasuredReport;
  /** Of each role, on the rank that computes longest. */
  readonly streams: readonly StreamTimes[];
  /** Launches of all ranks, host reads included. */
  readonly launches: number;
  /** The same; of a full simulation what happened to ranks and flows, one after the other. */
  readonly events: number;
  readonly ranks: number;
  /** Ranks that were walked; the others provably behave like one of them. */
  readonly walked_ranks: number;
  /** By rank; sums to the step. */
  readonly rank_times: readonly ({ readonly rank: number; readonly role: string } & StepAccount)[];
}

export interface StreamTimes {
  readonly role: string;
  readonly rank: number;
  readonly stream: string;
  /** Some launch of the stream runs; for transfers, waiting for other ranks included. */
  readonly busy_us: number;
  /** Of that, transfers wait for other ranks. */
  readonly waits_us: number;
  readonly launches: number;
}

/** `full`: the full simulation that `simulated` holds, and the plain one beside it. */
export function reportSimulation(
  { plan, priced, simulation, alike }: SimulatedPlan,
  full?: { readonly simulation: FullSimulation; readonly plain: Simulation },
): SimulationReport {
  const launches = simulation.ranks.reduce((sum, { starts }) => sum + starts.length, 0);
  const accounts = new Map(alike.map(({ times }) => [times, stepAccount(times, simulation.makespanUs)]));
  const roles = plan.roles.map(({ ranks }) =>
    ranks.reduce((best, each) =>
      simulation.ranks[each]!.computeUs > simulation.ranks[best]!.computeUs ? each : best,
    ),
  );
  const measured = reportMeasured(priced);
  return {
    ...predictionOf(priced, simulation),
    ...(measured === undefined ? {} : { profile: measured }),
    streams: roles.flatMap((rank) => {
      const { role, starts, moves, streamBusyUs } = simulation.ranks[rank]!;
      return role.role.streams.map(({ name }, stream): StreamTimes => {
        const own = [...role.program.streams.keys()].filter((at) => role.program.streams[at] === stream);
        return {
          role: role.role.name,
          rank,
          stream: name,
          busy_us: rounded(streamBusyUs[stream]!),
          waits_us: rounded(own.reduce((sum, at) => sum + moves[at]! - starts[at]!, 0)),
          launches: own.length,
        };
      });
    }),
    launches,
    events: full?.simulation.events ?? launches,
    ...(full === undefined ? {} : fullReport(full.simulation, full.plain)),
    ranks: plan.world,
    walked_ranks: simulation.walkedRanks,
    rank_times: simulation.ranks.map((times, rank) => {
      const account = accounts.get(times)!;
      const entries = Object.entries(account).map(([name, us]: [string, number]) => [name, rounded(us)]);
      return { rank, role: times.role.role.name, ...(Object.fromEntries(entries) as StepAccount) };
    }),
  };
}

function fullReport(
  { makespanUs, flows, whole }: FullSimulation,
  { makespanUs: plainUs }: Simulation,
): FullReport {
  return {
    full: true,
    flows,
    ...(whole === 0 ? {} : { whole_transfers: whole }),
    plain_step_time_us: rounded(plainUs),
    difference: plainUs === 0 ? 0 : Math.round((makespanUs / plainUs - 1) * 1e6) / 1e6,
  };
}

/** Nanoseconds, as in plans. */
const rounded = (us: number): number => Math.round(us * 1e3) / 1e3;

/** Text for people; ends in a newline. */
export function renderSimulation(
  report: SimulationReport,
  simulated: SimulatedPlan,
  colors: Colors = plain,
): string {
  const { plan } = simulated;
  const alike =
    report.walked_ranks === report.ranks ? "" : `, ${grouped(report.walked_ranks)} of them walked for all`;
  const lines = [
    colors.bold(title(plan)),
    "",
    ...section(
      colors.bold(
        `Predicted, for one step: ${counted(report.launches, "launch", "launches")} on ${counted(report.ranks, "rank")}${alike}`,
      ),
      predictionLines(report),
    ),
    ...section(colors.bold("Measured"), measuredLines(simulated)),
    ...section(colors.bold(fullTitle(report)), fullLines(report)),
    ...section(
      colors.bold("Streams, each on the rank of its role that computes longest"),
      streamLines(report),
    ),
    ...section(colors.bold("Where the step goes"), rankLines(report)),
    ...section(colors.bold("Timeline"), drawTimeline(plan, simulated)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** What of the transfers is made of flows. */
function fullTitle({ flows = 0, whole_transfers: whole = 0 }: SimulationReport): string {
  if (whole === 0) return "Every message a flow";
  return flows === 0
    ? "Every rank walked, transfers of DeepEP priced whole"
    : "Every message a flow, transfers of DeepEP priced whole";
}

function fullLines({
  full,
  flows = 0,
  whole_transfers: whole = 0,
  events,
  step_time_us: step,
  plain_step_time_us: plainUs = 0,
  difference = 0,
}: SimulationReport): readonly string[] {
  if (full === undefined) return [];
  const sign = difference < 0 ? "-" : "+";
  const moved = [
    ...(flows > 0 || whole === 0 ? [counted(flows, "flow")] : []),
    ...(whole > 0 ? [`${counted(whole, "transfer")} of DeepEP priced whole`] : []),
    counted(events, "event"),
  ];
  return columns(
    [
      ["step time", time(step), `all ranks walked: ${moved.join(", ")}`],
      ["as compiled", time(plainUs), "each transfer priced alone, ranks that are alike walked once"],
      ["difference", `${sign}${(100 * Math.abs(difference)).toFixed(2)} %`, ""],
    ],
    ["left", "right", "left"],
  );
}

function streamLines({ streams, step_time_us: step }: SimulationReport): readonly string[] {
  const rows = streams.map(({ role, rank, stream, busy_us, waits_us, launches }) => [
    `${role}, rank ${rank}`,
    stream,
    time(busy_us),
    percent(busy_us, step),
    time(waits_us),
    grouped(launches),
  ]);
  return columns(
    [["role", "stream", "busy", "of step", "of it waiting", "launches"], ...rows],
    ["left", "left", "right", "right", "right", "right"],
  );
}

/** The ranks that compute most, middling and least, and the mean. */
function rankLines({ rank_times: times, step_time_us: step }: SimulationReport): readonly string[] {
  const sorted = [...times].sort(
    (one, other) => other.computes_us - one.computes_us || one.rank - other.rank,
  );
  const told = [...new Set([sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!])];
  const mean = (of: (account: StepAccount) => number): number =>
    times.reduce((sum, each) => sum + of(each), 0) / times.length;
  const fields = [
    (each: StepAccount): number => each.computes_us,
    (each: StepAccount): number => each.moves_us,
    (each: StepAccount): number => each.waits_for_ranks_us,
    (each: StepAccount): number => each.waits_for_counts_us + each.idles_us,
  ];
  return columns(
    [
      ["", "computes", "only moves data", "only waits for ranks", "neither"],
      ...told.map((each) => [`rank ${each.rank}`, ...fields.map((of) => percent(of(each), step))]),
      ["mean of ranks", ...fields.map((of) => percent(mean(of), step))],
    ],
    ["left", "right", "right", "right", "right"],
  );
}
