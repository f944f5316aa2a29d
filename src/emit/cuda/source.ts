// Where something of a plan was written: the line of the schedule file, and what stands there.
import { positionAt } from "../../diagnostics/span.js";
import type { LaunchPlan, Span } from "../../plan/index.js";

export interface SourceLine {
  /** `deepseek-v3.weft:12`. */
  readonly place: string;
  /** The line without what surrounds it. */
  readonly text: string;
}

export function sourceLine({ sources }: LaunchPlan, [index, begin]: Span): SourceLine {
  const source = sources[index] ?? { uri: "", text: "" };
  const { line } = positionAt(source, begin);
  const written = source.text.split("\n")[line - 1] ?? "";
  const text = written.replace(/\s+\/\/.*$/, "").trim();
  return { place: `${source.uri}:${String(line)}`, text: text.replace(/\s+/g, " ") };
}
