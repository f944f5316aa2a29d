// Diagnostics for people: title, place, the source line with a caret under it, and the hint.
import { displayWidth, shown, withoutControls } from "./display-width.js";
import type { FindSource } from "./render-json.js";
import type { Diagnostic, Related } from "./report.js";
import { lineText, positionAt, type Span } from "./span.js";

/** The colours used; picocolors fits, and honours NO_COLOR. */
export interface Colors {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const same = (text: string): string => text;

/** No colour at all: for files, tests and pipes. */
export const plain: Colors = { bold: same, dim: same, red: same, yellow: same, cyan: same };

/** The widest source excerpt; longer lines are cut around the caret. */
const EXCERPT_COLUMNS = 100;

/** Renders one diagnostic. Ends in a newline. */
export function renderText(diagnostic: Diagnostic, findSource: FindSource, colors: Colors = plain): string {
  const mark = diagnostic.severity === "error" ? colors.red : colors.yellow;
  const title =
    mark(colors.bold(`${diagnostic.severity}[${diagnostic.code}]`)) +
    colors.bold(`: ${withoutControls(diagnostic.message)}`);
  const lines = [title, ...renderPlace(diagnostic.span, diagnostic.label ?? "", findSource, colors, mark)];
  for (const related of diagnostic.related ?? []) lines.push(...renderRelated(related, findSource, colors));
  lines.push(`  ${colors.cyan("hint")}: ${withoutControls(diagnostic.hint)}`);
  return lines.join("\n") + "\n";
}

/** Renders all of them with a blank line between, and says how many were left out. */
export function renderAllText(
  diagnostics: readonly Diagnostic[],
  findSource: FindSource,
  colors: Colors = plain,
  omitted = 0,
): string {
  const texts = diagnostics.map((each) => renderText(each, findSource, colors));
  if (omitted > 0) texts.push(`... and ${omitted} more\n`);
  return texts.join("\n");
}

function renderRelated(related: Related, findSource: FindSource, colors: Colors): readonly string[] {
  return [
    `  ${colors.cyan("note")}: ${withoutControls(related.message)}`,
    ...renderPlace(related.span, "", findSource, colors, colors.cyan),
  ];
}

function renderPlace(
  span: Span,
  label: string,
  findSource: FindSource,
  colors: Colors,
  mark: (text: string) => string,
): readonly string[] {
  const source = findSource(span.source);
  const uri = withoutControls(span.source);
  if (!source) return [`  ${colors.dim("-->")} ${uri}`];
  const start = positionAt(source, span.start);
  const text = lineText(source, start.line);
  const from = Math.min(start.column - 1, text.length);
  const until = Math.max(from, Math.min(from + (span.end - span.start), text.length));
  const { excerpt, indent, width } = cut(
    shown(text.slice(0, from)),
    shown(text.slice(from, until)),
    shown(text.slice(until)),
  );
  const number = String(start.line);
  const gutter = " ".repeat(number.length);
  const bar = colors.dim("|");
  const caret = mark(["^".repeat(Math.max(1, width)), withoutControls(label)].filter(Boolean).join(" "));
  return [
    // An option's text is its own place: `--set M.experts=12`.
    ` ${gutter}${colors.dim("-->")} ${uri}${uri.startsWith("--") ? "" : `:${start.line}:${start.column}`}`,
    ` ${gutter} ${bar}`,
    ` ${colors.dim(number)} ${bar} ${excerpt}`.trimEnd(),
    ` ${gutter} ${bar} ${" ".repeat(indent)}${caret}`,
  ];
}

/** Cuts a long line so that the marked part stays in view, and says where the caret goes, in columns. */
function cut(
  before: string,
  marked: string,
  after: string,
): { excerpt: string; indent: number; width: number } {
  if (displayWidth(before + marked + after) <= EXCERPT_COLUMNS) {
    return { excerpt: before + marked + after, indent: displayWidth(before), width: displayWidth(marked) };
  }
  const third = Math.floor(EXCERPT_COLUMNS / 3);
  const head = lastColumns(before, third);
  const middle = firstColumns(marked, third);
  const tail = firstColumns(middle === marked ? after : "", third);
  const left = head === before ? head : `…${head}`;
  const right = middle === marked && tail === after ? tail : `${tail}…`;
  return { excerpt: left + middle + right, indent: displayWidth(left), width: displayWidth(middle) };
}

function firstColumns(text: string, columns: number): string {
  let kept = "";
  for (const character of text) {
    if (displayWidth(kept) + displayWidth(character) > columns) break;
    kept += character;
  }
  return kept;
}

function lastColumns(text: string, columns: number): string {
  const characters = Array.from(text.slice(-2 * columns));
  let kept = "";
  for (const character of characters.reverse()) {
    if (displayWidth(kept) + displayWidth(character) > columns) break;
    kept = character + kept;
  }
  return kept;
}
