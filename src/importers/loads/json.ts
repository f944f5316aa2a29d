// JSON as Python writes it, within limits: of a text that is none, the fault tells the line and column.
import { Unreadable } from "./fault.js";

/** What Python's json module writes for what JSON has no number for. They are read as these words. */
export const NOT_NUMBERS: readonly string[] = ["NaN", "Infinity", "-Infinity"];

/** Parses a text. Words of `NOT_NUMBERS` become strings, so that whoever wants a number there can say where they stand. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parsePythonJson(text);
  }
}

function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/(?<![\w"])-?(?:NaN|Infinity)\b(?!")/g, '"$&"'));
  } catch {
    throw new Unreadable("the file", "it is not JSON", "Check that it was written to its end.");
  }
}
