// A placement as a page of its own, to be sent around: pictures of the GPUs' loads before and after, and the figures of every layer.
import { grouped, size, time } from "../../units.js";
import { gaps, hotness, mean } from "../figures.js";
import type { PlacementReport } from "../report.js";
import { ruleWords } from "../rule-words.js";
import { pricedWith, remarks, titleOf } from "../words.js";
import { drawBars } from "./bars.js";
import { drawHeatMap } from "./heat-map.js";
import { element, escaped, pageOf } from "../../page/html.js";
import { SHADES, shadeName } from "./shades.js";
import { style } from "./style.js";
import { layerTable, moveTable, type Sides } from "./tables.js";

export function placementPage(report: PlacementReport): string {
  const sides: Sides =
    report.from === undefined
      ? { before: report.rule, names: ["EPLB's rule", "Weft"] }
      : { before: report.from, names: ["before", "after"] };
  const moves = moveTable(report);
  const body = [
    element("h1", {}, "Expert placement"),
    element("p", {}, escaped(titleOf(report))),
    element("p", { class: "quiet" }, escaped(`${pricedWith(report)}.`)),
    element("ul", { class: "figures" }, ...figures(report, sides)),
    element("h2", {}, "Loads of all GPUs"),
    element(
      "p",
      { class: "quiet" },
      escaped(
        `${beforeWords(report)}. A square is a GPU's load in a layer${speedWords(report)}, over the mean of the layer.`,
      ),
    ),
    element("div", { class: "pair" }, ...heatMaps(report, sides)),
    legend(),
    element("h2", {}, "The hottest layers"),
    ...hottestLayers(report, sides),
    ...(moves === ""
      ? []
      : [
          element("h2", {}, "Moves"),
          element(
            "p",
            { class: "quiet" },
            "In this order every expert stays live, and no GPU needs a slot more than it has.",
          ),
          moves,
        ]),
    element("h2", {}, "Layer by layer"),
    layerTable(report, sides),
    element("h2", {}, "Besides"),
    element("ul", { class: "remarks" }, ...remarks(report).map((each) => element("li", {}, escaped(each)))),
  ];
  return pageOf("Expert placement", style, body);
}

const beforeWords = (report: PlacementReport): string =>
  report.from === undefined ? ruleWords(report) : "Before the moves, and after them";

function figures(report: PlacementReport, { before, names: [one] }: Sides): readonly string[] {
  const figure = (name: string, value: string, was: string): string =>
    element(
      "li",
      {},
      element("span", {}, name),
      element("b", {}, escaped(value)),
      element("span", {}, escaped(was)),
    );
  const us = mean(report.predicted_time_us);
  const usBefore = mean(before.predicted_time_us);
  const excess = (value: number): string => `+${(100 * value).toFixed(1)} %`;
  const change = usBefore === 0 ? "" : `, ${(100 * (us / usBefore - 1)).toFixed(1)} %`;
  return [
    figure(
      "balancedness, even split",
      mean(report.balancedness).toFixed(3),
      `${one}: ${mean(before.balancedness).toFixed(3)}; as split: ${mean(report.split_balancedness).toFixed(3)}`,
    ),
    figure(
      "greatest load over its lower bound",
      excess(mean(gaps(report, report))),
      `${one}: ${excess(mean(gaps(report, before)))}`,
    ),
    figure("time of a layer", time(us), `${one}: ${time(usBefore)}${change}`),
    figure(
      "bytes between nodes, a layer",
      size(mean(report.slow_bytes)),
      `${one}: ${size(mean(before.slow_bytes))}`,
    ),
  ];
}

function heatMaps(report: PlacementReport, { before, names }: Sides): readonly string[] {
  const shape = { nodeOf: report.node_of_gpu, slots: report.slots_per_gpu };
  return ([before, report] as const).map((side, at) =>
    element(
      "figure",
      {},
      element("figcaption", {}, element("b", {}, escaped(capital(names[at]!))), ` layers down, GPUs across`),
      drawHeatMap({
        ...shape,
        ...{ id: `heat-${at === 0 ? "before" : "after"}`, hotness: hotness(report, side) },
        title: `GPU loads, ${names[at]!}`,
      }),
    ),
  );
}

/** What a load is over, where GPUs differ. */
const speedWords = ({ speeds }: PlacementReport): string =>
  speeds.some((speed) => speed !== 1) ? " over the GPU's speed" : "";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const legend = (): string =>
  element(
    "ul",
    { class: "legend", "aria-label": "Shades: load over the mean of the layer" },
    ...Array.from({ length: SHADES }, (_, shade) =>
      element("li", {}, element("i", { class: `shade${String(shade)}` }, ""), escaped(shadeName(shade))),
    ),
  );

/** The layer that was hottest before, and the one that is now, where it is another. */
function hottestLayers(report: PlacementReport, sides: Sides): readonly string[] {
  const [was, is] = [hottest(gaps(report, sides.before)), hottest(gaps(report, report))];
  const drawn = [...new Set([was, is])].filter((layer) => layer < report.layers);
  const key = ([kind, name]: readonly [string, string]): string =>
    element("li", {}, element("i", { class: kind }, ""), escaped(name));
  const [one, other] = sides.names;
  return [
    element(
      "ul",
      { class: "legend" },
      ...(
        [
          ["before", one],
          ["after", other],
        ] as const
      ).map(key),
    ),
    ...drawn.map((layer) => {
      const told =
        was === is
          ? "is the hottest on both sides"
          : layer === was
            ? `is the hottest, ${one}`
            : `is the hottest, ${other}`;
      const tokens = report.gpu_loads[layer]!.reduce((sum, each) => sum + each, 0);
      const speed = report.speeds.reduce(
        (sum, each, gpu) => sum + (report.slots_per_gpu[gpu]! > 0 ? each : 0),
        0,
      );
      const unit = tokens / speed || 1;
      return element(
        "figure",
        {},
        element(
          "figcaption",
          {},
          element("b", {}, `Layer ${grouped(layer)}`),
          escaped(
            ` ${told}: the greatest load over its lower bound. Loads are${speedWords(report) === "" ? "" : " over the GPU's speed and"} over the mean of the layer.`,
          ),
        ),
        drawBars({
          ...{ id: `bars-${String(layer)}`, layer, nodeOf: report.node_of_gpu, names: sides.names },
          before: hotness(report, sides.before)[layer]!,
          after: hotness(report, report)[layer]!,
          lowerBound: report.lower_bound_load[layer]! / unit,
        }),
      );
    }),
  ];
}

const hottest = (values: readonly number[]): number => values.indexOf(Math.max(...values));
