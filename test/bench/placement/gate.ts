// Tokens as DeepSeek-V3's gate would choose their experts, with a bias for each expert under which the experts get given loads.
import type { GateShape } from "../../../src/place/index.js";
import { gumbel, uniformFrom } from "./random.js";

export interface GateSample {
  /** Experts of the tokens, `topK` for each. */
  readonly experts: Int32Array;
  /** Share of the (token, expert) pairs that are at another expert than the given loads have them at. */
  readonly error: number;
}

/** Share of the tokens that each round of corrections looks at: few, while the errors are large. */
const ROUNDS = [0.25, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 1, 1, 1];
/** Correction of a bias for a count that is too small by a factor e: less from round to round, as the errors become noise. */
const FIRST_STEP = 0.9;
const STEP_DECAY = 0.92;
/** Nobody has an expert for certain, so that its bias is finite. */
const LEAST_DOUBT = 0.02;
/** Steps from a layer's noise to the next one's in the pool: it has no factor in common with numbers of experts in use. */
const LAYER_STRIDE = 1009;

/**
 * Draws tokens: the score of an expert is noise and bias; a group's is the sum of its two best; a token has the best experts of
 * the best groups. Noise is drawn once, and every layer takes another part of it.
 */
export class GateSampler {
  readonly #noise: Float32Array;
  readonly #chosen: Int32Array;
  readonly #scores: Float64Array;
  readonly #bestExperts: Int32Array;
  readonly #bestScores: Float64Array;
  readonly #groupScores: Float64Array;

  constructor(
    readonly gate: GateShape,
    readonly experts: number,
    readonly tokens: number,
    readonly layers: number,
  ) {
    const uniform = uniformFrom(0);
    this.#noise = Float32Array.from({ length: tokens * experts + layers * LAYER_STRIDE }, () =>
      gumbel(uniform),
    );
    this.#chosen = new Int32Array(tokens * gate.topK);
    this.#scores = new Float64Array(experts);
    this.#bestExperts = new Int32Array(gate.topK);
    this.#bestScores = new Float64Array(gate.topK);
    this.#groupScores = new Float64Array(gate.groups);
  }

  /** Tokens whose choices follow `shares`, [expert] of the (token, expert) pairs. */
  sample(shares: readonly number[], layer: number): GateSample {
    const { experts, gate } = this;
    const offset = layer * LAYER_STRIDE;
    const bias = Float64Array.from(shares, (share) => {
      const chance = share * gate.topK;
      return Math.log((chance + 1e-9) / (1 - chance + LEAST_DOUBT));
    });
    const counts = new Float64Array(experts);
    const draw = (tokens: number): Int32Array => {
      const chosen = this.#chosen.subarray(0, tokens * gate.topK);
      this.#choose(bias, offset, chosen);
      counts.fill(0);
      for (const expert of chosen) counts[expert]!++;
      return chosen;
    };
    ROUNDS.forEach((part, round) => {
      const pairs = draw(Math.ceil(part * this.tokens)).length;
      const step = FIRST_STEP * STEP_DECAY ** round;
      for (let expert = 0; expert < experts; expert++)
        bias[expert]! += step * Math.log((shares[expert]! * pairs + 0.5) / (counts[expert]! + 0.5));
    });
    const chosen = draw(this.tokens).slice();
    const misplaced = counts.reduce(
      (sum, count, expert) => sum + Math.abs(count - shares[expert]! * chosen.length),
      0,
    );
    return { experts: chosen, error: misplaced / 2 / chosen.length };
  }

  #choose(bias: Float64Array, offset: number, chosen: Int32Array): void {
    const { experts } = this;
    const { topK, groups } = this.gate;
    const noise = this.#noise;
    const scores = this.#scores;
    const size = experts / groups;
    for (let token = 0; token * topK < chosen.length; token++) {
      const row = offset + token * experts;
      for (let group = 0; group < groups; group++) {
        let [best, second] = [-Infinity, -Infinity];
        for (let expert = group * size; expert < (group + 1) * size; expert++) {
          const score = noise[row + expert]! + bias[expert]!;
          scores[expert] = score;
          if (score > best) {
            second = best;
            best = score;
          } else if (score > second) second = score;
        }
        this.#groupScores[group] = best + second;
      }
      this.#chooseOf(this.#leastGroupScore(), size);
      chosen.set(this.#bestExperts, token * topK);
    }
  }

  /** The score of the last of the groups that a token may choose from. */
  #leastGroupScore(): number {
    const scores = this.#groupScores;
    const { groups, topGroups } = this.gate;
    for (let group = 0; group < groups; group++) {
      let better = 0;
      for (let other = 0; other < groups; other++) if (scores[other]! > scores[group]!) better++;
      if (better === topGroups - 1) return scores[group]!;
    }
    return -Infinity;
  }

  /** The best experts of the groups from a score on, kept in order as they are found. */
  #chooseOf(leastGroupScore: number, size: number): void {
    const { topK, groups } = this.gate;
    const scores = this.#scores;
    const [bestExperts, bestScores] = [this.#bestExperts, this.#bestScores];
    bestScores.fill(-Infinity);
    let least = -Infinity;
    for (let group = 0; group < groups; group++) {
      if (this.#groupScores[group]! < leastGroupScore) continue;
      for (let expert = group * size; expert < (group + 1) * size; expert++) {
        const score = scores[expert]!;
        if (score <= least) continue;
        let at = topK - 1;
        for (; at > 0 && bestScores[at - 1]! < score; at--) {
          bestScores[at] = bestScores[at - 1]!;
          bestExperts[at] = bestExperts[at - 1]!;
        }
        bestScores[at] = score;
        bestExperts[at] = expert;
        least = bestScores[topK - 1]!;
      }
    }
  }
}
