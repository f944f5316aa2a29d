// What is required of Weft's placements beside the baseline's, each with what was measured.
import type { CaseFigures, LayerFigures, Method } from "./compare.js";
import { byKindAndCluster, byMethod, caseName, mean, percent } from "./summary.js";

export interface Requirement {
  readonly name: string;
  readonly measured: string;
  readonly met: boolean;
}

/** Cases above a limit that are named. */
const MOST_NAMED = 6;

/** Sums in another order differ by so much. */
const ROUNDING = 1e-9;

export interface Strictness {
  /** What few tokens leave to chance in the time of a layer, as a share of it. */
  readonly chance: number;
}

const nameOf = (of: CaseFigures): string => `${caseName(of)} seed ${String(of.seed)}`;

const layersOf = ({ methods }: CaseFigures, method: Method): readonly LayerFigures[] | undefined =>
  methods.find((each) => each.method === method)?.layers;

/** Weft with the constraint that the baseline's rule keeps: groups on nodes where they divide, else nothing. */
const sameConstraints = ({ rule }: CaseFigures): Method => (rule === "hierarchical" ? "hard" : "priced");

/** All that the given cases can tell: the figures of placements, not those of time. */
export function requirements(
  cases: readonly CaseFigures[],
  { chance }: Strictness = { chance: 0 },
): Requirement[] {
  return [
    neverBelow("the same constraints", cases, sameConstraints),
    neverBelow("the constraint priced", cases, () => "priced"),
    ...["zipf 1.0@64", "four hot@64"].flatMap((name) => lowerMaximum(name, cases)),
    neverSlower(cases, chance),
    ...faster("log-normal 1.0@64", cases),
    gapsGiven(cases),
    noneDoubled(cases),
  ];
}

/** Layers whose even-split balancedness is below that of the baseline by its own rule. */
function neverBelow(
  what: string,
  cases: readonly CaseFigures[],
  methodOf: (of: CaseFigures) => Method,
): Requirement {
  let [below, all, worst, where] = [0, 0, Infinity, ""];
  for (const each of cases) {
    const baseline = layersOf(each, each.rule)!;
    layersOf(each, methodOf(each))!.forEach(({ evenBalance }, layer) => {
      const ratio = evenBalance / baseline[layer]!.evenBalance;
      all++;
      if (ratio < 1 - ROUNDING) below++;
      if (ratio < worst) [worst, where] = [ratio, `${nameOf(each)}, layer ${String(layer)}`];
    });
  }
  return {
    name: `balancedness never below the baseline by its rule, ${what}`,
    measured: `${String(below)} of ${String(all)} layers below; worst ratio ${worst.toFixed(4)} (${where})`,
    met: below === 0,
  };
}

/** How much lower the greatest load is under the same constraints, averaged over layers. */
function lowerMaximum(name: string, cases: readonly CaseFigures[]): Requirement[] {
  const seeds = cases.filter((each) => caseName(each) === name);
  if (seeds.length === 0) return [];
  const maximum = (method: (of: CaseFigures) => Method, value: (layer: LayerFigures) => number): number =>
    mean(seeds.flatMap((each) => layersOf(each, method(each))!.map(value)));
  const baseline = maximum(
    ({ rule }) => rule,
    ({ maxLoad }) => maxLoad,
  );
  const lower = (value: (layer: LayerFigures) => number): string =>
    percent(1 - maximum(sameConstraints, value) / baseline);
  const own = maximum(sameConstraints, ({ maxLoad }) => maxLoad);
  const possible = lower(({ maxLoad, claims }) => maxLoad / (1 + (claims?.gap ?? 0)));
  return [
    {
      name: `maximum load at least 10 % lower, the same constraints, ${name}`,
      measured: `${lower(({ maxLoad }) => maxLoad)} lower with Weft's split, ${lower(({ evenMaxLoad }) => evenMaxLoad)} with an even one; ${possible} by the lower bound`,
      met: own <= 0.9 * baseline,
    },
  ];
}

/** Time over that of the baseline's better policy, for each case with its seed. */
function timeRatio(seeds: readonly CaseFigures[]): number {
  const times = new Map(
    byMethod(seeds).map(({ method, layers }) => [method, mean(layers.map(({ timeUs }) => timeUs))]),
  );
  return times.get("priced")! / Math.min(times.get("hierarchical") ?? Infinity, times.get("global")!);
}

/** Cases with their seeds, and as these are averaged: the first is a stricter judge than chance allows where both place alike. */
function neverSlower(cases: readonly CaseFigures[], chance: number): Requirement {
  const ratios = cases.map((each) => ({ name: nameOf(each), ratio: timeRatio([each]) }));
  const above = ratios.filter(({ ratio }) => ratio > 1 + chance + ROUNDING).sort((a, b) => b.ratio - a.ratio);
  const worst = Math.max(...byKindAndCluster(cases).map(timeRatio));
  const named = above.slice(0, MOST_NAMED).map(({ name, ratio }) => `${name} ${ratio.toFixed(4)}`);
  return {
    name: "layer time never above the better policy, the constraint priced",
    measured: [
      `${String(above.length)} of ${String(cases.length)} cases above`,
      `worst ratio over seeds ${worst.toFixed(4)}`,
      ...named,
    ].join("; "),
    met: above.length === 0,
  };
}

function faster(name: string, cases: readonly CaseFigures[]): Requirement[] {
  const seeds = cases.filter((each) => caseName(each) === name);
  if (seeds.length === 0) return [];
  const below = 1 - timeRatio(seeds);
  return [
    {
      name: `layer time at least 5 % below the better policy, ${name}`,
      measured: `${percent(below)} below`,
      met: below >= 0.05,
    },
  ];
}

const weftLayers = (cases: readonly CaseFigures[]): LayerFigures[] =>
  cases
    .flatMap(({ methods }) => methods.flatMap(({ layers }) => layers))
    .filter(({ claims }) => claims !== undefined);

/** A gap to the lower bound is stated for every layer, and none is beaten: a bound that is, is wrong. */
function gapsGiven(cases: readonly CaseFigures[]): Requirement {
  const gaps = weftLayers(cases).map(({ claims }) => claims!.gap);
  const least = Math.min(...gaps);
  return {
    name: "gap to the lower bound for every layer",
    measured: `${String(gaps.filter(Number.isFinite).length)} of ${String(gaps.length)} layers; ${percent(least, 2)} to ${percent(Math.max(...gaps), 2)}`,
    met: gaps.every(Number.isFinite) && least > -ROUNDING,
  };
}

function noneDoubled(cases: readonly CaseFigures[]): Requirement {
  const doubled = weftLayers(cases).reduce((sum, layer) => sum + layer.doubled, 0);
  const baseline = cases
    .flatMap((each) => layersOf(each, each.rule)!)
    .reduce((sum, layer) => sum + layer.doubled, 0);
  return {
    name: "never two replicas of an expert on one GPU",
    measured: `${String(doubled)} of Weft's, ${String(baseline)} of the baseline's`,
    met: doubled === 0,
  };
}
