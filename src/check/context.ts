// What every part of check shares: where to report, which sources there are, and which of them were not read whole,
// so that one mistake is not reported again as its consequences.
import type { Diagnostics } from "../diagnostics/report.js";
import type { Code, Params } from "../diagnostics/codes.js";
import type { Source, Span } from "../diagnostics/span.js";
import type { Span as PlanSpan } from "../plan/types.gen.js";
import type { Host } from "./host.js";
import { indexedSpan } from "./program.js";

export class Context {
  constructor(
    readonly diagnostics: Diagnostics,
    readonly host: Host,
    readonly sources: readonly Source[],
    /** Uris of sources with syntax errors. */
    private readonly broken: ReadonlySet<string>,
    /** Whether an import could not be followed, so that any declaration may be elsewhere. */
    readonly lacksFiles: boolean,
  ) {}

  /** Reports that something is absent, unless a syntax error in that file may have swallowed it. */
  reportAbsence<C extends Code>(code: C, span: Span, params: Params<C>): void {
    if (!this.broken.has(span.source)) this.diagnostics.report(code, span, params);
  }

  /** Whether a source with syntax errors binds this name somewhere in its text, perhaps in a line that was skipped. */
  mayBeBound(uri: string, name: string): boolean {
    if (!this.broken.has(uri)) return false;
    const text = this.sources.find((each) => each.uri === uri)?.text ?? "";
    return new RegExp(`\\b${name}\\b\\s*=|\\b(?:model|cluster|block|op)\\s+${name}\\b`).test(text);
  }

  /** Whether a declaration may stand in a file that could not be read. */
  mayBeDeclared(name: string): boolean {
    return this.lacksFiles || this.sources.some(({ uri }) => this.mayBeBound(uri, name));
  }

  /** The span as plans write it. */
  planSpan(span: Span): PlanSpan {
    return indexedSpan(this.sources, span);
  }
}
