// Parameters of a model or a cluster in the order of the text; each may refer to earlier ones. An option decides
// before an argument, an argument before the value in the declaration.
import type { Expr, ParamDecl } from "../syntax/ast.js";
import type { Context } from "./context.js";
import type { Override } from "./overrides.js";
import { evaluate, noScope, type Evaluated, type Scope } from "./values/evaluate.js";

/** Evaluates parameters. One without any value is known by name, and nothing is said about its uses. */
export function evaluateParameters(
  where: string,
  params: readonly ParamDecl[],
  overrides: ReadonlyMap<string, Override>,
  args: (name: string) => Expr | undefined,
  context: Context,
): Scope {
  const values = new Map<string, Evaluated | undefined>();
  const used = new Set<string>();
  const names = params.map(({ name }) => name.text);
  for (const { name, value } of params) {
    if (name.text === "" || values.has(name.text)) continue;
    const override = overrides.get(name.text);
    const arg = args(name.text);
    const later = new Set(names.filter((each) => !values.has(each) && each !== name.text));
    const scope: Scope = { where: `before "${name.text}" ${where}`, values: new Map(values), later, used };
    let found: Evaluated | undefined;
    if (override) {
      const evaluated = evaluate(override.value, scope, context);
      found = evaluated && { ...evaluated, decidedBy: override.span };
    } else if (arg) {
      found = evaluate(arg, noScope, context);
    } else if (value) {
      found = evaluate(value, scope, context);
    }
    values.set(name.text, found);
  }
  return { where, values, used };
}

/** Reports entries of one space of names that are declared twice. */
export function reportRepeated(
  what: (entry: { readonly kind: string }) => string,
  entries: readonly { readonly kind: string; readonly name: ParamDecl["name"] }[],
  advice: string,
  context: Context,
): void {
  const first = new Map<string, ParamDecl["name"]>();
  for (const entry of entries) {
    const { text, span } = entry.name;
    const earlier = first.get(text);
    if (text === "") continue;
    if (!earlier) {
      first.set(text, entry.name);
      continue;
    }
    context.diagnostics.report("duplicate-name", span, { what: what(entry), name: text, advice }, [
      { span: earlier.span, message: "the first stands here" },
    ]);
  }
}
