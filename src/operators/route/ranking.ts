// Which experts are best, in groups, and which other choices rounding could have made.

/** Distance below which rounding may decide which of two scores is larger. */
const TIE_DISTANCE = 1e-5;

interface Limits {
  readonly experts: number;
  readonly top_k: number;
  readonly groups: number;
  readonly top_groups: number;
}

export interface Ranking {
  readonly biased: readonly number[];
  readonly limits: Limits;
  /** Sums of the two best biased scores of each group. */
  readonly groupScores: readonly number[];
  /** Experts, the best first. */
  readonly chosen: readonly number[];
  /** Whether rounding may decide which experts are chosen; their order alone does not count. */
  readonly tied: boolean;
}

/** Indices by value, the largest first. The sort is stable: equal ones stay in the order of `indices`. */
const inOrder = (values: readonly number[], indices: readonly number[]): number[] =>
  indices.toSorted((left, right) => values[right]! - values[left]!);

function membersOf(group: number, { experts, groups }: Limits): number[] {
  const size = experts / groups;
  return Array.from({ length: size }, (_, i) => group * size + i);
}

/** The best top_k experts of the best top_groups groups; among equal ones, groups or experts, the lower index is better. */
export function rank(biased: readonly number[], limits: Limits): Ranking {
  const groups = Array.from({ length: limits.groups }, (_, group) => group);
  const groupScores = groups.map((group) =>
    inOrder(biased, membersOf(group, limits))
      .slice(0, 2)
      .reduce((sum, expert) => sum + biased[expert]!, 0),
  );
  const groupOrder = inOrder(groupScores, groups);
  const kept = new Set(groupOrder.slice(0, limits.top_groups));
  const candidates = groups.filter((group) => kept.has(group)).flatMap((group) => membersOf(group, limits));
  const order = inOrder(biased, candidates);
  return {
    biased,
    limits,
    groupScores,
    chosen: order.slice(0, limits.top_k),
    tied:
      hasTie(biased, order.slice(limits.top_k - 1, limits.top_k + 1)) ||
      hasTie(groupScores, groupOrder.slice(limits.top_groups - 1, limits.top_groups + 1)),
  };
}

/** Whether two neighbours of an order lie within rounding of one another. */
const hasTie = (values: readonly number[], order: readonly number[]): boolean =>
  order.slice(1).some((each, i) => values[order[i]!]! - values[each]! <= TIE_DISTANCE);

/** Whether `executed` is a choice and an order that no more than rounding tells from the best. */
export function tiesWith({ biased, limits, groupScores }: Ranking, executed: readonly number[]): boolean {
  if (new Set(executed).size < executed.length || executed.some((expert) => expert >= limits.experts))
    return false;
  const groups = possibleGroups(groupScores, biased, limits, executed);
  if (groups === undefined) return false;
  const others = groups
    .flatMap((group) => membersOf(group, limits))
    .filter((each) => !executed.includes(each));
  return executed.every((expert, k) =>
    [...executed.slice(k + 1), ...others].every((other) => biased[expert]! >= biased[other]! - TIE_DISTANCE),
  );
}

/** Groups that could be kept if `executed` is right: all that it uses, all that must be, and else those with the worst experts. */
function possibleGroups(
  groupScores: readonly number[],
  biased: readonly number[],
  limits: Limits,
  executed: readonly number[],
): number[] | undefined {
  const groups = groupScores.map((_, group) => group);
  const order = inOrder(groupScores, groups);
  const lastIn = groupScores[order[limits.top_groups - 1]!]!;
  const firstOut = order[limits.top_groups];
  const sure = groups.filter(
    (group) => firstOut === undefined || groupScores[group]! > groupScores[firstOut]! + TIE_DISTANCE,
  );
  const possible = groups.filter((group) => groupScores[group]! >= lastIn - TIE_DISTANCE);
  const used = executed.map((expert) => Math.floor((expert * limits.groups) / limits.experts));
  const best = groups.map((group) => Math.max(...membersOf(group, limits).map((expert) => biased[expert]!)));
  const needed = new Set([...used, ...sure]);
  const fillers = inOrder(best, possible).reverse();
  for (const group of fillers) if (needed.size < limits.top_groups) needed.add(group);
  const fits = needed.size === limits.top_groups && used.every((group) => possible.includes(group));
  return fits ? [...needed] : undefined;
}
