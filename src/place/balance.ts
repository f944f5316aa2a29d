// Balanced packing of one layer: how many replicas each expert gets, and on which rank each of them lives.
import { InternalError } from "../diagnostics/internal-error.js";

/** Slots of each rank: equal, or the first ranks have one more. */
export function slotsPerRank(slots: number, ranks: number): number[] {
  return Array.from(
    { length: ranks },
    (_, rank) => Math.floor(slots / ranks) + (rank < slots % ranks ? 1 : 0),
  );
}

/** Replicas of each expert: extra slots go, one by one, to the expert whose replicas carry most. At most one per rank. */
export function replicaCounts(loads: readonly number[], slots: number, ranks: number): number[] {
  const replicas = loads.map(() => 1);
  for (let extra = slots - loads.length; extra > 0; extra--) {
    let heaviest = -1;
    loads.forEach((load, expert) => {
      const count = replicas[expert] ?? 1;
      if (count >= ranks) return;
      if (heaviest < 0 || load / count > (loads[heaviest] ?? 0) / (replicas[heaviest] ?? 1))
        heaviest = expert;
    });
    if (heaviest < 0) throw new InternalError("more slots than experts times ranks");
    replicas[heaviest] = (replicas[heaviest] ?? 0) + 1;
  }
  return replicas;
}

interface Replica {
  readonly expert: number;
  readonly load: number;
}

/**
 * Experts of each rank: the heaviest replica first, each to the least loaded rank that has a free slot and not yet that
 * expert (longest processing time first, Graham 1969). Where only ranks that already have the expert are free, a replica
 * of another rank moves there instead. Ties go to the ranks from `firstRank` on, so that layers can load different ranks.
 */
export function balancedPacking(
  loads: readonly number[],
  replicas: readonly number[],
  capacity: readonly number[],
  firstRank = 0,
): number[][] {
  const pending: Replica[] = loads.flatMap((load, expert) => {
    const count = replicas[expert] ?? 1;
    return Array.from({ length: count }, () => ({ expert, load: load / count }));
  });
  pending.sort((a, b) => b.load - a.load || a.expert - b.expert);
  const ranks: Replica[][] = capacity.map(() => []);
  const sumOf = (on: readonly Replica[]): number => on.reduce((sum, each) => sum + each.load, 0);
  let carried = ranks.map(sumOf);
  const hasRoom = (rank: number): boolean => ranks[rank]!.length < capacity[rank]!;
  const holds = (rank: number, expert: number): boolean =>
    ranks[rank]!.some((each) => each.expert === expert);
  const leastLoaded = (expert: number): number | undefined => {
    let best: number | undefined;
    for (let step = 0; step < ranks.length; step++) {
      const rank = (firstRank + step) % ranks.length;
      if (best !== undefined && carried[rank]! >= carried[best]!) continue;
      if (hasRoom(rank) && !holds(rank, expert)) best = rank;
    }
    return best;
  };
  for (const replica of pending) {
    const rank = leastLoaded(replica.expert);
    if (rank === undefined) {
      makeRoom(replica, ranks, hasRoom, holds);
      carried = ranks.map(sumOf);
      continue;
    }
    ranks[rank]!.push(replica);
    carried[rank] = carried[rank]! + replica.load;
  }
  return ranks.map((each) =>
    dealt(each.sort((a, b) => b.load - a.load || a.expert - b.expert)).map(({ expert }) => expert),
  );
}

/**
 * Replicas of a rank, the heaviest first, in an order of which both halves carry much the same, and so do their halves: chunks
 * of an exchange are such parts, and every rank waits for the one that has most in a chunk.
 */
function dealt(sorted: readonly Replica[]): readonly Replica[] {
  if (sorted.length < 3) return sorted;
  const isFirst = (at: number): boolean => at % 4 === 0 || at % 4 === 3;
  return [...dealt(sorted.filter((_, at) => isFirst(at))), ...dealt(sorted.filter((_, at) => !isFirst(at)))];
}

/** Every free slot is on a rank that already has the expert: swap through a full rank that does not. */
function makeRoom(
  replica: Replica,
  ranks: Replica[][],
  hasRoom: (rank: number) => boolean,
  holds: (rank: number, expert: number) => boolean,
): void {
  for (let full = 0; full < ranks.length; full++) {
    if (holds(full, replica.expert)) continue;
    const onFull = ranks[full] ?? [];
    for (let free = 0; free < ranks.length; free++) {
      if (!hasRoom(free)) continue;
      const moved = onFull.find((each) => !holds(free, each.expert));
      if (moved === undefined) continue;
      ranks[free]?.push(moved);
      onFull.splice(onFull.indexOf(moved), 1, replica);
      return;
    }
  }
  throw new InternalError(`no rank can take expert ${String(replica.expert)}`);
}
