// What the tests of the readers have in common: fixtures, and a fault in one line.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isFault, type LoadsFault, type ReadLoads } from "../../../src/importers/loads/index.js";

export const fixturePath = (name: string): string =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
export const fixture = (name: string): string => readFileSync(fixturePath(name), "utf8");

/** What was read, where it was. */
export function loadsOf(read: ReadLoads | LoadsFault): ReadLoads {
  if (isFault(read)) throw new Error(faultOf(read));
  return read;
}

/** "place: reason", or "read". */
export const faultOf = (read: object): string => (isFault(read) ? `${read.place}: ${read.reason}` : "read");
