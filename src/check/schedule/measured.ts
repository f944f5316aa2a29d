// `routing = measured("loads.json")`: a JSON matrix tokens[layer][expert] beside the file that names it.
import type { Span } from "../../diagnostics/span.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import { readText } from "../load.js";
import type { RoutingSpec } from "../program.js";
import { isAbsolutePath, resolveUri } from "../uri.js";
import type { Gate } from "./environment.js";
import type { Form } from "./form.js";

export function readMeasured(
  form: Form<string>,
  gates: readonly Gate[],
  context: Context,
): RoutingSpec | undefined {
  const [argument] = form.args;
  if (argument?.value.kind === "Error") return undefined;
  if (form.args.length !== 1 || argument?.value.kind !== "String" || argument.name) {
    context.diagnostics.report("wrong-value", form.span, {
      what: '"measured"',
      expected: "given one path in quotes",
      found: argument ? describeExpression(argument.value) : "nothing",
      advice: 'Write measured("loads.json").',
    });
    return undefined;
  }
  const { value: path, span } = argument.value;
  if (isAbsolutePath(path)) {
    context.diagnostics.report("absolute-import", span, { path });
    return undefined;
  }
  // An option stands in no folder: its paths start where the entry file's do.
  const importer = span.source.startsWith("--set ") ? "" : span.source;
  const uri = resolveUri(importer, path);
  const text = readText(uri, span, context.host, context.diagnostics);
  if (text === undefined) return undefined;
  const tokens = parseLoads(text);
  const problem = typeof tokens === "string" ? tokens : problemOf(tokens, gates);
  if (typeof tokens !== "string" && problem === undefined) return { kind: "measured", path: uri, tokens };
  reportProblem(uri, problem ?? "", span, context);
  return undefined;
}

function reportProblem(path: string, reason: string, span: Span, context: Context): void {
  context.diagnostics.report("measured-loads", span, { path, reason });
}

/** The matrix, or what is wrong with the text. */
function parseLoads(text: string): readonly (readonly number[])[] | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return "it is not JSON";
  }
  if (!Array.isArray(data) || data.length === 0) return "it is not a list of rows";
  const rows: unknown[] = data;
  if (!rows.every((row): row is unknown[] => Array.isArray(row))) return "its rows are not lists";
  const isCount = (value: unknown): value is number =>
    typeof value === "number" && Number.isFinite(value) && value >= 0;
  const wrong = rows.findIndex((row) => !row.every(isCount));
  if (wrong >= 0) return `row ${wrong + 1} holds something that is not a non-negative number`;
  return rows as number[][];
}

function problemOf(tokens: readonly (readonly number[])[], gates: readonly Gate[]): string | undefined {
  for (const [index, row] of tokens.entries()) {
    const gate = gates.find(({ experts }) => experts !== row.length);
    if (gate)
      return `row ${index + 1} has ${row.length} entries, but gate "${gate.name}" has ${gate.experts} experts`;
    if (row.every((count) => count === 0)) return `row ${index + 1} holds no tokens at all`;
  }
  return undefined;
}
