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
  readonly biased: Float64Array;
  readonly limits: Limits;
  /** Sums of the two best biased scores of each group. */
  readonly groupScores: Float64Array;
  /** Experts, the best first. */
  readonly chosen: readonly number[];
  /**
   * Where rounding may decide which experts are chosen (their order alone does not count), one that is in doubt: the last
   * that is chosen, or the best of the last group that is kept.
   */
  readonly contested?: number;
}

/** Indices by value, the largest first. The sort is stable: equal ones stay in the order of `indices`. */
const inOrder = (values: Float64Array, indices: readonly number[]): number[] =>
  indices.toSorted((left, right) => values[right]! - values[left]!);

function membersOf(group: number, { experts, groups }: Limits): number[] {
  const size = experts / groups;
  return Array.from({ length: size }, (_, i) => group * size + i);
}

/** The best top_k experts of the best top_groups groups; among equal ones, groups or experts, the lower index is better. */
export function rank(biased: Float64Array, limits: Limits, tieDistance = TIE_DISTANCE): Ranking {
  const groupScores = scoresOfGroups(biased, limits);
  const size = limits.experts / limits.groups;
  const best = new Best(biased, limits.top_k);
  const offerGroup = (group: number) => {
    for (let expert = group * size; expert < (group + 1) * size; expert++) best.offer(expert);
  };
  let lastGroup: number | undefined;
  if (limits.top_groups < limits.groups) {
    const groups = new Best(groupScores, limits.top_groups);
    for (let group = 0; group < limits.groups; group++) groups.offer(group);
    const kept = groups.chosen().sort((left, right) => left - right);
    for (const group of kept) offerGroup(group);
    lastGroup = groups.tied(tieDistance);
  } else for (let group = 0; group < limits.groups; group++) offerGroup(group);
  const contested =
    best.tied(tieDistance) ?? (lastGroup === undefined ? undefined : bestOfGroup(biased, lastGroup, size));
  return {
    biased,
    limits,
    groupScores,
    chosen: best.chosen(),
    ...(contested === undefined ? {} : { contested }),
  };
}

function scoresOfGroups(biased: Float64Array, { experts, groups }: Limits): Float64Array {
  const size = experts / groups;
  const scores = new Float64Array(groups);
  for (let group = 0; group < groups; group++) {
    let best = -Infinity;
    let second = -Infinity;
    for (let expert = group * size; expert < (group + 1) * size; expert++) {
      const value = biased[expert]!;
      if (value > best) {
        second = best;
        best = value;
      } else if (value > second) second = value;
    }
    scores[group] = size > 1 ? best + second : best;
  }
  return scores;
}

function bestOfGroup(biased: Float64Array, group: number, size: number): number {
  let best = group * size;
  for (let expert = best + 1; expert < (group + 1) * size; expert++)
    if (biased[expert]! > biased[best]!) best = expert;
  return best;
}

/** The best few of the indices that are offered to it in ascending order, and the next one. */
class Best {
  /** In order, one more than are wanted. */
  readonly #order: number[] = [];

  constructor(
    readonly values: Float64Array,
    readonly wanted: number,
  ) {}

  offer(index: number): void {
    const { values, wanted } = this;
    const order = this.#order;
    const value = values[index]!;
    if (order.length > wanted && value <= values[order[wanted]!]!) return;
    let at = Math.min(order.length, wanted);
    for (; at > 0 && values[order[at - 1]!]! < value; at--) order[at] = order[at - 1]!;
    order[at] = index;
  }

  chosen = (): number[] => this.#order.slice(0, this.wanted);

  /** The last that is chosen, where it and the next lie within `distance` of one another. */
  tied(distance: number): number | undefined {
    const [last, next] = [this.#order[this.wanted - 1], this.#order[this.wanted]];
    if (last === undefined || next === undefined) return undefined;
    return this.values[last]! - this.values[next]! <= distance ? last : undefined;
  }
}

/** Whether `executed` is a choice and an order that no more than rounding tells from the best. */
export function tiesWith(
  { biased, limits, groupScores, chosen }: Ranking,
  executed: readonly number[],
): boolean {
  if (executed.length === chosen.length && executed.every((expert, k) => expert === chosen[k])) return true;
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
  groupScores: Float64Array,
  biased: Float64Array,
  limits: Limits,
  executed: readonly number[],
): number[] | undefined {
  const groups = [...groupScores.keys()];
  const order = inOrder(groupScores, groups);
  const lastIn = groupScores[order[limits.top_groups - 1]!]!;
  const firstOut = order[limits.top_groups];
  const sure = groups.filter(
    (group) => firstOut === undefined || groupScores[group]! > groupScores[firstOut]! + TIE_DISTANCE,
  );
  const possible = groups.filter((group) => groupScores[group]! >= lastIn - TIE_DISTANCE);
  const used = executed.map((expert) => Math.floor((expert * limits.groups) / limits.experts));
  const best = Float64Array.from(groups, (group) =>
    Math.max(...membersOf(group, limits).map((expert) => biased[expert]!)),
  );
  const needed = new Set([...used, ...sure]);
  const fillers = inOrder(best, possible).reverse();
  for (const group of fillers) if (needed.size < limits.top_groups) needed.add(group);
  const fits = needed.size === limits.top_groups && used.every((group) => possible.includes(group));
  return fits ? [...needed] : undefined;
}
