// The event walk: executes the programs of some ranks in order of time, one RankWalk each, which meet in their transfers.
import { TimeQueue } from "./queue.js";
import { RankWalk, type Walked, type Walker } from "./rank-walk.js";
import { SharedPorts } from "./shared-ports.js";

/** Walks all ranks from time 0. `meetingSizes`: how many of them take part in each meeting. */
export function walk(walkers: readonly Walker[], meetingSizes: Int32Array): readonly Walked[] {
  const queue = new TimeQueue();
  const carrier = new SharedPorts(walkers, meetingSizes);
  const ranks = walkers.map((walker, at) => new RankWalk(walker, at, queue, carrier));
  for (const rank of ranks) rank.issueFrom(0, 0);
  while (queue.next()) ranks[RankWalk.rankOf(queue.what)]!.happen(queue.what, queue.detail, queue.time);
  return ranks.map((rank) => rank.result());
}
