// The skewed routing of aiconfigurator's benchmarks, "power_law_A": loads of experts are drawn from a power law x^-A between bounds
// and scaled to the number of (token, expert) pairs. They draw anew for each measurement, and measure the rank with the most.
// Here the loads are the law's quantiles; only which expert has which is drawn, from fixed seeds.

/** Draws of which expert has which load: their mean is taken. The benchmarks take five. */
const DRAWS = 8;

/** Bounds of the law where there are more pairs than experts: from 1 to this share of the tokens. */
const MOST_SHARE = 0.8;
/** Its bounds where there are fewer. */
const FEW_BOUNDS = [0.01, 2] as const;

export interface RoutedTokens {
  readonly tokens: number;
  readonly experts: number;
  readonly topK: number;
}

/** Whole rows of each expert, for each draw; they add up to tokens * topK. */
export function powerLawRows(routed: RoutedTokens, exponent: number): readonly (readonly number[])[] {
  const loads = quantiles(routed, exponent);
  const random = xorshift(1);
  return Array.from({ length: DRAWS }, () => wholeRows(shuffled(loads, random), routed));
}

/** Where the law's distribution function is (i + 1/2) / experts. */
function quantiles({ tokens, experts, topK }: RoutedTokens, exponent: number): readonly number[] {
  const [low, high] = tokens * topK > experts ? [1, MOST_SHARE * tokens] : FEW_BOUNDS;
  const power = 1 - exponent;
  return Array.from({ length: experts }, (_, at) => {
    const share = (at + 0.5) / experts;
    return power === 0
      ? low * (high / low) ** share
      : (low ** power + share * (high ** power - low ** power)) ** (1 / power);
  });
}

/** Loads scaled to the pairs and rounded; what rounding misses goes to the largest, or is taken from the smallest. */
function wholeRows(loads: readonly number[], { tokens, experts, topK }: RoutedTokens): readonly number[] {
  const pairs = tokens * topK;
  const sum = loads.reduce((total, each) => total + each, 0);
  const rows = loads.map((each) => Math.round((each / sum) * pairs));
  const stride = Math.ceil(experts / topK);
  // Of equal ones those far apart come first: so one token's experts are on different ranks, as measured.
  const order = rows
    .map((_, at) => at)
    .sort((one, other) => rows[other]! - rows[one]! || (one % stride) - (other % stride) || one - other);
  let missing = pairs - rows.reduce((total, each) => total + each, 0);
  for (let at = 0; missing > 0; at++, missing--) rows[order[at % experts]!]! += 1;
  for (let at = 0; missing < 0; at++) {
    const expert = order[experts - 1 - (at % experts)]!;
    if (rows[expert] === 0) continue;
    rows[expert]! -= 1;
    missing++;
  }
  return rows;
}

function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Fisher and Yates. */
function shuffled(items: readonly number[], random: () => number): readonly number[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}

/** The same rows with those of the rank that has the most in front. */
export function busiestFirst(rows: readonly number[], ranks: number): readonly number[] {
  const held = rows.length / ranks;
  const sums = Array.from({ length: ranks }, (_, rank) =>
    rows.slice(rank * held, (rank + 1) * held).reduce((sum, each) => sum + each, 0),
  );
  const busiest = sums.indexOf(Math.max(...sums));
  const swapped = [...rows];
  for (let at = 0; at < held; at++) {
    swapped[at] = rows[busiest * held + at]!;
    swapped[busiest * held + at] = rows[at]!;
  }
  return swapped;
}
