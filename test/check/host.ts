// A host over texts in memory.
import type { Host, ReadResult } from "../../src/check/host.js";

/** Files by uri; a value that is no string is what reading it gives. */
export function memoryHost(files: Readonly<Record<string, string | ReadResult>>): Host {
  return {
    read(uri) {
      const found = files[uri];
      if (found === undefined) return { problem: "missing" };
      return typeof found === "string" ? { text: found } : found;
    },
  };
}
