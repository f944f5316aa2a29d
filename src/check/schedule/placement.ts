// `placement = auto(redundant: 32, groups: hard, constraints: "placement.json")`: where experts live. An expert has at most one
// replica on each GPU. `eplb` takes EPLB's rule in place of prices, `contiguous` puts experts on GPUs in order, without replicas.
import type { Span } from "../../diagnostics/span.js";
import { parseConstraints } from "../../importers/placement-constraints.js";
import type { GroupRule } from "../../place/index.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import { optional, type Fields } from "../fields.js";
import type { ScheduleSpec } from "../program.js";
import { noScope } from "../values/evaluate.js";
import { readWhole, type Read } from "../values/read.js";
import { readBeside } from "./beside.js";
import { auto, fieldsOf, pinned, readForm, type Form } from "./form.js";
import type { Given } from "./settings.js";

type Placement = ScheduleSpec["placement"];
type Constraints = NonNullable<Placement["constraints"]>;

const WORDS = ["auto", "priced", "eplb", "contiguous"] as const;
type Word = (typeof WORDS)[number];

/** What each word takes: the rule of EPLB heeds no constraints. */
const FIELDS: Readonly<Record<Word, readonly string[]>> = {
  auto: ["redundant", "slots", "groups", "constraints"],
  priced: ["redundant", "slots", "groups", "constraints"],
  eplb: ["redundant", "slots"],
  contiguous: [],
};

/** Words and files alone; whether what they ask for is possible is for `checkPlacement` to say, which knows ep and the cluster. */
export function readPlacement(given: Given, context: Context): Placement | undefined {
  const form = readForm(given.value, '"placement"', WORDS, context);
  if (!form) return undefined;
  const fields = fieldsOf(form, FIELDS[form.word], context);
  const redundant = readCount(fields, "redundant", 0, context);
  const slots = readCount(fields, "slots", 1, context);
  const groups = optional(fields.get("groups"), (expr) =>
    readForm(expr, '"groups"', ["hard", "priced"], context),
  );
  const file = optional(fields.get("constraints"), (expr) => readConstraints(expr, context));
  const isRead = [redundant, slots, groups, file].every(
    (each, at) => each !== undefined || !fields.get(FIELDS.auto[at]!),
  );
  if (!isRead) return undefined;
  if (groups) fieldsOf(groups, [], context);
  if (redundant && slots) {
    context.diagnostics.report("wrong-value", slots.span, {
      what: "The number of slots",
      expected: "stated once",
      found: "the second statement",
      advice:
        '"redundant: n" counts replicas beyond one slot for each expert, "slots: n" all slots. Keep one.',
    });
    return undefined;
  }
  if (groups && file?.groups !== undefined && groups.word !== file.groups) {
    context.diagnostics.report("wrong-value", groups.span, {
      what: '"groups"',
      expected: "stated once",
      found: `"${groups.word}", and "${file.groups}" in ${file.constraints.path}`,
      advice: "Keep one of the two.",
    });
    return undefined;
  }
  return {
    method: methodOf(form, given.span),
    span: given.span,
    ...(redundant ? { redundant: { value: redundant.value, span: redundant.span } } : {}),
    ...(slots ? { slots: { value: slots.value, span: slots.span } } : {}),
    groups: {
      value: groups?.word ?? file?.groups ?? "priced",
      span: groups?.span ?? file?.constraints.span ?? given.span,
    },
    ...(file === undefined ? {} : { constraints: file.constraints }),
  };
}

function methodOf({ word }: Form<Word>, span: Span): Placement["method"] {
  return word === "auto" ? auto(span) : pinned(word, span);
}

function readCount(fields: Fields, name: string, min: number, context: Context): Read | undefined {
  return optional(fields.get(name), (expr) => readWhole(expr, `"${name}"`, { min }, noScope, context));
}

interface ReadConstraints {
  readonly groups: GroupRule | undefined;
  readonly constraints: Constraints;
}

function readConstraints(
  expr: NonNullable<ReturnType<Fields["get"]>>,
  context: Context,
): ReadConstraints | undefined {
  if (expr.kind === "Error") return undefined;
  if (expr.kind !== "String") {
    context.diagnostics.report("wrong-value", expr.span, {
      what: '"constraints"',
      expected: "a path in quotes",
      found: describeExpression(expr),
      advice: 'Write constraints: "placement.json".',
    });
    return undefined;
  }
  const file = readBeside(expr, "source", context);
  if (file === undefined) return undefined;
  const read = parseConstraints(file.text);
  const { span } = expr;
  if ("reason" in read) {
    const { place, reason, hint } = read;
    context.diagnostics.report("malformed-constraints", span, { path: file.uri, place, reason, hint });
    return undefined;
  }
  const { groups, ...stated } = read;
  return { groups, constraints: { ...stated, path: file.uri, span } };
}
