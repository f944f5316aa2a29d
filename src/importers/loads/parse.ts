// Which format a text of loads has, and its reader.
import { orFault, Unreadable, type LoadsFault } from "./fault.js";
import { parseJson } from "./json.js";
import type { ReadLoads } from "./loads.js";
import { readMatrix } from "./matrix.js";

/** Loads of a text that is already in memory, in any of the formats. */
export function parseLoads(text: string): ReadLoads | LoadsFault {
  return orFault(() => {
    if (text.trim() === "")
      throw new Unreadable("the file", "it is empty", "Write a JSON matrix tokens[layer][expert].");
    const data = parseJson(text);
    if (Array.isArray(data)) return readMatrix(data as readonly unknown[]);
    throw new Unreadable(
      "the file",
      "it holds no loads that Weft knows",
      "Write a JSON matrix tokens[layer][expert].",
    );
  });
}
