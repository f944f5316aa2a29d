// Reading a plan that may be anything: cut short, foreign, malformed. Says yes only to what has the schema's shape.
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import type { LaunchPlan } from "./types.gen.js";
import { validate } from "./validate.gen.js";

export const PLAN_FORMAT = "weft.plan/1";

/** The plan in a text, or undefined after reporting why there is none. */
export function readPlan(source: Source, diagnostics: Diagnostics): LaunchPlan | undefined {
  const { uri, text } = source;
  const whole = { source: uri, start: 0, end: 0 };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const { problem, offset } = explainJsonError(error, text);
    diagnostics.report(
      "plan-not-json",
      { source: uri, start: offset, end: Math.min(offset + 1, text.length) },
      { path: uri, problem },
    );
    return undefined;
  }
  const format = typeof data === "object" && data !== null && "format" in data ? data.format : undefined;
  if (format !== PLAN_FORMAT) {
    const found = format === undefined ? "not named" : JSON.stringify(format).slice(0, 80);
    diagnostics.report("plan-foreign", whole, { path: uri, found });
    return undefined;
  }
  if (validate(data)) return data;
  const error = validate.errors?.[0];
  const pointer = error === undefined || error.instancePath === "" ? "its top level" : error.instancePath;
  const extra = error?.params["additionalProperty"];
  const problem = `${error?.message ?? "no reason given"}${typeof extra === "string" ? ` (\`${extra.slice(0, 80)}\`)` : ""}`;
  diagnostics.report("plan-malformed", whole, { path: uri, pointer, problem });
  return undefined;
}

/** Node's message names a position or the end of the text; only its offset is taken, so that wording does not matter. */
function explainJsonError(error: unknown, text: string): { problem: string; offset: number } {
  const begin = text.search(/\S/);
  if (begin >= 0 && text[begin] !== "{")
    return { problem: "it begins like something else, perhaps a schedule file", offset: begin };
  const message = error instanceof Error ? error.message : "";
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined || Number(position) >= text.trimEnd().length)
    return {
      problem: "it ends before its last bracket closes",
      offset: Math.max(0, text.trimEnd().length - 1),
    };
  return { problem: "it breaks off being JSON", offset: Number(position) };
}
