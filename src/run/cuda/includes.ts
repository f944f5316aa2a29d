// Which files of a program a source includes, directly and through others: what its object depends on besides itself.

/** A program's files by path. */
export type Files = ReadonlyMap<string, string>;

/** Finds what sources include among a program's files. Includes of the system's headers are not followed. */
export class Includes {
  readonly #direct = new Map<string, readonly string[]>();

  /** `folders`: where includes are looked for, in order; those in quotes beside the including file first. */
  constructor(
    readonly files: Files,
    readonly folders: readonly string[],
  ) {}

  /** Paths of the source and all that it includes, in order of their names. */
  closure(source: string): readonly string[] {
    const found = new Set([source]);
    for (const path of found) for (const each of this.#includedBy(path)) found.add(each);
    return [...found].sort();
  }

  #includedBy(path: string): readonly string[] {
    let known = this.#direct.get(path);
    if (known === undefined) {
      const own = path.slice(0, path.lastIndexOf("/") + 1);
      const names = (this.files.get(path) ?? "").matchAll(/^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]/gm);
      known = [...names].flatMap(([, quote, name = ""]) => {
        const candidates = [...(quote === '"' ? [own] : []), ...this.folders].map((folder) =>
          join(folder, name),
        );
        return candidates.find((each) => this.files.has(each)) ?? [];
      });
      this.#direct.set(path, known);
    }
    return known;
  }
}

/** Paths here use `/`, whatever the system, and have no dots in them. */
const join = (folder: string, name: string): string =>
  (folder === "" || folder.endsWith("/") ? folder : `${folder}/`) + name;
