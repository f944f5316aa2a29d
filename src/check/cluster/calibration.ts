// The calibration of a cluster: parameters of the price models in which it was measured to differ from the common values.
import { parameters, type Parameter } from "../../cost/index.js";
import type { Gpu } from "../../plan/types.gen.js";
import type { Expr } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import { Fields } from "../fields.js";
import type { Scope } from "../values/evaluate.js";
import { readQuantity, readReal, type Read } from "../values/read.js";

/** A parameter's name in the language: gemm_efficiency for gemmEfficiency. */
export const wordOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const byWord: ReadonlyMap<string, readonly [name: string, parameter: Parameter]> = new Map(
  Object.entries<Parameter>(parameters).map(([name, parameter]) => [wordOf(name), [name, parameter]]),
);

/** Reads `calibration: { kernel_start: 2.1 us, ... }`; undefined after reporting an error. */
export function readCalibration(expr: Expr, scope: Scope, context: Context): Gpu["calibration"] {
  if (expr.kind === "Error") return undefined;
  if (expr.kind !== "Record") {
    context.diagnostics.report("wrong-value", expr.span, {
      what: '"calibration"',
      expected: "a record of parameters of the price models",
      found: describeExpression(expr),
      advice: "Write it like { kernel_start: 2.1 us }.",
    });
    return undefined;
  }
  const known = [...byWord.keys()];
  const fields = new Fields(expr.fields, { what: '"calibration"', known }, expr.span, context);
  const calibration: Record<string, number> = {};
  let complete = true;
  for (const [word, [name, parameter]] of byWord) {
    const value = fields.get(word);
    if (value === undefined) continue;
    const read = readParameter(value, `"${word}"`, parameter, scope, context);
    if (read) calibration[name] = read.value;
    else complete = false;
  }
  return complete ? calibration : undefined;
}

function readParameter(
  expr: Expr,
  what: string,
  { unit }: Parameter,
  scope: Scope,
  context: Context,
): Read | undefined {
  switch (unit) {
    case "share":
      return readReal(expr, what, { min: 0, max: 1, above: true }, scope, context);
    case "ratio":
    case "count":
    case "rows":
    case "columns":
      return readReal(expr, what, { min: 0 }, scope, context);
    case "bytes":
      return readQuantity(expr, what, "bytes", scope, context, true);
    case "us":
      return readQuantity(expr, what, "time", scope, context, true);
    case "bytes/s":
      return readQuantity(expr, what, "bandwidth", scope, context);
    default:
      return unit satisfies never;
  }
}
