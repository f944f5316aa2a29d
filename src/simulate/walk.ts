// The event walk: executes the programs of some ranks in order of time, one RankWalk each, which meet in their transfers.
import { TimeQueue } from "./queue.js";
import { RankWalk, type Walked, type Walker } from "./rank-walk.js";

/** Walks all ranks from time 0. `meetingSizes`: how many of them take part in each meeting. */
export function walk(walkers: readonly Walker[], meetingSizes: Int32Array): readonly Walked[] {
  const queue = new TimeQueue();
  const missing = meetingSizes.slice();
  const present = Array.from({ length: meetingSizes.length }, (): [RankWalk, number][] => []);

  /** A transfer's data moves once all ranks that it ties together have reached it. */
  const arrive = (rank: RankWalk, launch: number, now: number): void => {
    const meeting = rank.walker.meetings[launch]!;
    present[meeting]!.push([rank, launch]);
    missing[meeting] = missing[meeting]! - 1;
    if (missing[meeting] === 0) for (const [each, theirs] of present[meeting]!) each.move(theirs, now);
  };

  const ranks = walkers.map((walker, at) => new RankWalk(walker, at, queue, arrive));
  for (const rank of ranks) rank.issueFrom(0, 0);
  while (queue.next()) ranks[RankWalk.rankOf(queue.what)]!.happen(queue.what, queue.detail, queue.time);
  return ranks.map((rank) => rank.result());
}
