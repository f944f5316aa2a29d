// What `capacity` drops at the expected routing. Tokens choose independently: a token goes to expert e with probability
// p = top_k * load[e], so of the n tokens whose turn is one of its slots', Binomial(n, p) come; what exceeds the atom's rows
// is dropped.
import {
  declaredAtomRows,
  evaluate,
  placementOfLayer,
  tokensOfTurn,
  turnsOf,
  type Exchange,
  type PlanIndex,
} from "../plan/index.js";

/** Terms smaller than this share of the sum so far add nothing. */
const NEGLIGIBLE = 1e-12;

/** Share of all pairs (token, expert) of a plan that is expected to be dropped; undefined where no exchange drops any. */
export function droppedShare(index: PlanIndex): number | undefined {
  const all = { dropped: 0, pairs: 0 };
  let any = false;
  for (const exchange of index.plan.exchanges) {
    if (exchange.atom_rows === undefined) continue;
    any = true;
    for (const run of index.plan.model.layers)
      for (let at = 0; run.block === exchange.block && at < run.repeat; at++) {
        const each = droppedOf(index, exchange, run.first + at);
        all.dropped += each.dropped;
        all.pairs += each.pairs;
      }
  }
  return any ? (all.pairs === 0 ? 0 : all.dropped / all.pairs) : undefined;
}

/** Pairs of one layer, of all ranks of a group, and how many of them are expected to be dropped. */
function droppedOf(
  index: PlanIndex,
  exchange: Exchange,
  layer: number,
): { readonly dropped: number; readonly pairs: number } {
  const placement = index.placement(exchange.placement);
  const { within } = index.runOfLayer(layer);
  const tables = placementOfLayer(placement, within);
  const { size } = index.group(exchange.group);
  const [tokens = 0, topK = 0] = index
    .node(exchange.block, exchange.gate)
    .output.shape.map((each) => evaluate(each, index.environment));
  const rows = declaredAtomRows(exchange.tokens, { tokens, topK, slots: placement.slots }) ?? tokens;
  const loads = index.plan.routing.find(
    (each) => each.block === exchange.block && each.gate === exchange.gate,
  )?.loads;
  const load = (loads?.length === 1 ? loads[0] : loads?.[within]) ?? [];
  let dropped = 0;
  load.forEach((share, expert) => {
    const chance = Math.min(1, topK * share);
    for (const [taken, times] of tokensOfSlots(turnsOf(tables, expert), size, tokens))
      dropped += times * binomialExcess(taken, chance, rows);
  });
  return { dropped, pairs: size * tokens * topK };
}

/** How many tokens of a source an expert's slots may take, by its turns: each number with how often it occurs. */
function tokensOfSlots(turns: readonly number[], ranks: number, tokens: number): ReadonlyMap<number, number> {
  const round = turns.length;
  const occurs = new Map<number, number>();
  // Sources a round apart have the same turns.
  for (let source = 0; source < Math.min(round, ranks); source++) {
    const taken = new Map<number, number>();
    turns.forEach((slot, turn) => {
      taken.set(slot, (taken.get(slot) ?? 0) + tokensOfTurn(turn, round, source, tokens));
    });
    const alike = Math.ceil((ranks - source) / round);
    for (const each of taken.values()) occurs.set(each, (occurs.get(each) ?? 0) + alike);
  }
  return occurs;
}

/** Mean of max(0, X - room) where X is Binomial(trials, chance). */
export function binomialExcess(trials: number, chance: number, room: number): number {
  const mean = trials * chance;
  if (room >= trials || chance === 0) return 0;
  if (chance === 1) return trials - room;
  // On the thin side of the distribution the terms fall off, and few are needed: max(0, d) = d + max(0, -d).
  return room >= mean
    ? tail(trials, chance, room + 1, 1, (count) => count - room)
    : mean - room + tail(trials, chance, room - 1, -1, (count) => room - count);
}

/** Sum of weight(count) * P(X = count) from `first` on, in steps of 1 or -1. */
function tail(
  trials: number,
  chance: number,
  first: number,
  step: 1 | -1,
  weight: (count: number) => number,
): number {
  if (first < 0) return 0;
  const odds = chance / (1 - chance);
  let probability = Math.exp(
    logChoices(trials, first) + first * Math.log(chance) + (trials - first) * Math.log1p(-chance),
  );
  let sum = 0;
  for (let count = first; count >= 0 && count <= trials; count += step) {
    const term = weight(count) * probability;
    sum += term;
    if (term <= NEGLIGIBLE * sum) break;
    probability *=
      step === 1 ? ((trials - count) / (count + 1)) * odds : count / ((trials - count + 1) * odds);
  }
  return sum;
}

/** Logarithm of the binomial coefficient. */
const logChoices = (from: number, some: number): number =>
  logFactorial(from) - logFactorial(some) - logFactorial(from - some);

/** By Stirling's series (Abramowitz and Stegun, 6.1.41) from 16 on, where its error is below 1e-12. */
function logFactorial(whole: number): number {
  if (whole < 16) {
    let product = 1;
    for (let factor = 2; factor <= whole; factor++) product *= factor;
    return Math.log(product);
  }
  const x = whole + 1;
  const inverse = 1 / x;
  const series = inverse / 12 - inverse ** 3 / 360 + inverse ** 5 / 1260 - inverse ** 7 / 1680;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
