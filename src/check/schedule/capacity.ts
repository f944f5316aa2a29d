// `capacity(1.25)`: every rank sends so many times the mean to each slot of an expert, and drops what exceeds it.
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import type { TokenSpec } from "../program.js";
import { noScope } from "../values/evaluate.js";
import { readReal } from "../values/read.js";
import type { Form } from "./form.js";

function describeArguments({ args: [argument, ...others] }: Form<string>): string {
  if (argument === undefined) return "nothing";
  if (others.length > 0) return "more than one";
  return argument.name ? `an entry "${argument.name.text}"` : describeExpression(argument.value);
}

/** Reads the factor, the one argument, which has no name. */
export function readCapacity(form: Form<string>, context: Context): TokenSpec | undefined {
  const [argument] = form.args;
  if (argument?.value.kind === "Error") return undefined;
  if (form.args.length !== 1 || argument === undefined || argument.name) {
    context.diagnostics.report("wrong-value", form.span, {
      what: '"capacity"',
      expected: "given one number",
      found: describeArguments(form),
      advice: "Write capacity(1.25), for room for 1.25 times the mean in every expert's slot.",
    });
    return undefined;
  }
  const factor = readReal(argument.value, '"capacity"', { min: 0, above: true }, noScope, context);
  return factor && { policy: "capacity", factor: factor.value, span: form.span };
}
