// Says why a file could not be read, whatever it should have held.
import type { Diagnostics } from "../diagnostics/report.js";
import type { Span } from "../diagnostics/span.js";
import type { ReadResult } from "./host.js";

/** Reports at `span` that the file shown as `path` cannot be read. `start`: what its path is relative to. */
export function reportUnreadable(
  result: Exclude<ReadResult, { readonly text: string }>,
  path: string,
  span: Span,
  diagnostics: Diagnostics,
  start = "the file that names them",
): void {
  switch (result.problem) {
    case "missing":
      diagnostics.report("missing-file", span, { path, start });
      return;
    case "folder":
      diagnostics.report("not-a-file", span, { path });
      return;
    case "unreadable":
      diagnostics.report("unreadable-file", span, { path, reason: result.reason });
      return;
    case "binary":
      diagnostics.report("binary-file", span, { path, offset: result.offset, problem: result.reason });
      return;
    case "compressed":
      diagnostics.report("compressed-file", span, { path });
      return;
    case "too_large":
      diagnostics.report("file-too-large", span, { path, bytes: result.bytes, limit: result.limit });
      return;
    default:
      return result satisfies never;
  }
}
