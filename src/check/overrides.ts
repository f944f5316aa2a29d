// Options `--set NAME.KEY=VALUE`: parameters of models and clusters, settings of schedules. Each is a source of its
// own, so that whatever it decides can be traced to it.
import { didYouMean, nearestName } from "../diagnostics/did-you-mean.js";
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source, Span } from "../diagnostics/span.js";
import type { Expr } from "../syntax/ast.js";
import { parseExpression } from "../syntax/parse.js";
import type { Context } from "./context.js";
import type { Names } from "./names.js";

export interface Override {
  /** "Mixtral.experts", "prefill.batch.sequences". */
  readonly key: string;
  /** The declaration. */
  readonly owner: string;
  /** What follows the first dot. */
  readonly path: readonly [string, ...string[]];
  readonly value: Expr;
  readonly source: Source;
  /** The whole option. */
  readonly span: Span;
}

const KEY = /^\s*([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)+)\s*=/;
const EXAMPLE = "Mixtral.top_k=1";

export interface ParsedOverrides {
  readonly overrides: readonly Override[];
  readonly sources: readonly Source[];
  readonly broken: readonly string[];
}

/** Reads the options; what cannot be read is reported and left out. */
export function parseOverrides(texts: readonly string[], diagnostics: Diagnostics): ParsedOverrides {
  const overrides = new Map<string, Override>();
  const sources = new Map<string, Source>();
  const broken: string[] = [];
  for (const text of texts) {
    const source = { uri: `--set ${text}`, text };
    sources.set(source.uri, source);
    const span = { source: source.uri, start: 0, end: text.length };
    const match = KEY.exec(text);
    const [, owner, rest] = match ?? [];
    if (!match || owner === undefined || rest === undefined) {
      diagnostics.report("malformed-override", span, { text, example: EXAMPLE });
      continue;
    }
    const [first = "", ...others] = rest.slice(1).split(".");
    const key = owner + rest;
    const earlier = overrides.get(key);
    if (earlier) {
      const related = [{ span: earlier.span, message: "the first" }];
      diagnostics.report("duplicate-override", span, { key }, related);
      continue;
    }
    // Blanks in place of the key keep the value's offsets those of the option.
    const padded = " ".repeat(match[0].length) + text.slice(match[0].length);
    const parsed = parseExpression({ uri: source.uri, text: padded });
    diagnostics.addAll(parsed.diagnostics);
    if (parsed.diagnostics.length > 0) broken.push(source.uri);
    overrides.set(key, { key, owner, path: [first, ...others], value: parsed.expression, source, span });
  }
  return { overrides: [...overrides.values()], sources: [...sources.values()], broken };
}

/** Reports options that name no declaration, or no parameter of one. Settings of schedules are looked at with them. */
export function checkOverrideNames(overrides: readonly Override[], names: Names, context: Context): void {
  for (const override of overrides) {
    const { owner, path } = override;
    const declaration = names.models.get(owner) ?? names.clusters.get(owner);
    if (declaration) {
      const parameters = declaration.params.map(({ name }) => name.text);
      const known = path.length === 1 && parameters.includes(path[0]);
      if (!known)
        reportUnknown(
          override,
          `"${owner}" has no parameter "${path.join(".")}"`,
          owner,
          parameters,
          context,
        );
    } else if (!names.schedules.has(owner) && !context.mayBeDeclared(owner)) {
      const declared = [...names.models.keys(), ...names.clusters.keys(), ...names.schedules.keys()];
      const reason = `no model, cluster or schedule is called "${owner}"`;
      const nearest = nearestName(owner, declared);
      const suggestion =
        nearest === undefined
          ? `Declared here: ${declared.join(", ")}.`
          : `Did you mean "${[nearest, ...path].join(".")}"?`;
      report(override, reason, suggestion, context);
    }
  }
}

function reportUnknown(
  override: Override,
  reason: string,
  owner: string,
  parameters: readonly string[],
  context: Context,
): void {
  const nearest = nearestName(override.path.join("."), parameters);
  const suggestion =
    nearest === undefined
      ? didYouMean(override.path.join("."), parameters, `Only the parameters of "${owner}" can be set.`)
      : `Did you mean "${owner}.${nearest}"?`;
  report(override, reason, suggestion, context);
}

function report({ key, span }: Override, reason: string, suggestion: string, context: Context): void {
  context.diagnostics.report("unknown-override", span, { key, reason, suggestion });
}

/** The options that belong to a declaration, by the parameter that they set. */
export function overridesOf(owner: string, overrides: readonly Override[]): ReadonlyMap<string, Override> {
  return new Map(overrides.filter((each) => each.owner === owner).map((each) => [each.path[0], each]));
}
