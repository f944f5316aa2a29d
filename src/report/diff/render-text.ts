// A difference as text for the terminal.
import { plain, type Colors } from "../../diagnostics/render-text.js";
import { columns, section, wrapped } from "../layout.js";
import { decisionLines, modelLine, settingLine, type ChangeLine } from "./change-words.js";
import type { PlanDiff } from "./diff.js";
import { diffSentences } from "./sentences.js";
import { costHead, costRows, limitHead, limitRows, predictionTexts } from "./tables.js";

const WIDTH = 110;

/** Ends in a newline. */
export function renderDiffText(diff: PlanDiff, colors: Colors = plain): string {
  const part = (heading: string, lines: readonly string[]): readonly string[] =>
    section(colors.bold(heading), lines);
  const settings = (kind: "schedule_changed" | "cluster_changed"): readonly string[] =>
    diff.setting_changes.filter((each) => each.kind === kind).map((each) => line(settingLine(each), colors));
  const lines = [
    ...titleLines(diff, colors),
    ...part("In short", diffSentences(diff).flatMap(bullet)),
    ...part("The model", modelLines(diff, colors)),
    ...part("The schedule", settings("schedule_changed")),
    ...part("The cluster", settings("cluster_changed")),
    ...part("Decided otherwise, with the time of a step", choiceLines(diff, colors)),
    ...part("What it costs", diff.equal === "plans" ? [] : costLines(diff, colors)),
    ...part("Limits", limitLines(diff, colors)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

const titleLines = ({ plans }: PlanDiff, colors: Colors): readonly string[] => [
  ...plans.flatMap(({ name, title }, at) => [`${colors.bold(at === 0 ? "A" : "B")}  ${name}`, `   ${title}`]),
  "",
];

/** A per cent sign stays with its number. */
const bullet = (sentence: string): readonly string[] =>
  wrapped(sentence.replace(/(?<=\d) (?=\S)/g, "\u00a0"), WIDTH - 4)
    .map((each) => each.replaceAll("\u00a0", " "))
    .map((each, at) => (at === 0 ? `- ${each}` : `  ${each}`));

const line = ({ sign, text }: ChangeLine, colors: Colors): string => `${colors.cyan(sign)} ${text}`;

/** Changes of a block stand under its name. */
function modelLines({ model_changes }: PlanDiff, colors: Colors): readonly string[] {
  const lines: string[] = [];
  let block: string | undefined;
  for (const change of model_changes.map(modelLine)) {
    if (change.block !== block && change.block !== undefined) lines.push(`block ${change.block}`);
    block = change.block;
    lines.push(`${block === undefined ? "" : "  "}${line(change, colors)}`);
  }
  return lines;
}

function choiceLines({ decisions, unchanged_decisions }: PlanDiff, colors: Colors): readonly string[] {
  if (decisions.length === 0) return [];
  return [
    ...decisions
      .map(decisionLines)
      .flatMap((each) => [line(each, colors), ...each.details.map((detail) => `      ${detail}`)]),
    ...(unchanged_decisions.length === 0 ? [] : [`as before: ${unchanged_decisions.join(", ")}`]),
  ];
}

function costLines(diff: PlanDiff, colors: Colors): readonly string[] {
  const rows = columns([costHead, ...costRows(diff)], ["left", "right", "right", "right", "right", "left"]);
  return [
    ...rows.map((row) => toned(row, colors)),
    ...predictionTexts(diff).flatMap((each) =>
      wrapped(each, WIDTH - 4).map((piece, at) => (at === 0 ? piece : `  ${piece}`)),
    ),
  ];
}

const toned = (row: string, colors: Colors): string => (row.endsWith("worse") ? colors.yellow(row) : row);

function limitLines(diff: PlanDiff, colors: Colors): readonly string[] {
  if (diff.limits.length === 0) return [];
  const rows = columns([limitHead, ...limitRows(diff)], ["left", "left", "right", "right", "right", "right"]);
  return rows.map((row) => (row.startsWith("NOT KEPT") ? colors.red(row) : row));
}
