// Mistakes of the command line, as diagnostics like all others.
import type { Code, Params } from "../diagnostics/codes.js";
import { diagnostic } from "../diagnostics/report.js";
import { exitCodes, type Outcome } from "./outcome.js";

/** Thrown where a command line cannot be carried out. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(readonly outcome: Outcome) {
    super("the command line is at fault");
  }
}

/** A mistake of the argument that reads `text`. */
export function usageError<C extends Code>(code: C, text: string, params: Params<C>): UsageError {
  const diagnostics = [diagnostic(code, { source: text, start: 0, end: 0 }, params)];
  return new UsageError({ exit: exitCodes.commandLineAtFault, diagnostics, omitted: 0, sources: [] });
}

/** For options that name a random sequence. */
export function seedOf(option: string, text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw usageError("wrong-arguments", `${option} ${text}`, {
    problem: `${option} takes a whole number, not "${text}"`,
    advice: `Write ${option} 1, for example.`,
  });
}
