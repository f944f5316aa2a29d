// A placement as text for the terminal: Weft's beside what the rule gives, over all layers and in those that take longest.
import { plain, type Colors } from "../../diagnostics/render-text.js";
import { columns, section, wrapped } from "../layout.js";
import { grouped, percent, size, time } from "../units.js";
import { gaps, mean, slowestFirst } from "./figures.js";
import type { LayerCosts, PlacementReport } from "./report.js";
import { pricedWith, remarks, ruleWords, titleOf } from "./words.js";

const WIDTH = 110;
/** Layers that have a row each; of more, the slowest. */
const MOST_ROWS = 12;

/** Ends in a newline. */
export function renderPlacement(report: PlacementReport, colors: Colors = plain): string {
  const bullet = (text: string): readonly string[] =>
    wrapped(text, WIDTH - 4).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`));
  const lines = [
    ...wrapped(titleOf(report), WIDTH).map(colors.bold),
    pricedWith(report),
    "",
    ...section(colors.bold(`Over all layers. ${ruleWords(report)}`), wholeLines(report)),
    ...section(colors.bold(layersTitle(report)), layerLines(report)),
    ...section(colors.bold("Besides"), remarks(report).flatMap(bullet)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

const balance = (value: number): string => value.toFixed(3);
const excess = (value: number): string => `+${(100 * value).toFixed(1)} %`;

function change(before: number, after: number): string {
  if (before === 0) return "";
  const share = 100 * (after / before - 1);
  return `${share > 0 ? "+" : ""}${share.toFixed(1)} %`;
}

function wholeLines(report: PlacementReport): readonly string[] {
  const { rule } = report;
  const of = (value: (costs: LayerCosts) => number): readonly [number, number] => [
    value(rule),
    value(report),
  ];
  const row = (name: string, pair: readonly [number, number], show: (value: number) => string): string[] => [
    ...[name, show(pair[0]), show(pair[1]), ""],
  ];
  const changed = (
    name: string,
    pair: readonly [number, number],
    show: (value: number) => string,
  ): string[] => [...[name, show(pair[0]), show(pair[1]), change(...pair)]];
  return columns(
    [
      ["", "rule", "Weft", ""],
      row(
        "balancedness, even split",
        of((each) => mean(each.balancedness)),
        balance,
      ),
      row(
        "  of the worst layer",
        of((each) => Math.min(...each.balancedness)),
        balance,
      ),
      ["balancedness, as split", "", balance(mean(report.split_balancedness)), ""],
      changed(
        "greatest load of a GPU",
        of((each) => mean(each.max_load)),
        load,
      ),
      row(
        "  over the lower bound",
        of((each) => mean(gaps(report, each))),
        excess,
      ),
      row(
        "  of the worst layer",
        of((each) => Math.max(...gaps(report, each))),
        excess,
      ),
      changed(
        "time of a layer",
        of((each) => mean(each.predicted_time_us)),
        time,
      ),
      changed(
        "  dispatch",
        of((each) => mean(each.dispatch_us)),
        time,
      ),
      changed(
        "  experts of the hottest GPU",
        of((each) => mean(each.experts_us)),
        time,
      ),
      changed(
        "  combine",
        of((each) => mean(each.combine_us)),
        time,
      ),
      changed(
        "bytes between nodes, a layer",
        of((each) => mean(each.slow_bytes)),
        size,
      ),
    ],
    ["left", "right", "right", "right"],
  );
}

/** A load in the unit of the input, which may be tokens or shares. */
const load = (value: number): string =>
  value >= 1000 ? grouped(Math.round(value)) : String(Number(value.toPrecision(4)));

function layersTitle({ layers }: PlacementReport): string {
  return layers <= MOST_ROWS
    ? "By layer, the rule's figures before Weft's"
    : `The ${String(MOST_ROWS)} slowest of ${grouped(layers)} layers, the rule's figures before Weft's`;
}

/** Two lines, since most columns come in pairs. */
const HEADS = [
  ["", "balancedness", "", "over", "time", "", "", "between nodes", "", "most", "hottest"],
  ["layer", "rule", "Weft", "bound", "rule", "Weft", "", "rule", "Weft", "replicas", "GPU"],
];

function layerLines(report: PlacementReport): readonly string[] {
  const { rule, layers } = report;
  const shown = slowestFirst(report)
    .slice(0, MOST_ROWS)
    .sort((one, other) => (layers <= MOST_ROWS ? one - other : 0));
  const beyond = gaps(report, report);
  const rows = shown.map((layer) => [
    String(layer),
    ...[balance(rule.balancedness[layer]!), balance(report.balancedness[layer]!)],
    excess(beyond[layer]!),
    ...[time(rule.predicted_time_us[layer]!), time(report.predicted_time_us[layer]!)],
    change(rule.predicted_time_us[layer]!, report.predicted_time_us[layer]!),
    ...[size(rule.slow_bytes[layer]!), size(report.slow_bytes[layer]!)],
    String(Math.max(...report.replicas[layer]!)),
    percent(Math.max(...shareOf(report, layer)), 1),
  ]);
  return columns(
    [...HEADS, ...rows],
    ["right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right"],
  );
}

/** [gpu] share of the layer's load. */
function shareOf({ gpu_loads: loads }: PlacementReport, layer: number): readonly number[] {
  const row = loads[layer]!;
  const sum = row.reduce((all, each) => all + each, 0);
  return row.map((each) => (sum === 0 ? 1 / row.length : each / sum));
}
