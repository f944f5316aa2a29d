// How many tokens have an expert on a node at least once, for a placement with its turns. Which replica a token takes follows from
// one number, its rank's and its own index added up: where rounds are equally long, replicas of the same turn go together.
import type { Choices } from "./crossing.js";

/** Sums of ranks and tokens that are looked at; a common round of all experts that is longer is not seen to its end. */
const MOST_TURNS_SEEN = 64;

/** Where the experts of a layer are. */
export class Whereabouts {
  /** [expert] node of all its tokens, or -1 where they go to several. */
  readonly home: Int32Array;
  /** Experts of which tokens go to several nodes. */
  readonly divided: readonly number[] = [];
  /** [expert] nodes of its turns, of divided ones. */
  readonly rounds: ReadonlyMap<number, Int32Array>;
  /** Turns after which everything repeats, or that are looked at. */
  readonly turns: number;

  constructor(
    expertOfSlot: ArrayLike<number>,
    turns: ArrayLike<number>,
    nodeOfSlot: ArrayLike<number>,
    readonly nodes: number,
    experts: number,
  ) {
    this.home = new Int32Array(experts).fill(-2);
    const lengths = new Int32Array(experts);
    const divided = new Set<number>();
    for (let slot = 0; slot < expertOfSlot.length; slot++) {
      const expert = expertOfSlot[slot]!;
      lengths[expert]! += turns[slot]!;
      if (this.home[expert] === -2) this.home[expert] = nodeOfSlot[slot]!;
      else if (this.home[expert] !== nodeOfSlot[slot]) {
        this.home[expert] = -1;
        divided.add(expert);
      }
    }
    this.divided = [...divided].sort((a, b) => a - b);
    this.rounds = new Map(this.divided.map((expert) => [expert, new Int32Array(lengths[expert]!)]));
    let common = 1;
    for (const expert of this.divided) {
      const length = lengths[expert]!;
      if (common < MOST_TURNS_SEEN) common = (common / greatestCommonDivisor(common, length)) * length;
    }
    this.turns = Math.min(common, MOST_TURNS_SEEN);
    const filled = new Int32Array(experts);
    for (let slot = 0; slot < expertOfSlot.length; slot++) {
      const expert = expertOfSlot[slot]!;
      if (this.home[expert]! >= 0) continue;
      const end = filled[expert]! + turns[slot]!;
      this.rounds.get(expert)!.fill(nodeOfSlot[slot]!, filled[expert], end);
      filled[expert] = end;
    }
  }

  /** The node of a token of an expert, by the sum of its rank's and its own index. */
  nodeOf(expert: number, turn: number): number {
    const home = this.home[expert]!;
    if (home >= 0) return home;
    const round = this.rounds.get(expert)!;
    return round[turn % round.length]!;
  }
}

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other);

/** [node] the share of the tokens that have an expert there, by the chances of their choices. */
export function reachedByChoices(choices: Choices, where: Whereabouts, groups: number): Float64Array {
  const { nodes, home, divided, turns } = where;
  const means = new Float64Array(nodes * groups);
  const logs = new Float64Array(nodes * groups);
  const add = (sums: readonly [Float64Array, Float64Array], expert: number, node: number): void => {
    const chance = choices.chosen[expert]!;
    const at = node * groups + choices.groupOf[expert]!;
    sums[0][at]! += chance;
    sums[1][at]! += Math.log(1 - chance);
  };
  home.forEach((node, expert) => {
    if (node >= 0) add([means, logs], expert, node);
  });
  const missed = (at: number, mean: number, log: number): number =>
    mean === 0 ? 1 : choices.missed(at % groups, mean, log);
  const misses = means.map((mean, at) => missed(at, mean, logs[at]!));
  const alone = new Float64Array(nodes).map((_, node) => choices.reaches(misses, node * groups));
  if (divided.length === 0) return alone;
  const reached = new Float64Array(nodes);
  const ownMeans = means.slice();
  const ownLogs = logs.slice();
  const ownMisses = misses.slice();
  for (let turn = 0; turn < turns; turn++) {
    const touched = divided.map((expert) => {
      const node = where.nodeOf(expert, turn);
      add([ownMeans, ownLogs], expert, node);
      return node * groups + choices.groupOf[expert]!;
    });
    for (const at of touched) ownMisses[at] = missed(at, ownMeans[at]!, ownLogs[at]!);
    const busy = new Set(touched.map((at) => Math.floor(at / groups)));
    for (let node = 0; node < nodes; node++)
      reached[node]! += busy.has(node) ? choices.reaches(ownMisses, node * groups) : alone[node]!;
    for (const at of touched) {
      ownMeans[at] = means[at]!;
      ownLogs[at] = logs[at]!;
      ownMisses[at] = misses[at]!;
    }
  }
  return reached.map((sum) => sum / turns);
}

/** The same counted from tokens, `topK` experts each, over all turns. */
export function reachedByTokens(tokens: Int32Array, topK: number, where: Whereabouts): Float64Array {
  const { nodes, home, turns } = where;
  const count = Math.floor(tokens.length / topK);
  const reached = new Float64Array(nodes);
  const seen = new Int32Array(nodes).fill(-1);
  let visit = 0;
  for (let token = 0; token < count; token++) {
    const own = Array.from(tokens.subarray(token * topK, (token + 1) * topK)).filter((expert) => expert >= 0);
    // Without a divided expert all turns are alike.
    const shift = own.some((expert) => home[expert]! < 0) ? turns : 1;
    for (let turn = 0; turn < shift; turn++, visit++)
      for (const expert of own) {
        const node = where.nodeOf(expert, turn);
        if (seen[node] === visit) continue;
        seen[node] = visit;
        reached[node]! += 1 / shift;
      }
  }
  return count === 0 ? reached : reached.map((sum) => sum / count);
}
