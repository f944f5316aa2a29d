// A placement as text for the terminal: Weft's beside what the rule gives, over all layers and in those that take longest.
import { plain, type Colors } from "../../diagnostics/render-text.js";
import { columns, section, wrapped } from "../layout.js";
import { counted, grouped, percent, size, time } from "../units.js";
import { gaps, hotness, mean, slowestFirst } from "./figures.js";
import type { LayerCosts, PlacementReport } from "./report.js";
import { ruleWords } from "./rule-words.js";
import { pricedWith, remarks, titleOf } from "./words.js";

const WIDTH = 110;
/** Layers that have a row each; of more, the slowest. */
const MOST_ROWS = 12;
/** Moves that are listed; the others gain less. */
const MOST_MOVES = 40;

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
    ...section(colors.bold(movesTitle(report)), moveLines(report)),
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

/** The rule's, that before the moves where experts moved, and Weft's; the last column compares the last two. */
function wholeLines(report: PlacementReport): readonly string[] {
  const { rule, from } = report;
  const sides: readonly LayerCosts[] = [rule, ...(from === undefined ? [] : [from]), report];
  const row = (
    name: string,
    value: (costs: LayerCosts) => number,
    show: (value: number) => string,
  ): string[] => [name, ...sides.map((each) => show(value(each)))];
  const changed = (...args: Parameters<typeof row>): string[] => {
    const [before, after] = sides.slice(-2).map(args[1]) as [number, number];
    return [...row(...args), change(before, after)];
  };
  const blanks = sides.slice(1).map(() => "");
  return columns(
    [
      ["", "rule", ...(from === undefined ? [] : ["before"]), from === undefined ? "Weft" : "moved"],
      row("balancedness, even split", (each) => mean(each.balancedness), balance),
      row("  of the worst layer", (each) => Math.min(...each.balancedness), balance),
      ["balancedness, as split", ...blanks, balance(mean(report.split_balancedness))],
      changed("greatest load of a GPU", (each) => mean(each.max_load), load),
      row("  over the lower bound", (each) => mean(gaps(report, each)), excess),
      row("  of the worst layer", (each) => Math.max(...gaps(report, each)), excess),
      changed("time of a layer", (each) => mean(each.predicted_time_us), time),
      changed("  dispatch", (each) => mean(each.dispatch_us), time),
      changed("  experts of the hottest GPU", (each) => mean(each.experts_us), time),
      changed("  combine", (each) => mean(each.combine_us), time),
      changed("bytes between nodes, a layer", (each) => mean(each.slow_bytes), size),
      ...windowRows(report),
    ],
    ["left", "right", "right", "right", "right"],
  );
}

/** The rule and the placement in the window in which each does worst, layer by layer. */
function windowRows({ windows, from }: PlacementReport): readonly (readonly string[])[] {
  if (windows === undefined) return [];
  const blanks = from === undefined ? [] : [""];
  const [ruleUs, ownUs] = [mean(windows.rule_worst_time_us), mean(windows.worst_time_us)];
  const [ruleBalance, ownBalance] = [windows.rule_worst_balancedness, windows.worst_balancedness];
  return [
    ["in a layer's worst window"],
    ["  balancedness, as split", balance(mean(ruleBalance)), ...blanks, balance(mean(ownBalance))],
    ["  of the worst layer", balance(Math.min(...ruleBalance)), ...blanks, balance(Math.min(...ownBalance))],
    ["  time", time(ruleUs), ...blanks, time(ownUs), blanks.length > 0 ? "" : change(ruleUs, ownUs)],
  ];
}

/** A load in the unit of the input, which may be tokens or shares. */
const load = (value: number): string =>
  value >= 1000 ? grouped(Math.round(value)) : String(Number(value.toPrecision(4)));

function layersTitle(report: PlacementReport): string {
  const { layers, from } = report;
  return layers <= MOST_ROWS
    ? `By layer, ${from === undefined ? "the rule's figures before Weft's" : "before and after the moves"}`
    : `The ${String(MOST_ROWS)} slowest of ${grouped(layers)} layers, ${from === undefined ? "the rule's figures before Weft's" : "before and after the moves"}`;
}

function layerLines(report: PlacementReport): readonly string[] {
  const { from, layers } = report;
  const first = from ?? report.rule;
  const [one, other] = from === undefined ? ["rule", "Weft"] : ["before", "after"];
  const shown = slowestFirst(report)
    .slice(0, MOST_ROWS)
    .sort((a, b) => (layers <= MOST_ROWS ? a - b : 0));
  const beyond = gaps(report, report);
  const hot = hotness(report, report);
  const rows = shown.map((layer) => [
    String(layer),
    ...[balance(first.balancedness[layer]!), balance(report.balancedness[layer]!)],
    excess(beyond[layer]!),
    ...[time(first.predicted_time_us[layer]!), time(report.predicted_time_us[layer]!)],
    change(first.predicted_time_us[layer]!, report.predicted_time_us[layer]!),
    ...[size(first.slow_bytes[layer]!), size(report.slow_bytes[layer]!)],
    String(Math.max(...report.replicas[layer]!)),
    percent(hottestShare(report, layer, hot[layer]!), 1),
  ]);
  return columns(
    [
      ["", "balancedness", "", "over", "time", "", "", "between nodes", "", "most", "hottest"],
      ["layer", one, other, "bound", one, other, "", one, other, "replicas", "GPU"],
      ...rows,
    ],
    ["right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right"],
  );
}

const movesTitle = ({ rebalance }: PlacementReport): string =>
  `${counted(rebalance?.moves.length ?? 0, "move")}, in an order in which every expert stays live and no GPU needs a slot more`;

function moveLines({ rebalance }: PlacementReport): readonly string[] {
  if (rebalance === undefined || rebalance.moves.length === 0) return [];
  const { moves } = rebalance;
  const rows = moves
    .slice(0, MOST_MOVES)
    .map((move, at) => [
      ...[String(at + 1), String(move.layer), String(move.expert), `GPU ${String(move.from_gpu)}`],
      ...[`GPU ${String(move.gpu)}`, String(move.slot), `expert ${String(move.replaces)}`],
      move.forced ? "needed" : time(move.gain_us),
    ]);
  const left = moves.length - rows.length;
  return [
    ...columns(
      [["", "layer", "expert", "from", "to", "slot", "over", "gains"], ...rows],
      ["right", "right", "right", "right", "right", "right", "right", "right"],
    ),
    ...(left > 0 ? [`and ${counted(left, "move")} more, which --json has`] : []),
  ];
}

/** Share of the layer's tokens of the GPU that has most for its speed. */
function hottestShare({ gpu_loads: loads }: PlacementReport, layer: number, hot: readonly number[]): number {
  const row = loads[layer]!;
  const sum = row.reduce((all, each) => all + each, 0);
  return sum === 0 ? 1 / row.length : row[hot.indexOf(Math.max(...hot))]! / sum;
}
