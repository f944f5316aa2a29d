// Tables of the page: every candidate, and every launch.
import { element, escaped } from "../../page/html.js";
import { grouped, size, time } from "../../units.js";
import type { ExchangeReport } from "../report.js";
import { over } from "../words.js";

/** Launches beyond these are in the JSON alone. */
const MOST_LAUNCHES = 200;

type Attributes = Readonly<Record<string, string>>;

const cell = (text: string, more: Attributes = {}): string => element("td", more, escaped(text));
const head = (text: string, more: Attributes = {}): string =>
  element("th", { scope: "col", ...more }, escaped(text));
const first = (text: string): string => element("th", { scope: "row", class: "text" }, escaped(text));

const table = (name: string, heads: string, rows: readonly (readonly [Attributes, string])[]): string =>
  element(
    "div",
    { class: "wide", tabindex: "0", role: "region", "aria-label": name },
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, heads)),
      element("tbody", {}, ...rows.map(([more, each]) => element("tr", more, each))),
    ),
  );

const amount = (bytes: number | undefined): string =>
  bytes === undefined || bytes === 0 ? "-" : size(bytes);
const count = (value: number | undefined): string => (value === undefined ? "" : grouped(value));

export function candidateTable(report: ExchangeReport): string {
  const tiers = Object.keys(report.bytes_per_tier);
  const rows = report.candidates.map((each): readonly [Attributes, string] => {
    const name = first(each.algorithm);
    if (each.time_us === undefined) {
      const why = cell(`does not apply: ${each.reason ?? "it was not tried"}`, {
        ...{ class: "words", colspan: String(6 + tiers.length) },
      });
      return [{}, name + why];
    }
    const cells = [
      ...[time(each.time_us), over(each.time_us, report.bound_us), count(each.stages), count(each.launches)],
      ...[
        count(each.sms),
        amount(each.buffer_bytes),
        ...tiers.map((tier) => amount(each.bytes_per_tier?.[tier])),
      ],
    ];
    return [
      each.algorithm === report.algorithm ? { class: "chosen" } : {},
      name + cells.map((text) => cell(text)).join(""),
    ];
  });
  const heads = ["time", "over bound", "stages", "launches", "SMs", "buffer", ...tiers];
  return table(
    "Candidates",
    head("algorithm", { class: "text" }) + heads.map((each) => head(each)).join(""),
    rows,
  );
}

export function launchTable({ schedule, bytes_per_tier: sums }: ExchangeReport): string {
  const tiers = Object.keys(sums);
  const rows = schedule
    .slice(0, MOST_LAUNCHES)
    .map((each): readonly [Attributes, string] => [
      {},
      [
        first(each.launch),
        ...tiers.map((tier) => cell(amount(each.bytes_per_tier[tier]))),
        cell(each.time_us === undefined ? "" : time(each.time_us)),
        cell(each.moves.join(", "), { class: "text" }),
      ].join(""),
    ]);
  const heads = [
    head("launch", { class: "text" }),
    ...[...tiers, "time"].map((each) => head(each)),
    head("moves rows", { class: "text" }),
  ];
  return table("Launches", heads.join(""), rows);
}
