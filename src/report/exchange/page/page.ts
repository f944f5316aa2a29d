// An exchange as a page of its own, to be sent around: its traffic, its schedule and what it was chosen over, as pictures.
import type { ExchangePlan } from "../../../exchange-plan/index.js";
import { element, escaped, pageOf } from "../../page/html.js";
import { counted, percent, size, time } from "../../units.js";
import type { ExchangeReport } from "../report.js";
import { algorithmWords, boundWords, remarks, titleOf } from "../words.js";
import { drawCandidates } from "./candidates.js";
import { drawHeatMap, gridOf, type Grid } from "./heat-map.js";
import { SHADES, shadeName } from "./shades.js";
import { style } from "./style.js";
import { candidateTable, launchTable } from "./tables.js";
import { drawTimeline, isTimed } from "./timeline.js";

export function exchangePage(report: ExchangeReport, plan: ExchangePlan): string {
  const grid = gridOf(plan);
  const quiet = (text: string): string => element("p", { class: "quiet" }, escaped(text));
  return pageOf("Exchange", style, [
    element("h1", {}, "Exchange"),
    element("p", {}, escaped(`${titleOf(report)}. ${algorithmWords(report)}`)),
    quiet(`${report.algorithm}: ${boundWords(report)}.`),
    element("ul", { class: "figures" }, ...figures(report)),
    element("h2", {}, "Candidates"),
    quiet(
      "Every schedule that was priced, against the bound, which follows from the traffic and the cluster alone.",
    ),
    element("figure", {}, drawCandidates(report)),
    candidateTable(report),
    element("h2", {}, "Schedule"),
    quiet(
      `A lane for each tier, a block for each launch: as high as what it moves there, over the most of any launch${isTimed(report) ? ", and as wide as its time" : ""}. Hops of one launch move side by side.`,
    ),
    element("figure", {}, drawTimeline(report)),
    launchTable(report),
    element("h2", {}, "Traffic"),
    quiet(`${gridWords(grid)} Shades are over the mean of all pairs; what stays on a GPU does not count.`),
    element("div", { class: "two" }, element("figure", {}, drawHeatMap(grid))),
    legend(),
    element("h2", {}, "Besides"),
    element("ul", { class: "remarks" }, ...remarks(report).map((each) => element("li", {}, escaped(each)))),
  ]);
}

const gridWords = ({ what }: Grid): string =>
  `Sources down, destinations across, each ${what === "GPU" || what === "node" ? `a ${what}` : what}.`;

function figures(report: ExchangeReport): readonly string[] {
  const figure = (name: string, value: string, more: string): string =>
    element(
      "li",
      {},
      element("span", {}, escaped(name)),
      element("b", {}, escaped(value)),
      element("span", {}, escaped(more)),
    );
  const { time_us: us, bound_us: bound, bytes_per_tier: bytes } = report;
  return [
    figure("time", time(us), `bound ${time(bound)}`),
    figure("over the bound", bound === 0 ? "-" : percent(us - bound, bound), report.algorithm),
    ...Object.entries(bytes).map(([tier, each]) =>
      figure(
        `bytes over ${tier}`,
        size(each),
        report.bytes === 0 ? "" : `${(each / report.bytes).toFixed(2)} of what is exchanged`,
      ),
    ),
    figure(
      "launches",
      String(report.launches),
      `${counted(report.stages, "stage")}, ${counted(report.sms, "SM")}${report.buffer_bytes === 0 ? "" : `, ${size(report.buffer_bytes)} held`}`,
    ),
  ];
}

const legend = (): string =>
  element(
    "ul",
    { class: "legend", "aria-label": "Shades: over the mean of all pairs" },
    ...Array.from({ length: SHADES }, (_, shade) =>
      element("li", {}, element("i", { class: `shade${String(shade)}` }, ""), escaped(shadeName(shade))),
    ),
  );
