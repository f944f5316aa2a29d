// Columns and paragraphs of plain text. Widths are those of a terminal; colours are put on afterwards, by the caller.
import { displayWidth } from "../diagnostics/display-width.js";

export type Alignment = "left" | "right";

/** Rows whose cells stand under one another, two blanks apart. Short rows are allowed. The last column is not padded. */
export function columns(
  rows: readonly (readonly string[])[],
  alignment: readonly Alignment[] = [],
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const gap = " ".repeat((widths[column] ?? 0) - displayWidth(cell));
        return alignment[column] === "right" ? gap + cell : cell + gap;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** A heading with lines under it. Nothing at all where there are no lines. */
export function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => (line === "" ? "" : `  ${line}`)), ""];
}

/** Breaks a text between words so that no line is longer than `width` columns, unless a single word is. A per cent sign stays with its number. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ (?!%)/)) {
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
