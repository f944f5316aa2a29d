// The little of GitHub-flavoured Markdown that reports need. What goes in is text, and comes out as that text.

/** A paragraph or the text of an item: signs and numbers are marks at its beginning. */
export const text = (value: string): string =>
  cell(value)
    .replace(/^(\s*)([-+=])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/, "$1\\$2");

/** Text in which nothing is a mark, for cells of tables. Underscores are marks around words alone. */
export const cell = (value: string): string =>
  oneLine(value)
    .replace(/[\\`*[\]#|~!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\$&")
    .replace(/[<>&]/g, (mark) => `&#${String(mark.charCodeAt(0))};`);

/** Code, however many backticks are in it. In a cell of a table a bar needs a backslash even there. */
export function code(value: string, { inTable = false } = {}): string {
  const inner = oneLine(value);
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const space = inner.startsWith("`") || inner.endsWith("`") || inner === "" ? " " : "";
  const all = `${fence}${space}${inner}${space}${fence}`;
  return inTable ? all.replaceAll("|", "\\|") : all;
}

export type Column = "left" | "right";

/** A table; cells are Markdown already. */
export function table(
  head: readonly string[],
  alignment: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => (cell === "" ? " " : cell)).join(" | ")} |`;
  return [row(head), row(alignment.map((each) => (each === "right" ? "--:" : ":--"))), ...rows.map(row)];
}

const oneLine = (value: string): string => value.replace(/[\r\n]+/g, " ");
