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
  readonly advice: string;
  /** Attributes whose values clash, the one to change first. */
  readonly attributes: readonly string[];
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
  let allHold = true;
  for (const constraint of operator.constraints) {
    const broken = violation(constraint, valueOf);
    if (!broken) continue;
    allHold = false;
    const { rule, values: found, advice } = broken;
    const { span, related } = placeOf(broken.attributes, given, callSpan);
    context.diagnostics.report(
      "constraint-not-met",
      span,
      { operator: operator.name, rule, values: found, advice },
      related,
    );
  }
  return allHold;
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
        advice: `The nearest legal value of "${divisor}" is ${nearestDivisor(part, whole)}.`,
        attributes: [divisor, dividend],
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
        advice: `The nearest legal value of "${smaller}" is ${high}.`,
        attributes: [smaller, ...names],
      };
    }
    case "multiple_of": {
      const { attribute, factor } = constraint;
      const found = value(attribute);
      if (found === undefined || found % factor === 0) return undefined;
      return {
        rule: `"${attribute}" to be a multiple of ${factor}`,
        values: `${attribute} is ${found}`,
        advice: `The nearest legal value is ${nearestMultiple(found, factor)}.`,
        attributes: [attribute],
      };
    }
  }
}

/** An overridden value is to blame before a written one; a value that the operator implies is not to blame. */
function placeOf(
  attributes: readonly string[],
  given: ReadonlyMap<string, Read>,
  callSpan: Span,
): Pick<Read, "span" | "related"> {
  const reads = attributes.flatMap((name) => given.get(name) ?? []);
  return reads.find((each) => each.overridden) ?? reads[0] ?? { span: callSpan, related: [] };
}
