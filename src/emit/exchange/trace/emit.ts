// A priced exchange as a trace that ui.perfetto.dev and chrome://tracing load: a process for each rank shown, a thread for each
// tier, a slice for each launch in which the rank moves anything there.
import type { ExchangePlan } from "../../../exchange-plan/index.js";
import { printTrace, ticksOf, type MetadataEvent, type TimedEvent } from "../../trace/event.js";
import type { EmittedExchange } from "../emitted.js";
import { loadOf, type Load } from "./tiers.js";

/** Up to so many ranks, all of them are shown. */
const ALL_UP_TO = 16;

export function emitExchangeTrace(plan: ExchangePlan): EmittedExchange {
  const load = loadOf(plan);
  const times = launchTimes(plan, load);
  const shown = ranksToShow(plan, load);
  const events = shown.flatMap((rank) => eventsOf(plan, load, times.us, rank));
  const text = printTrace(
    shown.flatMap((rank) => namesOf(plan, rank)),
    events,
    {
      machine: plan.machine.name,
      direction: plan.direction,
      algorithm: plan.why?.algorithm ?? "unknown",
      ranks: plan.ranks,
      ranks_shown: shown.join(", "),
    },
  );
  return {
    files: [{ path: "exchange.trace.json", bytes: text }],
    notes: [
      times.predicted
        ? "A slice lasts as long as its launch is predicted to."
        : "The plan has no predicted time for each launch: a slice lasts as long as the busiest link of its launch needs for its bytes.",
      shown.length === plan.ranks
        ? `All ${plan.ranks} ranks are shown.`
        : `Of ${plan.ranks} ranks ${shown.length} are shown: up to 8 of the first node, and those that send most and receive most.`,
    ],
  };
}

/** [launch as it runs] microseconds. */
function launchTimes(plan: ExchangePlan, load: Load): { us: readonly number[]; predicted: boolean } {
  const predicted = plan.why?.prediction.launch_us;
  if (predicted?.length === plan.launches.length)
    return { us: plan.direction === "combine" ? [...predicted].reverse() : predicted, predicted: true };
  const us = plan.launches.map((_, launch) => {
    let most = 0;
    plan.machine.tiers.forEach((tier, at) => {
      const rate = tier.bandwidth_bytes_per_s * tier.efficiency;
      for (let rank = 0; rank < plan.ranks; rank++) {
        const index = load.at(launch, rank, at);
        most = Math.max(most, (Math.max(load.sent[index]!, load.received[index]!) / rate) * 1e6);
      }
    });
    return most;
  });
  return { us, predicted: false };
}

function ranksToShow({ ranks, ranks_per_node: size, launches, machine }: ExchangePlan, load: Load): number[] {
  const all = Array.from({ length: ranks }, (_, rank) => rank);
  if (ranks <= ALL_UP_TO) return all;
  const busiest = (bytes: Float64Array): number => {
    const sums = all.map((rank) => {
      let sum = 0;
      for (let launch = 0; launch < launches.length; launch++)
        for (let tier = 0; tier < machine.tiers.length; tier++) sum += bytes[load.at(launch, rank, tier)]!;
      return sum;
    });
    return sums.indexOf(sums.reduce((most, sum) => Math.max(most, sum), 0));
  };
  const chosen = new Set([...all.slice(0, Math.min(size, 8)), busiest(load.sent), busiest(load.received)]);
  return [...chosen].sort((one, other) => one - other);
}

function eventsOf(plan: ExchangePlan, load: Load, us: readonly number[], rank: number): TimedEvent[] {
  const events: TimedEvent[] = [];
  plan.machine.tiers.forEach((tier, tid) => {
    let begin = 0;
    let rateBefore = 0;
    us.forEach((duration, launch) => {
      const [ts, end] = [ticksOf(begin), ticksOf(begin + duration)];
      begin += duration;
      const index = load.at(launch, rank, tid);
      const [sent, received] = [load.sent[index]!, load.received[index]!];
      const own = plan.direction === "combine" ? plan.launches.length - 1 - launch : launch;
      if (sent + received > 0)
        events.push({
          ph: "X",
          name: plan.launches[own]!.name,
          cat: "exchange",
          pid: rank,
          tid,
          ts,
          dur: end - ts,
          args: { sent_bytes: sent, received_bytes: received },
        });
      // Bytes a microsecond are megabytes a second; to the megabyte.
      const rate = duration === 0 ? 0 : Math.round((sent + received) / duration) / 1e3;
      if (rate !== rateBefore)
        events.push({ ph: "C", name: `${tier.name} GB/s`, pid: rank, ts, args: { both: rate } });
      rateBefore = rate;
    });
    if (rateBefore !== 0)
      events.push({ ph: "C", name: `${tier.name} GB/s`, pid: rank, ts: ticksOf(begin), args: { both: 0 } });
  });
  return events;
}

function namesOf({ machine }: ExchangePlan, rank: number): MetadataEvent[] {
  return [
    { ph: "M", name: "process_name", pid: rank, args: { name: `rank ${rank}` } },
    { ph: "M", name: "process_sort_index", pid: rank, args: { sort_index: rank } },
    ...machine.tiers.flatMap((tier, tid): MetadataEvent[] => [
      { ph: "M", name: "thread_name", pid: rank, tid, args: { name: tier.name } },
      { ph: "M", name: "thread_sort_index", pid: rank, tid, args: { sort_index: tid } },
    ]),
  ];
}
