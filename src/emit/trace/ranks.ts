// Which ranks a trace shows: all where they are few; otherwise those of each role that compute most, middling and least.
import type { RankTimes, Simulation } from "../../simulate/index.js";

/** A rank that a trace shows. */
export interface ShownRank {
  readonly rank: number;
  readonly times: RankTimes;
  /** What is special about it; empty where nothing is. */
  readonly label: string;
}

/** Up to so many ranks, all of them are shown. */
const ALL_UP_TO = 8;

/** The ranks to show, ascending. `wanted`: exactly these, for whoever knows which. */
export function ranksToShow({ ranks }: Simulation, wanted?: readonly number[]): readonly ShownRank[] {
  const labels = labelsOf(ranks);
  const all = ranks.map((_, rank) => rank);
  const chosen = wanted ?? (all.length <= ALL_UP_TO ? all : [...labels.keys()]);
  return [...new Set(chosen)]
    .sort((one, other) => one - other)
    .map((rank) => ({ rank, times: ranks[rank]!, label: labels.get(rank) ?? "" }));
}

function labelsOf(ranks: readonly RankTimes[]): ReadonlyMap<number, string> {
  const labels = new Map<number, string>();
  for (const role of new Set(ranks.map((each) => each.role.role))) {
    const { name } = role;
    const sorted = [...role.ranks].sort(
      (one, other) => ranks[other]!.computeUs - ranks[one]!.computeUs || one - other,
    );
    const [most] = sorted;
    const least = sorted.at(-1);
    if (most === undefined || least === undefined) continue;
    if (ranks[most]!.walkedAs === ranks[least]!.walkedAs) {
      const others = sorted.length - 1;
      labels.set(most, others === 0 ? "" : `as all ${String(sorted.length)} ranks of ${name}`);
      continue;
    }
    const middle = sorted[sorted.length >> 1]!;
    labels.set(middle, `middling of ${name}`);
    labels.set(least, `computes least of ${name}`);
    labels.set(most, `computes most of ${name}`);
  }
  return labels;
}
