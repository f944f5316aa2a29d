// From an order of node pairs to the routes of a plan. Pairs of nodes move in waves; each wave is gathered in one launch, crosses
// in the next and is forwarded in the one after, so that a launch holds hops of up to three waves, each on a tier of its own.
import {
  crossingHop,
  forEachPairOfNodes,
  hopsOf,
  SHARES,
  type ExchangeLaunch,
  type Pairs,
  type Route,
  type Spread,
} from "../exchange-plan/index.js";

/** What moves together over the slow tier. */
export interface WavePart {
  readonly pairs: Exclude<Pairs, "within" | "all">;
  /** [begin, end] in parts of SHARES. */
  readonly share: readonly [number, number];
}

export interface Routing {
  readonly launches: ExchangeLaunch[];
  readonly routes: Route[];
}

/** Every pair directly, at once. */
export const directRouting = (): Routing => ({
  launches: [{ name: "all" }],
  routes: [{ pairs: "all", share: [0, SHARES], way: "direct", launches: [0] }],
});

/**
 * Node pairs in waves, each over one way. What stays in a node moves beside what crosses, all of it beside the
 * first wave or where `within` says, by launch, which part of it moves when.
 */
export function routingInWaves(
  way: Route["way"],
  waves: readonly (readonly WavePart[])[],
  spreadOf: (from: number, to: number) => number = () => 0,
  within?: readonly number[],
): Routing {
  const hops = hopsOf[way];
  const launches = Array.from({ length: Math.max(1, waves.length) + hops - 1 }, (_, at) => ({
    name: `step.${String(at)}`,
  }));
  const stays = within ?? launches.map((_, launch) => (launch === crossingHop[way] ? 1 : 0));
  const routes: Route[] = cutShares(stays).map(([launch, share]) => ({
    pairs: "within",
    share,
    way: "direct",
    launches: [launch],
  }));
  waves.forEach((parts, wave) => {
    for (const { pairs, share } of parts)
      routes.push({
        pairs,
        share: [...share],
        way,
        launches: Array.from({ length: hops }, (_, hop) => wave + hop),
        ...(way === "spread" ? { spread: "from" in pairs ? spreadOf(pairs.from, pairs.to) : 0 } : {}),
      });
  });
  return { launches, routes };
}

/** Waves of a rotation: nodes at equal distance together, so many distances a wave. */
export function rotatedWaves(nodes: number, shares: readonly number[]): WavePart[][] {
  const total = shares.reduce((sum, each) => sum + each, 0);
  const waves: WavePart[][] = [];
  let before = 0;
  let first = 1;
  for (const share of shares) {
    before += share;
    const end = 1 + Math.round(((nodes - 1) * before) / total);
    if (end > first) waves.push([{ pairs: { shifts: [first, end] }, share: [0, SHARES] }]);
    first = Math.max(first, end);
  }
  return waves;
}

/** Waves that each take the same part of every pair: as many messages in each, but every rank's part of its work. */
export function splitWaves(nodes: number, shares: readonly number[]): WavePart[][] {
  return cutShares(shares).map(([, share]) => [{ pairs: { shifts: [1, nodes] }, share }]);
}

/** Shares that sum to 1 as parts that follow one another, with the number of each; those that round to nothing are left out. */
function cutShares(shares: readonly number[]): [at: number, part: [number, number]][] {
  let sum = 0;
  let begin = 0;
  return shares.flatMap((share, at) => {
    sum += share;
    const part: [number, number] = [begin, at === shares.length - 1 ? SHARES : Math.round(sum * SHARES)];
    begin = part[1];
    return part[1] > part[0] ? [[at, part]] : [];
  });
}

/** The same waves, pair of nodes by pair. */
export const byPairs = (nodes: number, waves: readonly (readonly WavePart[])[]): WavePart[][] =>
  waves.map((parts) =>
    parts.flatMap(({ pairs, share }) => {
      const single: WavePart[] = [];
      forEachPairOfNodes({ ranks: nodes, ranks_per_node: 1 }, pairs, (from, to) => {
        single.push({ pairs: { from, to }, share });
      });
      return single;
    }),
  );

/** Every rail the same part, of every source. */
export function evenSpread(ranksPerNode: number): Spread {
  const cut = (rail: number): number => Math.round((rail * SHARES) / ranksPerNode);
  const rails = Array.from({ length: ranksPerNode }, (_, rail) => cut(rail + 1) - cut(rail));
  return { by: "source_index", rails: Array.from({ length: ranksPerNode }, () => rails) };
}
