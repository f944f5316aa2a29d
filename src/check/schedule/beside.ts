// A file that a schedule names in quotes: it stands beside the file that names it.
import type { Expr } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import type { TextKind } from "../host.js";
import { readText } from "../load.js";
import { isAbsolutePath, resolveUri } from "../uri.js";

export interface FileBeside {
  /** From the entry file's folder. */
  readonly uri: string;
  readonly text: string;
}

/** Reads it; undefined after reporting why it cannot be read. */
export function readBeside(
  { value: path, span }: Extract<Expr, { kind: "String" }>,
  kind: TextKind,
  context: Context,
): FileBeside | undefined {
  if (isAbsolutePath(path)) {
    context.diagnostics.report("absolute-import", span, { path });
    return undefined;
  }
  // An option stands in no folder: its paths start where the entry file's do.
  const importer = span.source.startsWith("--set ") ? "" : span.source;
  const uri = resolveUri(importer, path);
  const text = readText(uri, span, context.host, context.diagnostics, kind);
  return text === undefined ? undefined : { uri, text };
}
