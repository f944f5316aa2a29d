// The essence of a difference in a few sentences, for the head of a report.
import { counted, significant, time } from "../units.js";
import { keyOf } from "./decision-changes.js";
import type { PlanDiff } from "./diff.js";
import { measures, type MeasureName } from "./measures.js";
import { changeText, shareText } from "./quantity-words.js";

export function diffSentences(diff: PlanDiff): readonly string[] {
  switch (diff.equal) {
    case "plans":
      return [
        "The two plans are equal: every launch, transfer and buffer is the same, and so is what a step costs.",
        ...unknown(diff),
      ];
    case "compared":
      return [
        "Nothing that is compared differs: model, schedule, decisions, prices and memory are the same. " +
          "The plans are not equal all the same, for example in the order of launches or in the placement of experts.",
        ...unknown(diff),
      ];
    case "no":
      return [speed(diff), ...costs(diff), ...changed(diff), ...unknown(diff)];
    default:
      return diff.equal satisfies never;
  }
}

function speed({ step_time_us, tokens_per_second, tokens_per_step }: PlanDiff): string {
  const [a, b] = step_time_us;
  const share = shareText(step_time_us);
  const times =
    time(a) === time(b)
      ? `A step takes ${time(a)} in both.`
      : `A step takes ${time(b)} instead of ${time(a)} (${share}).`;
  const [tokensA, tokensB] = tokens_per_step;
  if (tokensA === tokensB || tokensA === null || tokensB === null || tokensA === 0) return times;
  const rates = shareText(tokens_per_second);
  return (
    `${times} But it has ${significant(tokensB / tokensA)} times the tokens, so compare tokens/s` +
    (rates === "" ? ", which are the same." : `: ${rates}.`)
  );
}

/** Less than this share is not worth a word here. */
const NEWS = 0.005;

const told: readonly MeasureName[] = ["exposed_communication", "compute", "memory", "inter_node_bytes"];

/** What else it costs or saves. */
function costs({ measures: all }: PlanDiff): readonly string[] {
  const parts = told.flatMap((name) => {
    const found = all.find((each) => each.name === name);
    const [a, b] = found?.values ?? [null, null];
    if (found === undefined || a === null || b === null || Math.abs(b - a) <= NEWS * Math.abs(a)) return [];
    const share = shareText(found.values);
    return [
      `${measures[name].label} ${changeText(found.unit, found.values)}${share === "" ? "" : ` (${share})`}`,
    ];
  });
  return parts.length === 0 ? [] : [`${capital(parts.join(", "))}.`];
}

function changed({
  model_changes,
  setting_changes,
  decisions,
  unchanged_decisions,
}: PlanDiff): readonly string[] {
  // A name is no change.
  const inModel = model_changes.filter(({ kind }) => kind !== "node_renamed").length;
  const parts = [
    ...(inModel > 0 ? [counted(inModel, "change of the model", "changes of the model")] : []),
    ...(setting_changes.length > 0
      ? [counted(setting_changes.length, "change of the settings", "changes of the settings")]
      : []),
  ];
  const all = decisions.length + unchanged_decisions.length;
  const decided =
    all === 0
      ? ""
      : decisions.length === 0
        ? ` Every decision came out the same.`
        : ` ${counted(decisions.length, "decision")} of ${String(all)} came out otherwise: ${decisions.map(keyOf).join(", ")}.`;
  const what = parts.length === 0 ? "Model and settings are the same." : `${capital(parts.join(" and "))}.`;
  return [what + decided];
}

function unknown({ plans: [a, b] }: PlanDiff): readonly string[] {
  const silent = [...(a.has_decisions ? [] : ["A"]), ...(b.has_decisions ? [] : ["B"])];
  if (silent.length === 0) return [];
  const who = silent.length === 2 ? "Neither plan tells" : `The plan of ${silent.join("")} does not tell`;
  return [
    `${who} its decisions (it has no part \`why\`), so these are not compared. Times are simulated from the plans.`,
  ];
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
