// What a diagnostic code consists of. Codes are declared as data in codes/*.ts, one table for each stage.

export type Severity = "error" | "warning";

type Template = (params: never) => string;

/** The templates of one code. `label` is the short text beside the caret; without it the caret stands alone. */
export interface CodeDefinition {
  readonly severity: Severity;
  readonly message: Template;
  readonly hint: Template;
  readonly label?: Template;
}

export type CodeTable = Readonly<Record<string, CodeDefinition>>;

type NamesOf<T> = T extends (params: infer P) => string ? keyof P & string : never;

/** Every parameter that the message, the hint or the label of a code uses. */
export type ParamNames<Code extends CodeDefinition> =
  | NamesOf<Code["message"]>
  | NamesOf<Code["hint"]>
  | (Code extends { readonly label: infer Label } ? NamesOf<Label> : never);

/** Declares a stage's codes, keeping the exact names and parameters in the type. */
export function defineCodes<const Table extends CodeTable>(table: Table): Table {
  return table;
}
