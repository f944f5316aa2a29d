// Relations between an operator's extents: what divides what, what is at most what. A broken one is reported at the
// option that broke it, else where the smaller part was given, with the nearest legal value.
import type { Constraint, Operator } from "../../operators/operator.js";
import { evaluate, namesIn, printExpression, type Environment } from "../../plan/expression.js";
import type { Span } from "../../diagnostics/span.js";
import type { Context } from "../context.js";
import { nearestDivisor, nearestMultiple } from "../legal.js";
import type { Read } from "../values/read.js";
import type { Attributes } from "./attributes.js";

interface Broken {
  readonly rule: string;
  readonly values: string;
  /** Attributes whose values clash, and the nearest legal value of each; the one to change first. */
  readonly repairs: readonly { readonly attribute: string; readonly nearest: number | undefined }[];
}

/** Checks every constraint of an operator. Says whether all hold. */
export function checkConstraints(
  operator: Operator,
  { dims, given }: Pick<Attributes, "dims" | "given">,
  callSpan: Span,
  environment: Environment,
  context: Context,
): boolean {
  const values = new Map(Object.entries(dims).map(([name, expr]) => [name, evaluate(expr, environment)]));
  const valueOf: Environment = (name) => values.get(name);
  const wrong = new Set<string>();
  for (const constraint of operator.constraints) {
    const broken = violation(constraint, valueOf);
    // One wrong value may break several rules; the first says enough.
    if (!broken || broken.repairs.some(({ attribute }) => wrong.has(attribute))) continue;
    for (const { attribute } of broken.repairs) wrong.add(attribute);
    report(operator, broken, given, callSpan, context);
  }
  return wrong.size === 0;
}

function violation(constraint: Constraint, value: Environment): Broken | undefined {
  switch (constraint.kind) {
    case "divides": {
      const { divisor, dividend } = constraint;
      const [part, whole] = [value(divisor), value(dividend)];
      if (part === undefined || whole === undefined || whole % part === 0) return undefined;
      return {
        rule: `"${divisor}" to divide "${dividend}"`,
        values: `${divisor} is ${part} and ${dividend} is ${whole}`,
        repairs: [
          { attribute: divisor, nearest: nearestDivisor(part, whole) },
          { attribute: dividend, nearest: nearestMultiple(whole, part) },
        ],
      };
    }
    case "at_most": {
      const { smaller, larger } = constraint;
      const names = namesIn(larger);
      const low = value(smaller);
      if (low === undefined || names.some((name) => value(name) === undefined)) return undefined;
      const high = evaluate(larger, value);
      if (low <= high) return undefined;
      const limit = printExpression(larger);
      return {
        rule: `"${smaller}" to be at most "${limit}"`,
        values: `${smaller} is ${low} and ${limit} is ${high}`,
        repairs: [
          { attribute: smaller, nearest: high },
          ...names.map((attribute) => ({ attribute, nearest: larger === attribute ? low : undefined })),
        ],
      };
    }
    case "multiple_of": {
      const { attribute, factor } = constraint;
      const found = value(attribute);
      if (found === undefined || found % factor === 0) return undefined;
      return {
        rule: `"${attribute}" to be a multiple of ${factor}`,
        values: `${attribute} is ${found}`,
        repairs: [{ attribute, nearest: nearestMultiple(found, factor) }],
      };
    }
  }
}

/** An overridden value is to blame before a written one; a value that the operator implies is not to blame. */
function report(
  operator: Operator,
  { rule, values, repairs }: Broken,
  given: ReadonlyMap<string, Read>,
  callSpan: Span,
  context: Context,
): void {
  const written = repairs.filter(({ attribute }) => given.has(attribute));
  const repair =
    written.find(({ attribute }) => given.get(attribute)?.overridden) ?? written[0] ?? repairs[0];
  const { span, related } = given.get(repair?.attribute ?? "") ?? { span: callSpan, related: [] };
  const advice =
    repair?.nearest === undefined
      ? `Change one of ${repairs.map(({ attribute }) => `"${attribute}"`).join(", ")}.`
      : `The nearest legal value of "${repair.attribute}" is ${repair.nearest}.`;
  context.diagnostics.report(
    "constraint-not-met",
    span,
    { operator: operator.name, rule, values, advice },
    related,
  );
}
