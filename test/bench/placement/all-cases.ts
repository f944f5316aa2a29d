// All cases that are compared: each kind of loads on each cluster, by the same tokens on all clusters.
import { clusters, gate, loadShape, loadsOf, type Cluster } from "./cases.js";
import { compare, type CaseFigures } from "./compare.js";
import { GateSampler } from "./gate.js";
import { loadKinds, type LoadKind } from "./loads.js";

export interface Extent {
  readonly seeds: readonly number[];
  readonly layers: number;
  /** Tokens that the placements of a layer are judged by. */
  readonly tokens: number;
  readonly wanted?: (kind: LoadKind, cluster: Cluster) => boolean;
}

export interface Comparison {
  readonly cases: readonly CaseFigures[];
  /** [sample] share of the tokens' choices that are not where the loads have them. */
  readonly errors: readonly number[];
}

export function compareAll({ seeds, layers, tokens, wanted = () => true }: Extent): Comparison {
  const sampler = new GateSampler(gate, loadShape.experts, tokens, layers);
  const errors: number[] = [];
  const cases = loadKinds.flatMap((kind) => {
    const on = clusters.filter((cluster) => wanted(kind, cluster));
    if (on.length === 0) return [];
    return seeds.flatMap((seed) => {
      const loads = loadsOf(kind, seed, layers);
      const samples = loads.map((shares, layer) => sampler.sample(shares, layer));
      errors.push(...samples.map(({ error }) => error));
      const chosen = samples.map(({ experts }) => experts);
      return on.map((cluster) => compare({ kind, seed, cluster, loads, tokens: chosen }));
    });
  });
  return { cases, errors };
}
