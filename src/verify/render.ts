// The result of a verification for people: a line for each property, and under a failed one its story with source lines.
import type { Span } from "../plan/index.js";
import { lineText, positionAt, type Source } from "../diagnostics/span.js";
import type { Counterexample, VerifyResult } from "./result.js";

const NAME_WIDTH = 14;

/** What gives the source lines; an exchange plan has none. */
type WithSources = { readonly sources?: readonly Source[] };

/** Ends in a newline. The plan gives the source lines. */
export function renderVerify(result: VerifyResult, plan: WithSources): string {
  const lines: string[] = [];
  for (const { name, ok, checked, assumptions, counterexample } of result.properties) {
    const verdict = ok ? "ok    " : counterexample ? "FAILED" : "open  ";
    lines.push(`${name.padEnd(NAME_WIDTH)}${verdict}${counterexample ? "" : `  ${checked}`}`);
    if (counterexample) lines.push(...renderCounterexample(counterexample, plan));
    else
      for (const assumption of ok ? assumptions : [])
        lines.push(`${" ".repeat(NAME_WIDTH)}        given that ${assumption}`);
  }
  return `${lines.join("\n")}\n`;
}

function renderCounterexample({ story, spans }: Counterexample, plan: WithSources): readonly string[] {
  const lines = story.map((line, at) => `  ${at + 1}. ${line}`);
  const seen = new Set<string>();
  for (const span of spans) {
    const text = sourceLine(span, plan);
    if (text !== undefined && !seen.has(text)) lines.push(text);
    if (text !== undefined) seen.add(text);
  }
  return lines;
}

function sourceLine([index, start]: Span, plan: WithSources): string | undefined {
  const source = plan.sources?.[index];
  if (source === undefined) return undefined;
  const { line, column } = positionAt(source, start);
  return `     ${source.uri}:${line}:${column}: ${lineText(source, line).trim()}`;
}
