// Diagnostics for machines: the fields of every `diagnostics[]` that a command prints with --json.
import type { Severity } from "./define.js";
import type { Diagnostic } from "./report.js";
import { positionAt, type Position, type Source } from "./span.js";

/** Lines and columns count from one, offsets (in UTF-16 units) from zero; `end` is exclusive. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** Finds the text of a uri; nothing for a file that could not be read. */
export type FindSource = (uri: string) => Source | undefined;

export function renderJson(diagnostic: Diagnostic, findSource: FindSource): JsonDiagnostic {
  const { code, severity, message, hint, span } = diagnostic;
  const source = findSource(span.source) ?? { uri: span.source, text: "" };
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.end);
  return { code, severity, message, hint, file: span.source, start, end };
}
