// The settings of a schedule by name, with options `--set SCHEDULE.SETTING=VALUE` in place of what the text says.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import type { Span } from "../../diagnostics/span.js";
import type { Expr, Field, RecordExpr, ScheduleDecl } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import { Fields, type FieldSchema } from "../fields.js";
import type { Override } from "../overrides.js";

export const SETTINGS = [
  "mode",
  "parallel",
  "batch",
  "precision",
  "routing",
  "placement",
  "exchange",
  "overlap",
] as const;
export type SettingName = (typeof SETTINGS)[number];

/** A setting as given, by the text or by an option. */
export interface Given {
  readonly value: Expr;
  readonly span: Span;
}

export type Settings = ReadonlyMap<SettingName, Given>;

/** Collects the settings; reports unknown and repeated ones. */
export function collectSettings(
  declaration: ScheduleDecl,
  overrides: readonly Override[],
  context: Context,
): Settings {
  const settings = new Map<SettingName, Given>();
  for (const { name, value, span } of declaration.settings) {
    const known = SETTINGS.find((each) => each === name.text);
    const earlier = known && settings.get(known);
    if (earlier) {
      const params = { what: "setting", name: name.text, advice: "Keep one of the two." };
      context.diagnostics.report("duplicate-name", name.span, params, [
        { span: earlier.span, message: "it was given here first" },
      ]);
    } else if (known) {
      settings.set(known, { value, span });
    } else if (name.text !== "") {
      reportUnknown(name.text, name.span, context);
    }
  }
  for (const override of overrides)
    if (override.owner === declaration.name.text) applyOverride(override, settings, context);
  return settings;
}

function reportUnknown(name: string, span: Span, context: Context): void {
  context.diagnostics.report("unknown-setting", span, { name, suggestion: didYouMean(name, SETTINGS, "") });
}

/** `prefill.routing=uniform` replaces a setting, `prefill.batch.sequences=2` an entry of its record. */
function applyOverride(override: Override, settings: Map<SettingName, Given>, context: Context): void {
  const { key, path, value, span } = override;
  const [name, entry, ...deeper] = path;
  const known = SETTINGS.find((each) => each === name);
  if (!known) {
    const suggestion = didYouMean(name, SETTINGS, "");
    const reason = `a schedule has no setting "${name}"`;
    context.diagnostics.report("unknown-override", span, { key, reason, suggestion });
    return;
  }
  if (entry === undefined) {
    settings.set(known, { value, span });
    return;
  }
  const current = settings.get(known);
  const record = current?.value ?? emptyRecord(span);
  if (deeper.length > 0 || record.kind !== "Record") {
    const reason = deeper.length > 0 ? `"${entry}" has no entries` : `"${name}" is no record`;
    const suggestion = `Set the whole setting: --set "${override.owner}.${name}=...".`;
    if (record.kind !== "Error")
      context.diagnostics.report("unknown-override", span, { key, reason, suggestion });
    return;
  }
  settings.set(known, { value: withEntry(record, entry, override), span: current?.span ?? span });
}

const emptyRecord = (span: Span): RecordExpr => ({ kind: "Record", span, fields: [] });

function withEntry(record: RecordExpr, entry: string, { value, span }: Override): RecordExpr {
  const field: Field = { kind: "Field", span, name: { kind: "Ident", text: entry, span }, value };
  return { ...record, fields: [...record.fields.filter(({ name }) => name.text !== entry), field] };
}

/** The entries of a setting that must be a record; undefined after reporting that it is none. */
export function recordFields(
  name: SettingName,
  given: Given,
  schema: Omit<FieldSchema, "what">,
  context: Context,
): Fields | undefined {
  const { value, span } = given;
  if (value.kind === "Record")
    return new Fields(value.fields, { ...schema, what: `"${name}"` }, span, context);
  if (value.kind !== "Error")
    context.diagnostics.report("wrong-value", value.span, {
      what: `"${name}"`,
      expected: "a record",
      found: describeExpression(value),
      advice: `Write it like ${name} = { ${schema.known[0] ?? ""}: ... }.`,
    });
  return undefined;
}
