// The full walk: every rank, and every message as a flow, but for transfers that are priced whole.
import type { RankChoice } from "../alike.js";
import type { PricedPlan } from "../priced-plan.js";
import { TimeQueue } from "../queue.js";
import { RankWalk, type Walked } from "../rank-walk.js";
import { FlowCarrier } from "./flow-carrier.js";

export interface FullyWalked {
  readonly walked: readonly Walked[];
  /** Messages that moved. */
  readonly flows: number;
  /** Transfers that were priced whole. */
  readonly whole: number;
  /** What happened to ranks and flows, one after the other. */
  readonly events: number;
}

/** So many happenings of ranks and steps of the network lie between two reports of progress. */
const REPORT_EVERY = 1 << 12;

/** Walks from time 0. `onProgress` is told the share of launches that have ended. */
export function walkFully(
  priced: PricedPlan,
  choice: RankChoice,
  onProgress?: (share: number) => void,
): FullyWalked {
  const queue = new TimeQueue();
  const carrier = new FlowCarrier(priced, choice);
  const { network } = carrier;
  const ranks = choice.walkers.map((walker, at) => new RankWalk(walker, at, queue, carrier));
  const launches = choice.walkers.reduce((sum, { program }) => sum + program.launches.length, 0);
  for (const rank of ranks) rank.issueFrom(0, 0);
  let happenings = 0;
  for (let now = 0, turn = 1; ; turn++) {
    if (turn % REPORT_EVERY === 0)
      onProgress?.(1 - ranks.reduce((sum, rank) => sum + rank.unfinished, 0) / launches);
    // What happens to ranks at one time may change many rates: these are worked out once it all has.
    if (queue.soonest > now) {
      const next = network.nextUs();
      if (next === Infinity && queue.soonest === Infinity) break;
      if (next <= queue.soonest) {
        now = next;
        network.step();
        carrier.endParts(now);
        continue;
      }
    }
    queue.next();
    now = queue.time;
    happenings++;
    ranks[RankWalk.rankOf(queue.what)]!.happen(queue.what, queue.detail, now);
  }
  return {
    walked: ranks.map((rank) => rank.result()),
    flows: carrier.flows,
    whole: carrier.whole,
    events: happenings + network.events,
  };
}
