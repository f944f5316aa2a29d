// Named arguments of an operator call: dimensions get names, everything else becomes an option of the node.
import type { Attribute, Operator } from "../../operators/operator.js";
import type { Expr as DimExpr } from "../../plan/types.gen.js";
import type { Argument, CallExpr, Expr } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { Fields } from "../fields.js";
import type { Scope } from "../values/evaluate.js";
import { readReal, readWhole, readWord, type Read } from "../values/read.js";
import type { Dimensions } from "./dimensions.js";

export interface Attributes {
  readonly dims: Readonly<Record<string, DimExpr>>;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** Where the user gave each dimension. */
  readonly given: ReadonlyMap<string, Read>;
}

/** Reads the attributes of a call; undefined after reporting what is wrong with any of them. */
export function readAttributes(
  call: CallExpr,
  operator: Operator,
  qualifiedName: (attribute: string) => string,
  dimensions: Dimensions,
  scope: Scope,
  context: Context,
): Attributes | undefined {
  const fields = namedArguments(call, operator, context);
  const dims: Record<string, DimExpr> = {};
  const options: Record<string, string | number | boolean> = {};
  const given = new Map<string, Read>();
  let complete = true;
  for (const attribute of operator.attributes) {
    const { name } = attribute;
    const expr = fields.get(name);
    if (attribute.kind === "dimension") {
      const { dimension, minimum: min = 1 } = attribute;
      const what = describe(operator, name);
      const source = expr ?? implied(attribute, call, scope);
      const read = source && readWhole(source, what, { min }, scope, context);
      if (read) {
        if (expr) given.set(name, read);
        dims[name] = dimensions.define(dimension, read.value, read.parameter, qualifiedName(name));
      } else if (source || !aliases(attribute)) {
        complete = false;
        if (!source && !fields.mayMean(name)) reportMissing(attribute, call, operator, scope, context);
      }
    } else {
      const value = expr ? readOption(expr, attribute, operator, scope, context) : attribute.fallback;
      if (value === undefined) complete = false;
      else options[name] = value;
    }
  }
  for (const attribute of operator.attributes)
    if (aliases(attribute) && dims[attribute.name] === undefined) {
      const other = dims[attribute.fallback.attribute];
      if (other !== undefined) dims[attribute.name] = other;
    }
  return complete ? { dims, options, given } : undefined;
}

type DimensionAttribute = Extract<Attribute, { kind: "dimension" }>;

/** Whether an attribute that is left out has the extent of another. */
function aliases(
  attribute: Attribute,
): attribute is DimensionAttribute & { readonly fallback: { readonly attribute: string } } {
  const fallback = attribute.kind === "dimension" ? attribute.fallback : undefined;
  return typeof fallback === "object" && "attribute" in fallback;
}

function namedArguments(call: CallExpr, operator: Operator, context: Context): Fields {
  const named = call.args.filter((each): each is Argument => each.name !== undefined);
  const known = operator.attributes.map((each) => each.name);
  const onUnknown = (name: string, span: Argument["span"], suggestion: string): void => {
    const isPort = operator.ports.some((port) => port.name === name);
    context.diagnostics.report("unknown-attribute", span, {
      operator: operator.name,
      name,
      suggestion: isPort
        ? `"${name}" is an input. Inputs are given by position, without a name.`
        : known.length === 0
          ? `${operator.name} has no attributes.`
          : suggestion,
    });
  };
  return new Fields(named, { what: `"${operator.name}"`, known, onUnknown }, call.callee.span, context);
}

/** The value that an operator takes for an extent that the call leaves out, as if it had been written. */
function implied({ fallback }: DimensionAttribute, call: CallExpr, scope: Scope): Expr | undefined {
  const { span } = call.callee;
  if (typeof fallback === "number") return { kind: "Number", value: fallback, span };
  if (typeof fallback !== "object" || !("parameter" in fallback)) return undefined;
  return scope.values.has(fallback.parameter) ? { kind: "Name", text: fallback.parameter, span } : undefined;
}

function reportMissing(
  { name, summary, fallback }: DimensionAttribute,
  call: CallExpr,
  operator: Operator,
  scope: Scope,
  context: Context,
): void {
  const implicit = typeof fallback === "object" && "parameter" in fallback ? fallback.parameter : undefined;
  const example = scope.values.has(name) ? name : "4096";
  const byName = `Add it by name: ${operator.name}(..., ${name}: ${example})`;
  context.reportAbsence("missing-attribute", call.callee.span, {
    operator: operator.name,
    name,
    summary: summary.replace(/\.$/, ""),
    advice: implicit === undefined ? `${byName}.` : `${byName}, or give the model a parameter "${implicit}".`,
  });
}

function readOption(
  expr: Expr,
  attribute: Exclude<Attribute, { kind: "dimension" }>,
  operator: Operator,
  scope: Scope,
  context: Context,
): string | number | boolean | undefined {
  const what = describe(operator, attribute.name);
  switch (attribute.kind) {
    case "choice":
      return readWord(expr, what, attribute.choices, context);
    case "flag": {
      const word = readWord(expr, what, ["true", "false"], context);
      return word === undefined ? undefined : word === "true";
    }
    case "real": {
      const range = attribute.positive ? { min: 0, above: true } : { min: -Number.MAX_VALUE };
      return readReal(expr, what, range, scope, context)?.value;
    }
  }
}

const describe = (operator: Operator, attribute: string): string => `"${attribute}" of ${operator.name}`;
