// An exchange as text for the terminal: the schedule launch by launch, what it takes over its bound, and what it was chosen over.
import { plain, type Colors } from "../../diagnostics/render-text.js";
import type { ExchangeCandidate } from "../../exchange-plan/index.js";
import { columns, section, wrapped, type Alignment } from "../layout.js";
import { counted, grouped, size, time } from "../units.js";
import type { ExchangeReport } from "./report.js";
import { algorithmWords, boundWords, over, remarks, titleOf } from "./words.js";

const WIDTH = 110;
/** Launches that have a row each; of more, the first and the last. */
const MOST_ROWS = 16;

/** Ends in a newline. */
export function renderExchange(report: ExchangeReport, colors: Colors = plain): string {
  const bullet = (text: string): readonly string[] =>
    wrapped(text, WIDTH - 4).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`));
  const lines = [
    colors.bold(titleOf(report)),
    ...wrapped(algorithmWords(report), WIDTH),
    ...wrapped(`${report.algorithm}: ${time(report.time_us)}, ${lowered(boundWords(report))}`, WIDTH),
    "",
    ...section(colors.bold(scheduleTitle(report)), scheduleLines(report)),
    ...section(colors.bold("Candidates"), candidateLines(report)),
    ...section(colors.bold("Do not apply"), inapplicable(report).flatMap(bullet)),
    ...section(colors.bold("Besides"), remarks(report).flatMap(bullet)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function scheduleTitle({ launches, stages, sms, buffer_bytes: held }: ExchangeReport): string {
  const parts = [
    counted(launches, "launch", "launches"),
    counted(stages, "stage"),
    counted(sms, "SM"),
    ...(held === 0 ? [] : [`up to ${size(held)} held for others`]),
  ];
  return `The schedule: ${parts.join(", ")}`;
}

const tiersOf = ({ bytes_per_tier: bytes }: ExchangeReport): readonly string[] => Object.keys(bytes);

function scheduleLines(report: ExchangeReport): readonly string[] {
  const { schedule } = report;
  const tiers = tiersOf(report);
  const areTimed = schedule.some(({ time_us: us }) => us !== undefined);
  const row = (each: ExchangeReport["schedule"][number]): readonly string[] => [
    each.launch,
    ...tiers.map((tier) => bytesText(each.bytes_per_tier[tier] ?? 0)),
    ...(areTimed ? [each.time_us === undefined ? "" : time(each.time_us)] : []),
    each.moves.join(", "),
  ];
  const half = MOST_ROWS / 2;
  const left = schedule.length - MOST_ROWS;
  const rows =
    left <= 0
      ? schedule.map(row)
      : [...schedule.slice(0, half).map(row), ["..."], ...schedule.slice(-half).map(row)];
  const sums = [
    "",
    ...tiers.map((tier) => bytesText(report.bytes_per_tier[tier]!)),
    ...(areTimed ? [time(report.time_us)] : []),
    "in all",
  ];
  return [
    ...columns(
      [["launch", ...tiers, ...(areTimed ? ["time"] : []), "moves rows"], ...rows, sums],
      ["left", ...tiers.map((): Alignment => "right"), ...(areTimed ? (["right"] as const) : [])],
    ),
    ...(left > 0 ? [`${counted(left, "launch", "launches")} between them, which --json has`] : []),
  ];
}

const bytesText = (bytes: number): string => (bytes === 0 ? "-" : size(bytes));

function candidateLines(report: ExchangeReport): readonly string[] {
  const tiers = tiersOf(report);
  const row = (each: ExchangeCandidate): readonly string[] => [
    each.algorithm === report.algorithm ? `* ${each.algorithm}` : `  ${each.algorithm}`,
    time(each.time_us ?? 0),
    over(each.time_us ?? 0, report.bound_us),
    count(each.stages),
    count(each.launches),
    count(each.sms),
    each.buffer_bytes === undefined ? "" : bytesText(each.buffer_bytes),
    ...tiers.map((tier) => bytesText(each.bytes_per_tier?.[tier] ?? 0)),
  ];
  const tried = report.candidates.filter(({ time_us: us }) => us !== undefined);
  return columns(
    [["", "time", "over bound", "stages", "launches", "SMs", "buffer", ...tiers], ...tried.map(row)],
    ["left", ...Array.from({ length: 6 + tiers.length }, (): Alignment => "right")],
  );
}

const count = (value: number | undefined): string => (value === undefined ? "" : grouped(value));

const inapplicable = ({ candidates }: ExchangeReport): readonly string[] =>
  candidates.flatMap(({ algorithm, time_us: us, reason }) =>
    us === undefined ? [`${algorithm}: ${reason ?? "it was not tried"}`] : [],
  );
