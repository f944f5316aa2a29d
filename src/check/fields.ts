// Named entries (fields of a record, arguments of a call) by name: reports unknown, repeated and unnamed ones once,
// and missing ones where they are asked for.
import { didYouMean, nearestName } from "../diagnostics/did-you-mean.js";
import type { Span } from "../diagnostics/span.js";
import type { Argument, Expr, Field } from "../syntax/ast.js";
import type { Context } from "./context.js";

export interface FieldSchema {
  /** "a tier", "batch", "zipf": whose entries they are. */
  readonly what: string;
  readonly known: readonly string[];
  /** Entries that the language has and Weft does not compile yet, with what to do instead. */
  readonly later?: Readonly<Record<string, string>>;
  /** Reports an unknown name where "unknown-field" is not the code for it. */
  readonly onUnknown?: (name: string, span: Span, suggestion: string) => void;
}

/** Names that a hint lists where there are too many to list all. */
const SHOWN = 8;

export class Fields {
  #hasUnnamed = false;
  /** Names that unknown entries probably mean. */
  readonly #meant = new Set<string>();
  readonly #values = new Map<string, { readonly value: Expr; readonly span: Span }>();

  /** `at` is where a missing entry is reported: the holder's name or head. */
  constructor(
    entries: readonly (Field | Argument)[],
    private readonly schema: FieldSchema,
    private readonly at: Span,
    private readonly context: Context,
  ) {
    for (const { name, value, span } of entries) {
      if (name === undefined) {
        this.#hasUnnamed = true;
        this.#reportUnnamed(value);
      } else if (name.text !== "") this.#enter(name.text, name.span, value, span);
    }
  }

  #enter(name: string, nameSpan: Span, value: Expr, span: Span): void {
    const { what, known, later = {}, onUnknown } = this.schema;
    const { diagnostics } = this.context;
    const first = this.#values.get(name);
    if (first) {
      const advice = "Keep one of the two.";
      diagnostics.report("duplicate-name", nameSpan, { what: "entry", name, advice }, [
        { span: first.span, message: "it was given here first" },
      ]);
    } else if (known.includes(name)) {
      this.#values.set(name, { value, span });
    } else if (Object.hasOwn(later, name)) {
      diagnostics.report("unsupported", nameSpan, {
        what: `"${name}" of ${what}`,
        available: later[name] ?? "",
      });
    } else {
      const meant = nearestName(name, known);
      if (meant !== undefined) this.#meant.add(meant);
      const suggestion =
        known.length === 0
          ? `${what} takes nothing in brackets.`
          : didYouMean(name, known, `Known are ${known.slice(0, SHOWN).join(", ")} and others.`);
      if (onUnknown) onUnknown(name, nameSpan, suggestion);
      else diagnostics.report("unknown-field", nameSpan, { name, what, suggestion });
    }
  }

  #reportUnnamed(value: Expr): void {
    if (value.kind === "Error") return;
    const { what, known } = this.schema;
    const advice =
      known.length === 0
        ? `${what} takes nothing in brackets.`
        : `Write "${known[0] ?? ""}: ..." (${what} knows ${known.join(", ")}).`;
    this.context.diagnostics.report("argument-without-name", value.span, { what, advice });
  }

  get(name: string): Expr | undefined {
    return this.#values.get(name)?.value;
  }

  /** Whether an entry that was refused, for want of a name or for a misspelt one, is probably this one. */
  mayMean(name: string): boolean {
    return this.#hasUnnamed || this.#meant.has(name);
  }

  /** The span of a whole entry, name and value. */
  spanOf(name: string): Span | undefined {
    return this.#values.get(name)?.span;
  }

  /** The entry, or undefined after reporting that it is missing. `example` shows how it may look. */
  require(name: string, example: string): Expr | undefined {
    const found = this.get(name);
    if (!found && !this.mayMean(name))
      this.context.reportAbsence("missing-field", this.at, {
        what: capitalized(this.schema.what),
        name,
        example: `"${name}: ${example}"`,
      });
    return found;
  }
}

/** Reads an entry where it is present: `undefined` for one that is absent or wrong, after reporting what is wrong. */
export function optional<T>(expr: Expr | undefined, read: (expr: Expr) => T | undefined): T | undefined {
  return expr === undefined ? undefined : read(expr);
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
