// How many tokens have an expert on a node at least once, which is how many copies cross to it: known from the loads and from the
// groups that the gate limits each token to.
import { groupOfExpert, type GateShape } from "./problem.js";

/**
 * A gate takes a group for its best experts, so popular groups are chosen less than in proportion to their loads. Fitted to
 * tokens drawn from DeepSeek-V3's gate with biases that make log-normal, Zipf and group-wise loads (test/bench/placement).
 */
const GROUP_EXPONENT = 0.72;
/** No expert is certain, so that logarithms stay finite. */
const MOST_CERTAIN = 0.999;

/** Which experts a token of a layer may have, as chances. */
export class Choices {
  /** [expert] tokens that choose it, over those that choose its group. */
  readonly chosen: Float64Array;
  /** [expert] its group. */
  readonly groupOf: Int32Array;
  /** [group] mean number of its experts that a token has which chose the group. */
  readonly picks: Float64Array;
  /** [group] odds of its being chosen; the chances are those of `topGroups` independent choices, given that they are so many. */
  readonly #odds: Float64Array;
  readonly #topGroups: number;
  readonly #total: number;
  readonly #sums: Float64Array;

  /** `shares`: [expert] share of the (token, expert) pairs, none above 1 / top-k. */
  constructor(shares: ArrayLike<number>, { topK, groups, topGroups }: GateShape) {
    const experts = shares.length;
    this.groupOf = Int32Array.from({ length: experts }, (_, expert) =>
      groupOfExpert(expert, experts, groups),
    );
    const loads = new Float64Array(groups);
    const hottest = new Float64Array(groups);
    for (let expert = 0; expert < experts; expert++) {
      const group = this.groupOf[expert]!;
      const pairs = topK * shares[expert]!;
      loads[group]! += pairs;
      hottest[group] = Math.max(hottest[group]!, pairs);
    }
    const reached = groupChances(loads, hottest, topGroups);
    this.picks = loads.map((load, group) => (reached[group] === 0 ? 0 : load / reached[group]!));
    this.chosen = Float64Array.from({ length: experts }, (_, expert) => {
      const chance = reached[this.groupOf[expert]!]!;
      return chance === 0 ? 0 : Math.min(MOST_CERTAIN, (topK * shares[expert]!) / chance);
    });
    // Groups without load are never chosen, and others are not chosen twice for them.
    const active = reached.reduce((count, chance) => count + (chance > 0 ? 1 : 0), 0);
    this.#topGroups = Math.min(active, topGroups);
    this.#sums = new Float64Array(this.#topGroups + 1);
    this.#odds = this.#topGroups === groups ? new Float64Array(groups).fill(1) : this.#fitOdds(reached);
    this.#total = this.#symmetric(this.#odds, undefined, 0);
  }

  /**
   * The chance that a token which chose a group has none of some of its experts. `mean` is the sum of their chances, `logMisses` of
   * the logarithms of their complements. Experts are taken as independent, given that a token has so many of them: their number
   * as Poisson's. Exact for equal loads to within 1 %.
   */
  missed(group: number, mean: number, logMisses: number): number {
    const picks = this.picks[group]!;
    const left = 1 - mean / picks;
    return left <= 1e-12 ? 0 : Math.min(1, Math.exp(logMisses + mean + picks * Math.log(left)));
  }

  /** The chance that a token has an expert somewhere, given for each group (from `offset` on) the chance that it has none there. */
  reaches(misses: Float64Array, offset: number): number {
    return 1 - this.#symmetric(this.#odds, misses, offset) / this.#total;
  }

  /**
   * What `reachesBut` needs to know of a place: for each pair of groups the sums over choices of the other groups, by how many of
   * the pair are chosen too. `into`: [(group * groups + other) * 3].
   */
  withoutPairs(misses: Float64Array, offset: number, into: Float64Array): void {
    const groups = this.#odds.length;
    const sums = this.#sums;
    const most = this.#topGroups;
    for (let one = 0; one < groups; one++)
      for (let other = one; other < groups; other++) {
        sums.fill(0);
        sums[0] = 1;
        for (let group = 0; group < groups; group++) {
          if (group === one || group === other) continue;
          const weight = this.#odds[group]! * misses[offset + group]!;
          for (let size = most; size > 0; size--) sums[size] = sums[size]! + weight * sums[size - 1]!;
        }
        const at = (one * groups + other) * 3;
        into[at] = sums[most]!;
        into[at + 1] = sums[most - 1]!;
        into[at + 2] = most < 2 ? 0 : sums[most - 2]!;
      }
  }

  /** `reaches` where the chances of missing differ for one group, or for two, from what `without` was made of. */
  reachesBut(without: Float64Array, one: number, missOne: number, other: number, missOther: number): number {
    const groups = this.#odds.length;
    const at = 3 * (one < other ? one * groups + other : other * groups + one);
    const first = this.#odds[one]! * missOne;
    if (one === other) return 1 - (without[at]! + first * without[at + 1]!) / this.#total;
    const second = this.#odds[other]! * missOther;
    const sum = without[at]! + (first + second) * without[at + 1]! + first * second * without[at + 2]!;
    return 1 - sum / this.#total;
  }

  /** Sum over all choices of `topGroups` groups of the products of their odds, each times its factor. */
  #symmetric(odds: Float64Array, factors: Float64Array | undefined, offset: number): number {
    const sums = this.#sums;
    const most = this.#topGroups;
    if (most === odds.length) {
      let all = 1;
      for (let group = 0; group < odds.length; group++)
        all *= odds[group]! * (factors === undefined ? 1 : factors[offset + group]!);
      return all;
    }
    sums.fill(0);
    sums[0] = 1;
    for (let group = 0; group < odds.length; group++) {
      const weight = odds[group]! * (factors === undefined ? 1 : factors[offset + group]!);
      for (let size = Math.min(group + 1, most); size > 0; size--)
        sums[size] = sums[size]! + weight * sums[size - 1]!;
    }
    return sums[most]!;
  }

  /** Odds with which groups are chosen with these chances, to within a thousandth. */
  #fitOdds(reached: Float64Array): Float64Array {
    const odds = reached.map((chance) => oddsOf(chance));
    const without = new Float64Array(odds.length).fill(1);
    for (let round = 0; round < 8; round++) {
      const all = this.#symmetric(odds, undefined, 0);
      const chances = odds.map((_, group) => {
        without[group] = 0;
        const chance = 1 - this.#symmetric(odds, without, 0) / all;
        without[group] = 1;
        return chance;
      });
      chances.forEach((chance, group) => {
        if (chance > 0) odds[group]! *= oddsOf(reached[group]!) / oddsOf(chance);
      });
    }
    return odds;
  }
}

const oddsOf = (chance: number): number => {
  const uncertain = Math.min(MOST_CERTAIN, chance);
  return uncertain / (1 - uncertain);
};

/** [group] the share of tokens that choose it: they sum to `topGroups`, and no expert is chosen without its group. */
function groupChances(loads: Float64Array, hottest: Float64Array, topGroups: number): Float64Array {
  const active = loads.reduce((count, load) => count + (load > 0 ? 1 : 0), 0);
  if (topGroups >= active) return loads.map((load) => (load > 0 ? 1 : 0));
  const chances = loads.map((load) => load ** GROUP_EXPONENT);
  for (let round = 0; round < 12; round++) {
    const sum = chances.reduce((all, each) => all + each, 0);
    chances.forEach((chance, group) => {
      const scaled = (chance * topGroups) / sum;
      chances[group] = Math.min(1, loads[group]!, Math.max(hottest[group]!, scaled));
    });
  }
  return chances;
}
