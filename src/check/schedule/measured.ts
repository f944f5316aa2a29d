// `routing = measured("loads.json")`: expert loads beside the file that names them, in any format that is read, as the mean of
// their windows.
import type { Span } from "../../diagnostics/span.js";
import { isFault, parseLoads, type ReadLoads } from "../../importers/loads/index.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import type { RoutingSpec } from "../program.js";
import { readBeside } from "./beside.js";
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
  const { span } = argument.value;
  const file = readBeside(argument.value, "measurements", context);
  if (file === undefined) return undefined;
  const { uri, text } = file;
  const read = parseLoads(text, { experts: Math.max(0, ...gates.map(({ experts }) => experts)) });
  if (isFault(read)) {
    reportProblem(uri, `${read.place}: ${read.reason}`, span, context);
    return undefined;
  }
  const tokens = withoutDense(read.format, meanOf(read));
  const problem = problemOf(tokens, gates);
  if (problem === undefined) return { kind: "measured", path: uri, tokens };
  reportProblem(uri, problem, span, context);
  return undefined;
}

function reportProblem(path: string, reason: string, span: Span, context: Context): void {
  context.diagnostics.report("measured-loads", span, { path, reason });
}

/** [layer][expert] the mean over windows. */
function meanOf({ windows }: ReadLoads): readonly (readonly number[])[] {
  const [first, ...others] = windows;
  return first!.map((row, layer) =>
    others.length === 0
      ? row
      : row.map(
          (load, expert) =>
            others.reduce((sum, window) => sum + window[layer]![expert]!, load) / windows.length,
        ),
  );
}

/** SGLang counts the dense layers that a model begins with, whose rows are zeros; a routing tells of MoE layers alone. */
function withoutDense(
  format: ReadLoads["format"],
  tokens: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const first = tokens.findIndex((row) => row.some((count) => count > 0));
  return format === "sglang" && first > 0 ? tokens.slice(first) : tokens;
}

function problemOf(tokens: readonly (readonly number[])[], gates: readonly Gate[]): string | undefined {
  for (const [index, row] of tokens.entries()) {
    const gate = gates.find(({ experts }) => experts !== row.length);
    if (gate)
      return `layer ${index} has ${row.length} experts, but gate "${gate.name}" has ${gate.experts} experts`;
    if (row.every((count) => count === 0)) return `layer ${index}: no token chose any of its experts`;
  }
  return undefined;
}
