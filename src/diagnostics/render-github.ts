// Diagnostics as GitHub's workflow commands: printed by a step of a workflow, each becomes a note at its line of the change.
import type { FindSource } from "./render-json.js";
import type { Diagnostic } from "./report.js";
import { positionAt } from "./span.js";

/** One command for each diagnostic, each on a line of its own. */
export function renderAllGithub(
  diagnostics: readonly Diagnostic[],
  findSource: FindSource,
  omitted = 0,
): string {
  const lines = diagnostics.map((each) => renderGithub(each, findSource));
  if (omitted > 0) lines.push(`::notice title=weft::${message(`... and ${omitted} more`)}\n`);
  return lines.join("");
}

/** Ends in a newline. Related places are named in the message: a command has one place. */
export function renderGithub(diagnostic: Diagnostic, findSource: FindSource): string {
  const { code, severity, message: problem, hint, span, related = [] } = diagnostic;
  const properties: Readonly<Record<string, string | number>> = {
    ...place(span, findSource),
    title: `${severity}[${code}]`,
  };
  const text = [
    problem,
    ...related.map((each) => `note: ${each.message} (${where(each.span, findSource)})`),
    `hint: ${hint}`,
  ].join("\n");
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${severity} ${list.join(",")}::${message(text)}\n`;
}

/** An option is no file, and GitHub would look for it. Columns are told within one line only: beyond that they are refused. */
function place(
  { source, start, end }: Diagnostic["span"],
  findSource: FindSource,
): Readonly<Record<string, string | number>> {
  if (source.startsWith("--")) return {};
  const found = findSource(source);
  if (found === undefined) return { file: source };
  const [from, to] = [positionAt(found, start), positionAt(found, end)];
  return from.line === to.line
    ? { file: source, line: from.line, col: from.column, endLine: to.line, endColumn: to.column }
    : { file: source, line: from.line, endLine: to.line };
}

function where({ source, start }: Diagnostic["span"], findSource: FindSource): string {
  const found = findSource(source);
  return found === undefined ? source : `${source}:${positionAt(found, start).line}`;
}

/** The text of a command: a line end would end it. */
const message = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/** A value of a property, which ends at a comma, and at the colons before the text. */
const property = (value: string | number): string =>
  message(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
