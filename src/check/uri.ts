// Uris of sources: paths relative to the entry file's folder, or `weft:...`. They never become absolute.

export const LIBRARY_SCHEME = "weft:";

/** True for paths that depend on where the files lie: `/a`, `C:/a`, `file:///a`. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/\\~]|[A-Za-z]:[/\\]|[A-Za-z][\w+.-]+:)/.test(path) && !path.startsWith(LIBRARY_SCHEME);
}

/** The uri that `path` means in the file `importer`. */
export function resolveUri(importer: string, path: string): string {
  if (path.startsWith(LIBRARY_SCHEME)) return path;
  const scheme = importer.startsWith(LIBRARY_SCHEME) ? LIBRARY_SCHEME : "";
  const folder = importer.slice(scheme.length).split("/").slice(0, -1);
  return scheme + normalize([...folder, ...path.split("/")]).join("/");
}

function normalize(segments: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === "" || segment === ".") continue;
    if (segment === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else kept.push(segment);
  }
  return kept;
}
