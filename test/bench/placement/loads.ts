// How tokens may crowd onto experts: the load kinds that placements are compared on.
import { normal, shuffle, uniformFrom } from "./random.js";

/** Experts and the groups they are in, in runs of equal length, and how many experts a token has. */
export interface LoadShape {
  readonly experts: number;
  readonly groups: number;
  readonly topK: number;
}

type Draw = (shape: LoadShape, uniform: () => number) => number[];

const each = ({ experts }: LoadShape, weight: (expert: number) => number): number[] =>
  Array.from({ length: experts }, (_, expert) => weight(expert));

const logNormal =
  (sigma: number): Draw =>
  (shape, uniform) =>
    each(shape, () => Math.exp(sigma * normal(uniform)));

const zipf =
  (exponent: number): Draw =>
  (shape, uniform) =>
    shuffle(
      each(shape, (rank) => (rank + 1) ** -exponent),
      uniform,
    );

/** Popular groups, and experts that differ as much within them. */
const correlated: Draw = (shape, uniform) => {
  const factors = Array.from({ length: shape.groups }, () => Math.exp(0.5 * normal(uniform)));
  const size = shape.experts / shape.groups;
  return each(shape, (expert) => factors[Math.floor(expert / size)]! * Math.exp(0.5 * normal(uniform)));
};

const HOT_EXPERTS = 4;
const HOT_SHARE = 0.3;

/** Four experts have 30 % of all tokens, the others the rest in equal parts. */
const fourHot: Draw = (shape, uniform) => {
  const order = shuffle(
    each(shape, (expert) => expert),
    uniform,
  );
  const hot = new Set(order.slice(0, HOT_EXPERTS));
  const cold = (1 - HOT_SHARE) / (shape.experts - HOT_EXPERTS);
  return each(shape, (expert) => (hot.has(expert) ? HOT_SHARE / HOT_EXPERTS : cold));
};

const KINDS = {
  "log-normal 0.5": logNormal(0.5),
  "log-normal 1.0": logNormal(1),
  "log-normal 1.5": logNormal(1.5),
  "zipf 0.6": zipf(0.6),
  "zipf 1.0": zipf(1),
  uniform: (shape) => each(shape, () => 1),
  "by group": correlated,
  "four hot": fourHot,
} satisfies Record<string, Draw>;

export type LoadKind = keyof typeof KINDS;

const isKind = (name: string): name is LoadKind => name in KINDS;

export const loadKinds: readonly LoadKind[] = Object.keys(KINDS).filter(isKind);

/** [layer][expert] shares of the (token, expert) pairs: they sum to 1 for each layer, and none is above 1 / top-k. */
export function drawLoads(kind: LoadKind, seed: number, layers: number, shape: LoadShape): number[][] {
  const uniform = uniformFrom(seed);
  return Array.from({ length: layers }, () => capped(KINDS[kind](shape, uniform), 1 / shape.topK));
}

/** Shares of weights, none above a limit: a token has an expert once. What is cut off goes to the others in proportion. */
function capped(weights: readonly number[], limit: number): number[] {
  const full = new Set<number>();
  for (;;) {
    const free = weights.reduce((sum, weight, expert) => (full.has(expert) ? sum : sum + weight), 0);
    const scale = (1 - full.size * limit) / free;
    const shares = weights.map((weight, expert) => (full.has(expert) ? limit : weight * scale));
    const over = shares.flatMap((share, expert) => (share > limit ? [expert] : []));
    if (over.length === 0) return shares;
    over.forEach((expert) => full.add(expert));
  }
}
