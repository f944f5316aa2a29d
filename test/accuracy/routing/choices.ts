// Which experts the tokens of aiconfigurator's benchmarks choose, and what that is for the measured rank, which is the first.
import { busiestFirst, powerLawRows, type RoutedTokens } from "./power-law.js";

/** Tokens that name the same experts; an expert may be named twice. */
interface Run {
  readonly tokens: number;
  readonly named: readonly number[];
}

/** Group-limited routing, as DeepSeek-V3's: only experts of the `chosen` best groups may be chosen. */
export interface GroupLimit {
  readonly groups: number;
  readonly chosen: number;
}

/** What the measured rank gets in one routing. */
export interface RankRows {
  /** Rows of each of its experts. */
  readonly rows: readonly number[];
  /** Tokens that have an expert of the rank. */
  readonly touching: number;
}

/** "balanced", or "power_law_A" with its exponent A. One routing, or several whose mean was measured. */
export function rankRows(
  routed: RoutedTokens,
  distribution: string,
  ranks: number,
  limit?: GroupLimit,
): readonly RankRows[] {
  const exponent = exponentOf(distribution);
  const routings =
    exponent === undefined
      ? [balanced(routed)]
      : powerLawRows(routed, exponent).map((rows) => inTurn(busiestFirst(rows, ranks), routed.tokens));
  return routings.map((runs) => onFirstRank(runs, routed, ranks, limit));
}

/** A of "power_law_A". */
export function exponentOf(distribution: string): number | undefined {
  const [, exponent] = /^power_law_([\d.]+)$/u.exec(distribution) ?? [];
  return exponent === undefined ? undefined : Number(exponent);
}

/** A token's experts lie experts / topK apart, and the next token's are the ones behind. */
function balanced({ tokens, experts, topK }: RoutedTokens): readonly Run[] {
  const stride = Math.ceil(experts / topK);
  const named = (first: number): readonly number[] =>
    Array.from({ length: topK }, (_, at) => (first + at * stride) % experts);
  if (tokens < stride)
    return Array.from({ length: tokens }, (_, token) => ({
      tokens: 1,
      named: named(Math.floor((token * stride) / tokens)),
    }));
  return Array.from({ length: stride }, (_, first) => ({
    tokens: Math.floor(tokens / stride) + (first < tokens % stride ? 1 : 0),
    named: named(first),
  }));
}

/**
 * Pairs laid out by expert, the largest first, and dealt out: the i-th expert of a token is the pair at i * tokens + token. So
 * tokens come in runs that name the same experts.
 */
function inTurn(rows: readonly number[], tokens: number): readonly Run[] {
  const order = rows.map((_, at) => at).sort((one, other) => rows[other]! - rows[one]! || one - other);
  const ends: number[] = [];
  for (const expert of order) ends.push((ends.at(-1) ?? 0) + rows[expert]!);
  const topK = ends.at(-1)! / tokens;
  const borders = [...new Set([0, tokens, ...ends.map((end) => end % tokens)])].sort(
    (one, other) => one - other,
  );
  // Each choice moves through the experts by itself.
  const at = new Array<number>(topK).fill(0);
  return borders.slice(0, -1).map((from, border) => ({
    tokens: borders[border + 1]! - from,
    named: at.map((_, choice) => {
      while (ends[at[choice]!]! <= choice * tokens + from) at[choice]! += 1;
      return order[at[choice]!]!;
    }),
  }));
}

function onFirstRank(
  runs: readonly Run[],
  { experts, topK }: RoutedTokens,
  ranks: number,
  limit: GroupLimit | undefined,
): RankRows {
  const rows = new Array<number>(experts / ranks).fill(0);
  let touching = 0;
  for (const { tokens, named } of runs) {
    let here = false;
    for (const expert of chosenExperts(named, experts, topK, limit)) {
      if (expert >= rows.length) continue;
      rows[expert]! += tokens;
      here = true;
    }
    if (here) touching += tokens;
  }
  return { rows, touching };
}

/**
 * The experts that a router chooses where some are named and all others have equal scores: the named ones of the groups with the
 * most, then the first others, which is how equal scores are told apart.
 */
function chosenExperts(
  named: readonly number[],
  experts: number,
  topK: number,
  limit: GroupLimit | undefined,
): readonly number[] {
  let wanted = [...new Set(named)];
  let allowed = (_: number): boolean => true;
  if (limit !== undefined) {
    const size = experts / limit.groups;
    const scores = new Array<number>(limit.groups).fill(0);
    // A group counts by its best two experts.
    for (const expert of wanted)
      scores[Math.floor(expert / size)] = Math.min(2, scores[Math.floor(expert / size)]! + 1);
    const best = scores
      .map((_, group) => group)
      .sort((one, other) => scores[other]! - scores[one]! || one - other)
      .slice(0, limit.chosen);
    allowed = (expert) => best.includes(Math.floor(expert / size));
    wanted = wanted.filter(allowed);
  }
  for (let other = 0; wanted.length < topK && other < experts; other++)
    if (allowed(other) && !wanted.includes(other)) wanted.push(other);
  return wanted;
}
