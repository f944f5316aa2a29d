// A row of the table for each load kind, cluster and method: means over the seeds and layers.
import { table } from "../table.js";
import type { CaseFigures, LayerFigures, Method, MethodFigures } from "./compare.js";

const NAMES: Readonly<Record<Method, string>> = {
  hierarchical: "baseline, hierarchical",
  global: "baseline, global",
  hard: "Weft, groups hard",
  priced: "Weft, groups priced",
};

const HEAD = [
  ...["", "balance", "worst", "max load", "even", "slow GB", "layer us", "predicted", "CPU ms"],
  ...["gap", "worst", "start best", "doubled"],
];

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;
export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

/** Layers of all seeds, of one kind and cluster, by method. */
export function byMethod(cases: readonly CaseFigures[]): readonly MethodFigures[] {
  return (cases[0]?.methods ?? []).map(({ method }) => {
    const all = cases.map(({ methods }) => methods.find((each) => each.method === method)!);
    return {
      method,
      layers: all.flatMap(({ layers }) => layers),
      cpuMs: mean(all.map(({ cpuMs }) => cpuMs)),
    };
  });
}

/** Cases of one kind and cluster together, in the order in which they first come. */
export function byKindAndCluster(cases: readonly CaseFigures[]): readonly (readonly CaseFigures[])[] {
  const groups = new Map<string, CaseFigures[]>();
  for (const each of cases) {
    const name = caseName(each);
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups.values()];
}

export const caseName = ({ kind, cluster }: CaseFigures): string => `${kind}@${String(cluster.gpus)}`;

/**
 * `balance`: mean over greatest load of the GPUs with an even split, mean and worst layer. `max load`: greatest over mean, with the
 * placement's own split and with an even one. `slow GB`: bytes of a layer that cross nodes. `layer us` is counted from tokens,
 * `predicted` how far Weft's prediction is off, on average. `gap`: greatest load above its lower bound, mean and worst layer.
 */
export function summary(cases: readonly CaseFigures[]): string {
  const rows = byKindAndCluster(cases).flatMap((seeds) => {
    const [{ kind, cluster, rule }] = seeds as [CaseFigures];
    const name = `${kind}, ${String(cluster.gpus)} GPUs: `;
    return byMethod(seeds).map((figures) => [
      `${name}${NAMES[figures.method]}${figures.method === rule ? " (its rule)" : ""}`,
      ...rowOf(figures),
    ]);
  });
  return table(HEAD, rows);
}

function rowOf({ layers, cpuMs }: MethodFigures): string[] {
  const values = (value: (layer: LayerFigures) => number): number[] => layers.map(value);
  const balances = values(({ evenBalance }) => evenBalance);
  return [
    mean(balances).toFixed(4),
    Math.min(...balances).toFixed(4),
    mean(values(({ maxLoad }) => maxLoad)).toFixed(3),
    mean(values(({ evenMaxLoad }) => evenMaxLoad)).toFixed(3),
    (mean(values(({ slowBytes }) => slowBytes)) / 1e9).toFixed(2),
    mean(values(({ timeUs }) => timeUs)).toFixed(0),
    ...claimsOf(layers, cpuMs),
    String(layers.reduce((sum, { doubled }) => sum + doubled, 0)),
  ];
}

function claimsOf(layers: readonly LayerFigures[], cpuMs: number): string[] {
  const claims = layers.flatMap(({ claims: made, timeUs }) =>
    made === undefined ? [] : [{ ...made, off: Math.abs(made.timeUs / timeUs - 1) }],
  );
  const cpu = cpuMs.toFixed(0);
  if (claims.length === 0) return ["", cpu, "", "", ""];
  const gaps = claims.map(({ gap }) => gap);
  return [
    percent(mean(claims.map(({ off }) => off))),
    cpu,
    percent(mean(gaps), 2),
    percent(Math.max(...gaps), 2),
    percent(mean(claims.map(({ startWasBest }) => (startWasBest ? 1 : 0))), 0),
  ];
}
