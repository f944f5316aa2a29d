// Tables of the page: figures by layer, and moves.
import { size, time } from "../../units.js";
import { gaps } from "../figures.js";
import type { LayerCosts, PlacementReport } from "../report.js";
import { element, escaped } from "../../page/html.js";

/** What the loads before and after are called. */
export interface Sides {
  readonly before: LayerCosts;
  readonly names: readonly [before: string, after: string];
}

const cell = (text: string, more: Readonly<Record<string, string>> = {}): string =>
  element("td", more, escaped(text));
const head = (text: string, more: Readonly<Record<string, string>> = {}): string =>
  element("th", { scope: "col", ...more }, escaped(text));

const table = (name: string, heads: readonly string[], rows: readonly string[]): string =>
  element(
    "div",
    { class: "wide", tabindex: "0", role: "region", "aria-label": name },
    element(
      "table",
      {},
      element("thead", {}, ...heads.map((each) => element("tr", {}, each))),
      element("tbody", {}, ...rows.map((each) => element("tr", {}, each))),
    ),
  );

export function layerTable(report: PlacementReport, { before, names }: Sides): string {
  const [one, other] = names;
  const beyond = gaps(report, report);
  const rows = report.predicted_time_us.map((us, layer) => {
    const usBefore = before.predicted_time_us[layer]!;
    const change = usBefore === 0 ? 0 : us / usBefore - 1;
    return [
      element("th", { scope: "row" }, String(layer)),
      ...[before, report].map((side) => cell(side.balancedness[layer]!.toFixed(3))),
      cell(`+${(100 * beyond[layer]!).toFixed(1)} %`),
      ...[before, report].map((side) => cell(time(side.predicted_time_us[layer]!))),
      cell(
        `${change > 0 ? "+" : ""}${(100 * change).toFixed(1)} %`,
        change < -0.0005 ? { class: "better" } : {},
      ),
      ...[report.dispatch_us, report.experts_us, report.combine_us].map((of) => cell(time(of[layer]!))),
      ...[before, report].map((side) => cell(size(side.slow_bytes[layer]!))),
      cell(String(Math.max(...report.replicas[layer]!))),
    ].join("");
  });
  const heads = [
    [
      head("", {}),
      head("balancedness", { colspan: "2" }),
      head("load over"),
      head("time", { colspan: "3" }),
      head(`of which, ${other}`, { colspan: "3" }),
      head("bytes between nodes", { colspan: "2" }),
      head("most"),
    ].join(""),
    [
      ...["layer", one, other, "its bound", one, other, "change", "dispatch", "experts", "combine"],
      ...[one, other, "replicas"],
    ]
      .map((each) => head(each))
      .join(""),
  ];
  return table("Figures by layer", heads, rows);
}

/** Nothing where no experts move. */
export function moveTable({ rebalance }: PlacementReport): string {
  if (rebalance === undefined || rebalance.moves.length === 0) return "";
  const rows = rebalance.moves.map((move, at) =>
    [
      element("th", { scope: "row" }, String(at + 1)),
      ...[String(move.layer), String(move.expert), `GPU ${String(move.from_gpu)}`, `GPU ${String(move.gpu)}`],
      ...[String(move.slot), `expert ${String(move.replaces)}`, size(move.bytes)],
      move.forced ? "needed" : time(move.gain_us),
    ]
      .map((each, column) => (column === 0 ? each : cell(each)))
      .join(""),
  );
  const heads = ["move", "layer", "expert", "from", "to", "slot", "over", "weights", "gains"];
  return table("Moves", [heads.map((each) => head(each)).join("")], rows);
}
