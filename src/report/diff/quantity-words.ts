// Compared quantities as people read them: a value, a change, and whether that is for the better.
import { grouped, percent, rate, significant, size, time } from "../units.js";
import { measures, type MeasureName, type Unit } from "./measures.js";
import type { Pair } from "./pair.js";

/** A value in its unit. */
export function valueText(unit: Unit, value: number): string {
  switch (unit) {
    case "time":
      return time(value);
    case "bytes":
      return size(value);
    case "rate":
      return rate(value);
    case "ratio":
      return significant(value);
    case "count":
      return Number.isInteger(value) ? grouped(value) : significant(value);
    case "share":
      return percent(value, 1);
    default:
      return unit satisfies never;
  }
}

/** `+264 ms`, `-0.66 GiB`; nothing where nothing changed. */
export function changeText(unit: Unit, [a, b]: Pair<number | null>): string {
  if (a === null || b === null || a === b) return "";
  return `${b > a ? "+" : "-"}${valueText(unit, Math.abs(b - a))}`;
}

/** `+12.0 %`, `< 0.1 %`; nothing where nothing changed, or where there was nothing. */
export function shareText([a, b]: Pair<number | null>): string {
  if (a === null || b === null || a === b || a === 0) return "";
  const share = percent(Math.abs(b - a), Math.abs(a));
  return share.startsWith("<") ? share : `${b > a ? "+" : "-"}${share}`;
}

/** Less than this share is no news. */
const NEWS = 0.0005;

/** `better` or `worse`, where that can be said. */
export function verdict(name: MeasureName, [a, b]: Pair<number | null>): "better" | "worse" | "" {
  const { better } = measures[name];
  if (better === null || a === null || b === null || Math.abs(b - a) <= NEWS * Math.abs(a)) return "";
  return b < a === (better === "less") ? "better" : "worse";
}
