// Reads what a placement is made from: files of any content. Each fault is a diagnostic at its file.
import { reportUnreadable } from "../check/unreadable.js";
import type { Diagnostics } from "../diagnostics/report.js";
import { readPlanText } from "../files.js";
import {
  isFault,
  parseLoads,
  readLoadsFile,
  type LoadsFault,
  type ReadLoads,
} from "../importers/loads/index.js";
import { parseConstraints, type PlacementConstraints } from "../importers/placement-constraints.js";
import type { Input, Matrix } from "./options.js";

/** As it was typed: files of one name in several folders are told apart. */
export const shownInput = (path: string): string => (path === "-" ? "<stdin>" : path);

/** Windows of all inputs, one after the other. Undefined after reporting. */
export function readAllLoads(
  inputs: readonly Input<Matrix>[],
  experts: number | undefined,
  diagnostics: Diagnostics,
): ReadLoads | undefined {
  let all: ReadLoads | undefined;
  for (const input of inputs) {
    const read = typeof input === "string" ? ofFile(input, experts, diagnostics) : ofMatrix(input);
    if (read === undefined) return undefined;
    const fault = isFault(read) ? read : all === undefined ? undefined : shapeFault(all, read);
    if (fault !== undefined)
      reportFault(typeof input === "string" ? shownInput(input) : "the loads", fault, diagnostics);
    if (fault !== undefined || isFault(read)) return undefined;
    all = all === undefined ? read : joined(all, read);
  }
  return all;
}

function ofFile(
  path: string,
  experts: number | undefined,
  diagnostics: Diagnostics,
): ReadLoads | LoadsFault | undefined {
  const options = experts === undefined ? {} : { experts };
  if (path !== "-") return readLoadsFile(path, options);
  const text = readText(path, diagnostics);
  return text === undefined ? undefined : parseLoads(text, options);
}

/** What a program gives is judged like a file. */
const ofMatrix = (matrix: Matrix): ReadLoads | LoadsFault =>
  parseLoads(
    JSON.stringify(matrix, (_, each: unknown) =>
      typeof each === "number" && !Number.isFinite(each) ? String(each) : each,
    ),
  );

function shapeFault(
  { windows: [first] }: ReadLoads,
  { windows: [other] }: ReadLoads,
): LoadsFault | undefined {
  const shape = (window: Matrix | undefined): string =>
    `${String(window?.length ?? 0)} layers of ${String(window?.[0]?.length ?? 0)} experts`;
  if (shape(first) === shape(other)) return undefined;
  return {
    place: "its first window",
    reason: `it has ${shape(other)}, and the windows before it have ${shape(first)}`,
    hint: "Name files of one model.",
  };
}

function joined(one: ReadLoads, other: ReadLoads): ReadLoads {
  const { tokens: _, topK: __, ...rest } = one;
  const windows = [...one.windows, ...other.windows];
  if (one.topK !== other.topK || one.topK === undefined) return { ...rest, windows };
  if (one.tokens === undefined || other.tokens === undefined) return { ...rest, windows, topK: one.topK };
  const tokens = one.tokens.map((own, layer) => Int32Array.from([...own, ...other.tokens![layer]!]));
  return { ...rest, windows, topK: one.topK, tokens };
}

export function readConstraints(path: string, diagnostics: Diagnostics): PlacementConstraints | undefined {
  return readJson(path, parseConstraints, diagnostics);
}

/** What `parse` makes of a file. Undefined after reporting. */
export function readJson<T extends object>(
  path: string,
  parse: (text: string) => T | LoadsFault,
  diagnostics: Diagnostics,
): T | undefined {
  const text = readText(path, diagnostics);
  if (text === undefined) return undefined;
  const parsed = parse(text);
  if (!isFault(parsed)) return parsed;
  reportFault(shownInput(path), parsed, diagnostics);
  return undefined;
}

function readText(path: string, diagnostics: Diagnostics): string | undefined {
  const shown = shownInput(path);
  const read = readPlanText(path);
  if ("text" in read) return read.text;
  reportUnreadable(read, shown, { source: shown, start: 0, end: 0 }, diagnostics, "the working folder");
  return undefined;
}

export function reportFault(
  path: string,
  { place, reason, hint: advice }: LoadsFault,
  diagnostics: Diagnostics,
): void {
  const span = { source: path, start: 0, end: 0 };
  diagnostics.report("malformed-placement-input", span, { path, place, reason, advice });
}
