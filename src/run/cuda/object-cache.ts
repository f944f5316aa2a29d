// Objects of earlier builds, by a hash of everything that they depend on. Several processes may use the cache at once: files
// appear under their names only when they are whole.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Beyond this the objects that nobody has used for longest go. */
const MOST_BYTES = 512 * 2 ** 20;

export class ObjectCache {
  constructor(
    readonly folder: string,
    readonly mostBytes = MOST_BYTES,
  ) {}

  /** The user's cache; undefined where there is none that can be written. */
  static ofUser(): ObjectCache | undefined {
    const { XDG_CACHE_HOME } = process.env;
    const base =
      XDG_CACHE_HOME === undefined || XDG_CACHE_HOME === "" ? join(homedir(), ".cache") : XDG_CACHE_HOME;
    const folder = join(base, "weft", "objects");
    try {
      mkdirSync(folder, { recursive: true });
      return new ObjectCache(folder);
    } catch {
      return undefined;
    }
  }

  /** The object of a key, if it is there. */
  find(key: string): string | undefined {
    const path = this.#path(key);
    try {
      // Whoever clears up sees that it is in use.
      const now = statSync(path).atimeMs / 1e3;
      utimesSync(path, now, now);
      return path;
    } catch {
      return undefined;
    }
  }

  /** Where an object is to be written before it is kept; no other process writes there. */
  pathForNew(key: string): string {
    return `${this.#path(key)}.${process.pid}.tmp`;
  }

  /** Gives a written object its name. */
  keep(key: string): string {
    renameSync(this.pathForNew(key), this.#path(key));
    return this.#path(key);
  }

  /** Removes what exceeds the bound, the objects that were used longest ago first; never those of the keys. */
  trim(keys: ReadonlySet<string>): void {
    const files = readdirSync(this.folder).flatMap((name) => {
      const path = join(this.folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined ? [] : [{ name, path, bytes: stat.size, used: stat.mtimeMs }];
    });
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { name, path, bytes } of files.sort((a, b) => a.used - b.used)) {
      if (total <= this.mostBytes) return;
      if (keys.has(name.replace(/\.o.*$/, ""))) continue;
      rmSync(path, { force: true });
      total -= bytes;
    }
  }

  #path(key: string): string {
    return join(this.folder, `${key}.o`);
  }
}
