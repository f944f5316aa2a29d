// Tokens that choose experts as a co-activation matrix has them together: a sample where only the matrix was kept.
import { InternalError } from "../../diagnostics/internal-error.js";

/** Draws that may fall on experts already chosen, before all others are weighed. */
const MOST_TRIES = 32;

/**
 * Experts of `count` tokens, `topK` different ones each. The first of a token is drawn by load, each further one by how often it
 * is chosen with one of those before it, whichever of them. Where the matrix knows no further one, by load, and where no expert
 * that is left has any, evenly. `matrix` is a layer's of `Coactivation`. The same seed draws the same tokens.
 */
export function tokensOfCoactivation(
  matrix: Float64Array,
  loads: readonly number[],
  topK: number,
  count: number,
  seed: number,
): Int32Array {
  const experts = loads.length;
  if (topK > experts) throw new InternalError("tokens choose more experts than there are");
  const random = generator(seed);
  const byLoad = cumulative(Float64Array.from(loads));
  const partners = loads.map((_, expert) =>
    cumulative(matrix.subarray(expert * experts, (expert + 1) * experts)),
  );
  const tokens = new Int32Array(count * topK);
  for (let token = 0; token < count; token++) {
    const chosen = tokens.subarray(token * topK, (token + 1) * topK);
    for (let at = 0; at < topK; at++) {
      const before = chosen.subarray(0, at);
      chosen[at] =
        (at === 0 ? undefined : drawPartner(before, partners, random)) ??
        drawOther(before, loads, byLoad, random);
    }
  }
  return tokens;
}

/** An expert that is chosen with one of these and is none of them; nothing where none is, or where tries keep failing. */
function drawPartner(
  before: Int32Array,
  partners: readonly Float64Array[],
  random: () => number,
): number | undefined {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const from = before[Math.floor(random() * before.length)]!;
    const expert = draw(partners[from]!, random);
    if (expert !== undefined && !before.includes(expert)) return expert;
  }
  // Nearly all that is chosen with them is among them already: what is left is drawn by the same chances.
  const weights = new Float64Array(partners.length);
  for (const from of before) {
    const sums = partners[from]!;
    const all = sums.at(-1)!;
    if (all > 0)
      sums.forEach((sum, expert) => {
        weights[expert] = weights[expert]! + (sum - (expert === 0 ? 0 : sums[expert - 1]!)) / all;
      });
  }
  for (const expert of before) weights[expert] = 0;
  return draw(cumulative(weights), random);
}

/** An expert that is none of these, by load where those left have any. */
function drawOther(
  before: Int32Array,
  loads: readonly number[],
  byLoad: Float64Array,
  random: () => number,
): number {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const expert = draw(byLoad, random);
    if (expert !== undefined && !before.includes(expert)) return expert;
  }
  const left = Float64Array.from(loads, (load, expert) => (before.includes(expert) ? 0 : load));
  const even = left.map((_, expert) => (before.includes(expert) ? 0 : 1));
  return draw(cumulative(left), random) ?? draw(cumulative(even), random)!;
}

/** Sums up to each weight, of weights scaled so that no sum overflows. */
function cumulative(weights: Float64Array): Float64Array {
  const most = weights.reduce((best, each) => Math.max(best, each), 0);
  let sum = 0;
  return weights.map((weight) => (sum += most === 0 ? 0 : weight / most));
}

/** An index by weight; nothing where all weights are zero. */
function draw(sums: Float64Array, random: () => number): number | undefined {
  const all = sums.at(-1)!;
  if (all === 0) return undefined;
  const point = random() * all;
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > point) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Numbers in [0, 1), by mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
