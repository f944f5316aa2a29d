// Limits that a difference does not keep, as diagnostics at the options that set them.
import { diagnostic, type Diagnostic } from "../../diagnostics/report.js";
import type { PlanDiff } from "./diff.js";
import { measures } from "./measures.js";
import { shareText, valueText } from "./quantity-words.js";

export function unmetLimits({ limits }: PlanDiff): readonly Diagnostic[] {
  return limits
    .filter(({ ok }) => !ok)
    .map(({ name, limit, values, allowed }) => {
      const { unit, label, better } = measures[name];
      const share = shareText(values);
      return diagnostic(
        "limit-not-met",
        { source: `--limit ${limit}`, start: 0, end: 0 },
        {
          limit,
          what: label,
          before: valueText(unit, values[0]),
          after: valueText(unit, values[1]),
          change: share === "" ? "" : ` (${share})`,
          allowed: `${better === "more" ? "no less than" : "no more than"} ${valueText(unit, allowed)}`,
        },
      );
    });
}
