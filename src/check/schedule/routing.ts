// `routing = lognormal(sigma: 1.0, seed: 7)`: how tokens fall on experts. It decides prices and placement, never results.
import type { Context } from "../context.js";
import type { RoutingSpec, ScheduleSpec } from "../program.js";
import { noScope } from "../values/evaluate.js";
import { readReal, readWhole } from "../values/read.js";
import type { Gate } from "./environment.js";
import { fieldsOf, readForm, type Form } from "./form.js";
import { readMeasured } from "./measured.js";
import type { Given } from "./settings.js";

const WORDS = ["uniform", "zipf", "lognormal", "measured"] as const;
type Word = (typeof WORDS)[number];

export function readRouting(
  given: Given,
  gates: readonly Gate[],
  context: Context,
): ScheduleSpec["routing"] | undefined {
  const form = readForm(given.value, '"routing"', WORDS, context);
  const value = form && readSpec(form, gates, context);
  return value && { value, text: print(value), span: given.span };
}

function readSpec(form: Form<Word>, gates: readonly Gate[], context: Context): RoutingSpec | undefined {
  switch (form.word) {
    case "uniform":
      fieldsOf(form, [], context);
      return { kind: "uniform" };
    case "zipf": {
      const read = readShape(form, "exponent", context);
      return read && { kind: "zipf", exponent: read.shape, seed: read.seed };
    }
    case "lognormal": {
      const read = readShape(form, "sigma", context);
      return read && { kind: "lognormal", sigma: read.shape, seed: read.seed };
    }
    case "measured":
      return readMeasured(form, gates, context);
  }
}

/** A distribution's parameter, and the seed that decides which experts are popular (0 where it is left out). */
function readShape(
  form: Form<Word>,
  name: string,
  context: Context,
): { readonly shape: number; readonly seed: number } | undefined {
  const fields = fieldsOf(form, [name, "seed"], context);
  const expr = fields.require(name, "1.0");
  const shape = expr && readReal(expr, `"${name}"`, { min: 0, max: 10 }, noScope, context);
  const seedExpr = fields.get("seed");
  const range = { min: 0, max: 2 ** 32 - 1 };
  const seed = seedExpr ? readWhole(seedExpr, '"seed"', range, noScope, context)?.value : 0;
  return shape && seed !== undefined ? { shape: shape.value, seed } : undefined;
}

/** As the plan says it, whatever blanks and order the text has. */
function print(spec: RoutingSpec): string {
  switch (spec.kind) {
    case "uniform":
      return "uniform";
    case "zipf":
      return `zipf(exponent: ${spec.exponent}, seed: ${spec.seed})`;
    case "lognormal":
      return `lognormal(sigma: ${spec.sigma}, seed: ${spec.seed})`;
    case "measured":
      return `measured("${spec.path}")`;
  }
}
