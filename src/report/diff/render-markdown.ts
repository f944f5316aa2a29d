// A difference as GitHub-flavoured Markdown, to stand in a pull request.
import { decisionLines, modelLine, settingLine, type ChangeLine } from "./change-words.js";
import type { PlanDiff } from "./diff.js";
import { cell, code, table, text } from "./markdown.js";
import { diffSentences } from "./sentences.js";
import { costHead, costRows, limitHead, limitRows, predictionTexts } from "./tables.js";

/** Ends in a newline. */
export function renderDiffMarkdown(diff: PlanDiff): string {
  const parts = [
    titleLines(diff),
    diffSentences(diff).map((each) => `- ${text(each)}`),
    section("Limits", limitLines(diff)),
    section("What it costs", diff.equal === "plans" ? [] : costLines(diff)),
    section("Decided otherwise", choiceLines(diff)),
    section(
      "Model",
      diff.model_changes.map((each) => changeItem(modelLine(each))),
    ),
    section(
      "Schedule and cluster",
      diff.setting_changes.map((each) => changeItem(settingLine(each))),
    ),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const section = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`#### ${heading}`, "", ...lines];

const titleLines = ({ plans }: PlanDiff): readonly string[] => [
  "### `weft diff`",
  "",
  ...table(
    ["", "plan", "what it is"],
    ["left", "left", "left"],
    plans.map(({ name, title }, at) => [
      at === 0 ? "**A**" : "**B**",
      code(name, { inTable: true }),
      cell(title),
    ]),
  ),
];

const words: Readonly<Record<ChangeLine["sign"], string>> = {
  "+": "added",
  "-": "removed",
  "~": "changed",
  "=": "renamed",
};

const changeItem = ({ sign, text: said, block }: ChangeLine): string =>
  `- ${words[sign]}${block === undefined ? "" : ` in block ${code(block)}`}: ${code(said)}`;

function choiceLines({ decisions, unchanged_decisions }: PlanDiff): readonly string[] {
  if (decisions.length === 0) return [];
  const items = decisions
    .map(decisionLines)
    .flatMap(({ text: said, details }) => [`- ${code(said)}`, ...details.map((each) => `  - ${text(each)}`)]);
  return unchanged_decisions.length === 0
    ? items
    : [...items, `- as before: ${unchanged_decisions.map((each) => code(each)).join(", ")}`];
}

const costLines = (diff: PlanDiff): readonly string[] => [
  ...table(
    costHead,
    ["left", "right", "right", "right", "right", "left"],
    costRows(diff).map((row) => row.map(cell)),
  ),
  "",
  ...predictionTexts(diff).map((each) => `- ${text(each)}`),
];

function limitLines(diff: PlanDiff): readonly string[] {
  if (diff.limits.length === 0) return [];
  const rows = limitRows(diff).map(([kept, limit, ...others]) => [
    kept === "kept" ? kept : `**${kept.toLowerCase()}**`,
    code(limit, { inTable: true }),
    ...others.map(cell),
  ]);
  return table(limitHead, ["left", "left", "right", "right", "right", "right"], rows);
}
