// Flows: for each exchange (or chunk of one), layer and micro-batch of a rank, an arrow from its first transfer of dispatched rows through every
// further one and the experts' kernels to its last transfer of combined rows.
import { slotsOf, type LaunchInstance } from "../../plan/index.js";
import type { PricedPlan } from "../../simulate/index.js";
import { ticksOf, type FlowEvent } from "./event.js";
import type { ShownRank } from "./ranks.js";
import { threadOfStream } from "./slices.js";

interface Station {
  readonly tid: number;
  readonly ts: number;
}

/** Flows of a rank. `firstId`: ids count up from it. */
export function flowsOf(
  { index }: PricedPlan,
  { rank, times }: ShownRank,
  firstId: number,
): readonly FlowEvent[] {
  const { launches, streams } = times.role.program;
  const journeys = new Map<string, Station[]>();
  launches.forEach((instance, at) => {
    const exchange = exchangeOnWay(instance);
    if (exchange === undefined) return;
    const slots = slotsOf(instance.launch);
    const chunk = slots === undefined ? "" : ` from slot ${String(slots.first)}`;
    const name = `${exchange}${chunk} layer ${String(instance.layer)} micro-batch ${String(instance.microBatch)}`;
    const stations = journeys.get(name) ?? [];
    journeys.set(name, stations);
    // Where its data moves: the slice that holds the waiting before has ended, so that arrows point at the transfer itself.
    const [start, move, end] = [times.starts[at]!, times.moves[at]!, times.ends[at]!];
    stations.push({ tid: threadOfStream(streams[at]!), ts: ticksOf(move < end ? move : start) });
  });
  return [...journeys].flatMap(([name, stations], journey) => {
    const inTime = [...stations].sort((one, other) => one.ts - other.ts);
    if (inTime.length < 2) return [];
    return inTime.map((station, at): FlowEvent => {
      const common = { id: firstId + journey, name, cat: "exchange", pid: rank, ...station };
      if (at === 0) return { ph: "s", ...common };
      return at === inTime.length - 1 ? { ph: "f", ...common, bp: "e" } : { ph: "t", ...common, bp: "e" };
    });
  });

  /** The exchange whose rows a launch carries or feeds to experts. */
  function exchangeOnWay({ launch, cell }: LaunchInstance): string | undefined {
    switch (launch.kind) {
      case "read_counts":
      case "rounds":
        return undefined;
      case "transfer":
        return index.phase(launch.exchange, launch.phase).carries !== "counts" ? launch.exchange : undefined;
      case "compute": {
        if (launch.exchange === undefined) return undefined;
        const { output, op } = index.node(cell.block, launch.node);
        return output.kind === "routed" && op !== "dispatch" ? launch.exchange : undefined;
      }
      default:
        return launch satisfies never;
    }
  }
}
