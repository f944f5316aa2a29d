// From an order of node pairs to the routes of a plan. Pairs of nodes move in waves; each wave is gathered in one launch, crosses
// in the next and is forwarded in the one after, so that a launch holds hops of up to three waves, each on a tier of its own.
import {
  crossingHop,
  hopsOf,
  SHARES,
  type ExchangeLaunch,
  type Pairs,
  type Route,
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

/** Node pairs in waves, each over one way; what stays in a node moves beside the first wave that crosses. */
export function routingInWaves(way: Route["way"], waves: readonly (readonly WavePart[])[]): Routing {
  const hops = hopsOf[way];
  const launches = Array.from({ length: waves.length + hops - 1 }, (_, at) => ({
    name: `step.${String(at)}`,
  }));
  const routes: Route[] = [
    { pairs: "within", share: [0, SHARES], way: "direct", launches: [crossingHop[way]] },
  ];
  waves.forEach((parts, wave) => {
    for (const { pairs, share } of parts)
      routes.push({
        pairs,
        share: [...share],
        way,
        launches: Array.from({ length: hops }, (_, hop) => wave + hop),
        ...(way === "spread" ? { spread: 0 } : {}),
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

/** Every rail the same part, of every source. */
export function evenSpread(ranksPerNode: number): number[][] {
  const cut = (rail: number): number => Math.round((rail * SHARES) / ranksPerNode);
  const rails = Array.from({ length: ranksPerNode }, (_, rail) => cut(rail + 1) - cut(rail));
  return Array.from({ length: ranksPerNode }, () => rails);
}
