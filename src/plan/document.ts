// Reading a plan that may be anything: cut short, foreign, malformed. Says yes only to what has the shape that its format's schema
// gives. Which kinds of plan there are is for the caller to say.
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import type { SchemaError } from "./validate.gen.js";

/** A kind of plan, known by its `format`. */
export interface DocumentKind<T> {
  readonly format: string;
  /** Where its schema is found, for people. */
  readonly schema: string;
  readonly validate: { (data: unknown): data is T; errors?: SchemaError[] | null };
}

/** The plan in a text, of one of these kinds, or undefined after reporting why there is none. */
export function readDocument<T>(
  { uri, text }: Source,
  diagnostics: Diagnostics,
  kinds: readonly DocumentKind<T>[],
): T | undefined {
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
  const kind = kinds.find((each) => each.format === format);
  if (kind === undefined) {
    const found = format === undefined ? "not named" : JSON.stringify(format).slice(0, 80);
    const formats = kinds.map((each) => JSON.stringify(each.format)).join(" or ");
    diagnostics.report("plan-foreign", whole, { path: uri, found, formats });
    return undefined;
  }
  const { schema, validate } = kind;
  if (validate(data)) return data;
  const error = validate.errors?.[0];
  const pointer = error === undefined || error.instancePath === "" ? "its top level" : error.instancePath;
  const extra = error?.params["additionalProperty"];
  const problem = `${error?.message ?? "no reason given"}${typeof extra === "string" ? ` (\`${extra.slice(0, 80)}\`)` : ""}`;
  diagnostics.report("plan-malformed", whole, { path: uri, pointer, problem, schema });
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
