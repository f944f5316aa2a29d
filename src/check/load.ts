// Follows imports from the entry file. Gives every file once, parsed, in the order in which it is first named.
import { didYouMean } from "../diagnostics/did-you-mean.js";
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source, Span } from "../diagnostics/span.js";
import { library } from "../library/index.js";
import type { File } from "../syntax/ast.js";
import { parse } from "../syntax/parse.js";
import type { Host, TextKind } from "./host.js";
import { reportUnreadable } from "./unreadable.js";
import { isAbsolutePath, LIBRARY_SCHEME, resolveUri } from "./uri.js";

export interface LoadedFile {
  readonly source: Source;
  readonly file: File;
}

export interface Loaded {
  /** The entry first. */
  readonly files: readonly LoadedFile[];
  /** Uris of files with syntax errors. */
  readonly broken: ReadonlySet<string>;
  /** Whether a file could not be read. */
  readonly lacksFiles: boolean;
}

export function load(entry: string, host: Host, diagnostics: Diagnostics): Loaded {
  return new Loader(host, diagnostics).load(entry);
}

class Loader {
  readonly #files: LoadedFile[] = [];
  readonly #broken = new Set<string>();
  readonly #seen = new Set<string>();
  #lacksFiles = false;

  constructor(
    private readonly host: Host,
    private readonly diagnostics: Diagnostics,
  ) {}

  load(entry: string): Loaded {
    this.#visit(entry, { source: entry, start: 0, end: 0 }, []);
    return { files: this.#files, broken: this.#broken, lacksFiles: this.#lacksFiles };
  }

  /** `importers` are the files that are being read, the entry first. */
  #visit(uri: string, importedAt: Span, importers: readonly string[]): void {
    if (importers.includes(uri)) {
      const cycle = [...importers.slice(importers.indexOf(uri)), uri].join(" -> ");
      this.diagnostics.report("import-cycle", importedAt, { cycle });
      return;
    }
    if (this.#seen.has(uri)) return;
    this.#seen.add(uri);
    const text = readText(uri, importedAt, this.host, this.diagnostics);
    if (text === undefined) {
      this.#lacksFiles = true;
      return;
    }
    const source = { uri, text };
    const { file, diagnostics } = parse(source);
    this.diagnostics.addAll(diagnostics);
    if (diagnostics.some((each) => each.severity === "error")) this.#broken.add(uri);
    this.#files.push({ source, file });
    if (text.trim() === "") this.diagnostics.report("empty-file", importedAt, { path: uri });
    for (const { path } of file.imports) this.#follow(uri, path.value, path.span, [...importers, uri]);
  }

  #follow(importer: string, path: string, span: Span, importers: readonly string[]): void {
    if (isAbsolutePath(path)) {
      this.diagnostics.report("absolute-import", span, { path });
      this.#lacksFiles = true;
    } else {
      this.#visit(resolveUri(importer, path), span, importers);
    }
  }
}

/** Reads a file of the library or of the host; reports at `span` where that fails. `typed`: the path that an option gave. */
export function readText(
  uri: string,
  span: Span,
  host: Host,
  diagnostics: Diagnostics,
  kind: TextKind = "source",
  typed?: string,
): string | undefined {
  if (uri.startsWith(LIBRARY_SCHEME)) {
    const text = library.get(uri);
    if (text === undefined) {
      const suggestion = didYouMean(uri, library.keys(), `Known here: ${[...library.keys()].join(", ")}.`);
      diagnostics.report("unknown-library", span, { path: uri, suggestion });
    }
    return text;
  }
  const result = host.read(uri, kind);
  if ("text" in result) return result.text;
  if (typed === undefined) reportUnreadable(result, uri, span, diagnostics);
  else reportUnreadable(result, typed, span, diagnostics, "the working folder");
  return undefined;
}
