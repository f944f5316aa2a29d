// Measured prices in words and as a table.
import type { MeasuredTime } from "../../plan/index.js";
import { columns } from "../layout.js";
import { counted, grouped, significant, time } from "../units.js";
import type { MeasuredReport } from "./report.js";

/** Unused measurements that are worth naming in a line; the JSON has all. */
const MOST_NAMED = 4;

/** `profile ops.json: 14 of 52 kernels and 2 of 4 transfers have measured times (9 exact, 3 interpolated, 2 scaled).` */
export function measuredSentence(report: MeasuredReport): string {
  const { kernels, kernels_measured, transfers, transfers_measured } = report;
  const fits = (["exact", "interpolated", "scaled"] as const)
    .filter((fit) => report[fit] > 0)
    .map((fit) => `${grouped(report[fit])} ${fit}`);
  const measured = [
    `${grouped(kernels_measured)} of ${counted(kernels, "kernel")}`,
    ...(transfers === 0 ? [] : [`${grouped(transfers_measured)} of ${counted(transfers, "transfer")}`]),
  ].join(" and ");
  const paths = report.files.map(({ path }) => path).join(", ");
  const said = `profile ${paths}: ${measured} have measured times${fits.length === 0 ? "" : ` (${fits.join(", ")})`}`;
  return [said, ...assumedParts(report), ...shadowedParts(report), ...unmatchedParts(report)].join("; ");
}

/** Measurements of transfers that do not state their SMs. */
function assumedParts({ matched }: MeasuredReport): readonly string[] {
  // A report may be a copy, in which one measurement of two transfers is two objects.
  const assumed = new Map(
    matched
      .flatMap(({ measurements }) => measurements)
      .filter((each) => each.sms_assumed === true)
      .map((each) => [JSON.stringify(each), each]),
  );
  const [first] = assumed.values();
  if (first?.sms === undefined) return [];
  const { size } = assumed;
  const [states, is] = size === 1 ? ["states", "is"] : ["state", "are"];
  return [
    `${counted(size, "measurement")} ${states} no SMs and ${is} taken as measured with ${counted(first.sms, "SM")}`,
  ];
}

function shadowedParts({ shadowed }: MeasuredReport): readonly string[] {
  if (shadowed.length === 0) return [];
  const stand =
    shadowed.length === 1 ? "stands behind a more specific one" : "stand behind more specific ones";
  return [`${counted(shadowed.length, "measurement")} ${stand}: ${listed(shadowed)}`];
}

function unmatchedParts({ unmatched }: MeasuredReport): readonly string[] {
  if (unmatched.length === 0) return [];
  const match = unmatched.length === 1 ? "matches" : "match";
  return [`${counted(unmatched.length, "measurement")} ${match} nothing: ${listed(unmatched)}`];
}

function listed(times: readonly MeasuredTime[]): string {
  const named = times.slice(0, MOST_NAMED).map(measurementText);
  const more = times.length - named.length;
  return [...named, ...(more > 0 ? [`${grouped(more)} more`] : [])].join(", ");
}

/** `swiglu.gate_up bf16 m=16384 n=28672 k=4096`. */
export function measurementText(measured: MeasuredTime): string {
  const { operator, part, dtype, algorithm } = measured;
  const sizes = (["m", "n", "k", "groups", "rows", "tokens", "hidden", "ranks"] as const).flatMap((key) => {
    const value = measured[key];
    return value === undefined ? [] : [`${key}=${String(value)}`];
  });
  const name = part === undefined ? operator : `${operator}.${part}`;
  return [name, ...[dtype, algorithm].filter((each) => each !== undefined), ...sizes].join(" ");
}

/** What each measured price was, what it is, and by which measurements. */
export function measuredTable({ matched }: MeasuredReport): readonly string[] {
  const rows = matched.map(({ name, fit, model_us, time_us, measurements }) => [
    name,
    time(model_us),
    time(time_us),
    `${significant(model_us === 0 ? 1 : time_us / model_us)} x`,
    fit,
    sourceText(measurements),
  ]);
  if (rows.length === 0) return [];
  return columns(
    [["at the mean of its rows", "model", "measured", "", "fit", "by"], ...rows],
    ["left", "right", "right", "right", "left"],
  );
}

function sourceText(measurements: readonly MeasuredTime[]): string {
  const [first, ...others] = measurements;
  if (first === undefined) return "";
  const { samples, time_us, scale, sms, sms_assumed } = first;
  const result = scale === undefined ? time(time_us ?? 0) : `${significant(scale)} times`;
  const of = samples > 1 ? `, median of ${grouped(samples)}` : "";
  const had =
    sms === undefined ? "" : `${sms_assumed === true ? ", taken as" : ""} with ${counted(sms, "SM")}`;
  const more = others.length === 0 ? "" : `, and at ${counted(others.length, "other size")}`;
  return `${measurementText(first)}: ${result}${had}${of}${more}`;
}
