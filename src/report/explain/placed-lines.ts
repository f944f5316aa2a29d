// The table of placements by layer, as text.
import type { PlacedLayer } from "../../plan/index.js";
import { columns, wrapped } from "../layout.js";
import { counted, percent, significant, time } from "../units.js";
import type { LayerOfExperts, PlacedExperts } from "./placed-layers.js";

/** Lines on the layers of one placement: their mean, then each of them. */
export function placedLines({ placement, layers }: PlacedExperts, width: number): readonly string[] {
  const [first] = layers;
  if (first === undefined) return [];
  const others = first.instead.map(({ placed }) => placed.method);
  const rows = layers.map((each) => [layerName(each), ...cells(each)]);
  const mean = layers.length > 1 ? [["mean", ...cells(meanOf(layers))]] : [];
  const header = ["layer", ...HEADER, ...others.flatMap(() => ["fullest", "nodes", "time"])];
  return [
    ...wrapped(intro(placement, layers), width),
    ...columns([header, ...mean, ...rows], ["left", ...header.slice(1).map(() => "right" as const)]),
    ...wrapped(legend(others), width),
  ];
}

const HEADER = ["replicated", "uneven", "fullest", "gap", "nodes", "time"];

function intro(placement: string, layers: readonly LayerOfExperts[]): string {
  const told = layers.filter(({ start_was_best: best }) => best !== undefined);
  const best = told.filter((each) => each.start_was_best === true).length;
  const method = layers[0]?.placed.method ?? "";
  const search =
    told.length === 0
      ? ""
      : `; the search improved on what it began from in ${told.length - best} of ${counted(told.length, "layer")}`;
  const { time_us: chosen, instead } = meanOf(layers);
  const costs = instead.map(
    ({ time_us: other, placed }) => `${placed.method} would take ${versus(other, chosen)} on average`,
  );
  return `${placement} by "${method}"${search}. ${costs.map((each) => `${each}.`).join(" ")}`.trim();
}

function legend(others: readonly string[]): string {
  const behind = others.length === 0 ? "" : `; then, the same of ${others.join(", and of ")}`;
  return (
    "replicated: experts with several replicas (the most of one); uneven: those whose replicas take unequal shares; " +
    "fullest: rows of the fullest GPU over the mean of those that hold experts, each over its speed; gap: above the least that any placement could have; " +
    "nodes: other nodes a token goes to; time: dispatch, slowest experts and combine of a micro-batch, one after " +
    `another${behind}`
  );
}

const layerName = ({ layer, layers }: LayerOfExperts): string =>
  layers === 1 ? String(layer) : `${layer}-${layer + layers - 1}`;

function cells({ time_us: chosen, placed, instead }: LayerOfExperts): readonly string[] {
  return [
    `${Math.round(placed.replicated)} (${Math.round(placed.most_replicas)})`,
    String(Math.round(placed.uneven)),
    `${placed.load_over_mean.toFixed(3)} x`,
    percent(Math.max(0, placed.load_over_bound - 1), 1),
    placed.nodes_per_token.toFixed(2),
    time(chosen),
    ...instead.flatMap(({ time_us: other, placed: them }) => [
      `${significant(them.load_over_mean)} x`,
      them.nodes_per_token.toFixed(2),
      versus(other, chosen),
    ]),
  ];
}

/** A time, and how far it is from the chosen one. */
const versus = (other: number, chosen: number): string =>
  `${time(other)} (${other < chosen ? "-" : "+"}${percent(Math.abs(other - chosen), chosen)})`;

/** Means of all figures. */
function meanOf(layers: readonly LayerOfExperts[]): LayerOfExperts {
  const [first] = layers as readonly [LayerOfExperts, ...LayerOfExperts[]];
  const mean = (of: (layer: LayerOfExperts) => number): number =>
    layers.reduce((sum, each) => sum + of(each), 0) / layers.length;
  const figures = (
    of: (layer: LayerOfExperts) => PlacedLayer | undefined,
    like: PlacedLayer,
  ): PlacedLayer => {
    const over = (key: Exclude<keyof PlacedLayer, "method">): number => mean((each) => of(each)?.[key] ?? 0);
    return {
      ...{
        method: like.method,
        replicated: over("replicated"),
        uneven: over("uneven"),
        twice: over("twice"),
      },
      most_replicas: over("most_replicas"),
      load_over_mean: over("load_over_mean"),
      load_over_bound: over("load_over_bound"),
      nodes_per_token: over("nodes_per_token"),
      dispatch_us: over("dispatch_us"),
      experts_us: over("experts_us"),
      combine_us: over("combine_us"),
    };
  };
  return {
    ...{ layer: first.layer, layers: 1, time_us: mean(({ time_us }) => time_us) },
    placed: figures(({ placed }) => placed, first.placed),
    instead: first.instead.map(({ placed }, at) => ({
      time_us: mean(({ instead }) => instead[at]?.time_us ?? 0),
      placed: figures(({ instead }) => instead[at]?.placed, placed),
    })),
  };
}
