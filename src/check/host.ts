// What check asks of its surroundings: the text behind a uri. The command line reads files, tests read records,
// the language server reads editors; check itself touches no file system.

export type ReadResult =
  | { readonly text: string }
  | { readonly problem: "missing" }
  | { readonly problem: "folder" }
  | { readonly problem: "unreadable"; readonly reason: string }
  /** `reason` completes "byte 17 ...", such as "begins no UTF-8 character". */
  | { readonly problem: "binary"; readonly offset: number; readonly reason: string }
  | { readonly problem: "compressed" }
  | { readonly problem: "too_large"; readonly bytes: number; readonly limit: number };

/** Schedule files are small; measurements may be large. */
export type TextKind = "source" | "measurements";

export interface Host {
  /** Reads a uri relative to the entry file's folder, with forward slashes. Library uris (`weft:`) never arrive here. */
  read(uri: string, kind?: TextKind): ReadResult;
}
