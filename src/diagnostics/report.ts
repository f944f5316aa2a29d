// Diagnostics and their collector. A diagnostic is a value; how it is shown is decided by the render-*.ts files.
import { codes, type Code, type Params } from "./codes.js";
import type { Severity } from "./define.js";
import type { ParamMessage, ParamValue } from "./param-message.js";
import type { Span } from "./span.js";

/** A second place that explains the first, such as where a bracket was expected to close. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  readonly span: Span;
  readonly label?: string;
  readonly related?: readonly Related[];
}

/** More errors than this help nobody; the collector counts what it leaves out. */
export const DIAGNOSTICS_LIMIT = 200;

type AnyTemplate = ParamMessage<string>;

/** Collects the diagnostics of one run. Exact repetitions are kept once. */
export class Diagnostics {
  readonly #kept: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  readonly #limit: number;
  #errors = 0;
  #omitted = 0;

  constructor(limit = DIAGNOSTICS_LIMIT) {
    this.#limit = limit;
  }

  /** Reports a code at a place. The parameters are those that its templates name, checked by the compiler. */
  report<C extends Code>(code: C, span: Span, params: Params<C>, related: readonly Related[] = []): void {
    this.add(diagnostic(code, span, params, related));
  }

  add(diagnostic: Diagnostic): void {
    const { code, message, span } = diagnostic;
    const key = JSON.stringify([code, span.source, span.start, span.end, message]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (diagnostic.severity === "error") this.#errors += 1;
    if (this.#kept.length < this.#limit) this.#kept.push(diagnostic);
    else this.#omitted += 1;
  }

  addAll(diagnostics: Iterable<Diagnostic>): void {
    for (const each of diagnostics) this.add(each);
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  /** How many were reported beyond the limit and are not kept. */
  get omitted(): number {
    return this.#omitted;
  }

  /** By source, then place, then code; independent of the order in which they were reported. */
  sorted(): readonly Diagnostic[] {
    return [...this.#kept].sort(
      (a, b) =>
        compareText(a.span.source, b.span.source) ||
        a.span.start - b.span.start ||
        compareText(a.code, b.code) ||
        a.span.end - b.span.end ||
        compareText(a.message, b.message),
    );
  }
}

/** Builds a diagnostic without collecting it. */
export function diagnostic<C extends Code>(
  code: C,
  span: Span,
  params: Params<C>,
  related: readonly Related[] = [],
): Diagnostic {
  const definition = codes[code] as {
    readonly severity: Severity;
    readonly message: AnyTemplate;
    readonly hint: AnyTemplate;
    readonly label?: AnyTemplate;
  };
  const values: Readonly<Record<string, ParamValue>> = params;
  return {
    code,
    severity: definition.severity,
    message: definition.message(values),
    hint: definition.hint(values),
    span,
    ...(definition.label ? { label: definition.label(values) } : {}),
    ...(related.length > 0 ? { related } : {}),
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
