// A simulated step as a trace that ui.perfetto.dev and chrome://tracing load: a process for each rank shown, a thread for its
// host and for each of its streams.
import type { LaunchPlan } from "../../plan/index.js";
import {
  Amounts,
  lowerBound,
  pricePlan,
  simulate,
  type PricedPlan,
  type Simulation,
} from "../../simulate/index.js";
import { countersOf } from "./counters.js";
import { printTrace, type FlowEvent, type MetadataEvent, type TimedEvent } from "./event.js";
import { flowsOf } from "./flows.js";
import { ranksToShow, type ShownRank } from "./ranks.js";
import { HOST_THREAD, Slices, threadOfStream } from "./slices.js";

/** The trace of a plan's step as JSON text: the same bytes for the same plan. `ranks`: which to show, if not the telling ones. */
export function emitTrace(plan: LaunchPlan, ranks?: readonly number[]): string {
  const priced = pricePlan(plan);
  return traceOf(priced, simulate(priced), ranks);
}

/** The same of a plan that has been simulated. */
export function traceOf(priced: PricedPlan, simulation: Simulation, ranks?: readonly number[]): string {
  const { plan } = priced.index;
  const shown = ranksToShow(simulation, ranks);
  const amounts = new Amounts(priced);
  const slices = new Slices(priced, amounts);
  const flows: FlowEvent[] = [];
  const events: TimedEvent[] = [];
  for (const rank of shown) {
    events.push(...slices.ofStreams(rank), ...slices.ofHost(rank));
    flows.push(...flowsOf(priced, rank, (flows.at(-1)?.id ?? 0) + 1));
  }
  events.push(...flows);
  for (const rank of shown) events.push(...countersOf(priced, amounts, rank));
  const bound = lowerBound(priced);
  return printTrace(shown.flatMap(namesOf), events, {
    generator: plan.generator,
    model: plan.model.name,
    schedule: plan.schedule.name,
    machine: plan.machine.name,
    ranks: plan.world,
    ranks_shown: shown.map(({ rank }) => rank).join(", "),
    step_time_us: rounded(simulation.makespanUs),
    lower_bound_us: rounded(bound.timeUs),
    bound_by: bound.boundBy,
  });
}

function namesOf({ rank, times, label }: ShownRank, at: number): readonly MetadataEvent[] {
  const { name, streams } = times.role.role;
  const threads = ["host", ...streams.map((each) => each.name)];
  const tids = [HOST_THREAD, ...streams.map((_, stream) => threadOfStream(stream))];
  const process = (event: MetadataEvent["name"], args: MetadataEvent["args"]): MetadataEvent => ({
    ph: "M",
    name: event,
    pid: rank,
    args,
  });
  return [
    process("process_name", { name: `rank ${String(rank)} (${name})` }),
    ...(label === "" ? [] : [process("process_labels", { labels: label })]),
    process("process_sort_index", { sort_index: at }),
    ...tids.flatMap((tid, index): readonly MetadataEvent[] => [
      { ph: "M", name: "thread_name", pid: rank, tid, args: { name: threads[index]! } },
      { ph: "M", name: "thread_sort_index", pid: rank, tid, args: { sort_index: tid } },
    ]),
  ];
}

const rounded = (us: number): number => Math.round(us * 1e3) / 1e3;
