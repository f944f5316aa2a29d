// What a command comes to, and how that is told: as text for people, as one JSON object, or to other programs in their format.
import { usageCodes } from "../diagnostics/codes/command.js";
import type { Diagnostic } from "../diagnostics/report.js";
import { renderAllGithub } from "../diagnostics/render-github.js";
import { renderJson, type FindSource } from "../diagnostics/render-json.js";
import { renderAllText } from "../diagnostics/render-text.js";
import type { Source } from "../diagnostics/span.js";
import { sarifOf, type Findings } from "../index.js";
import { paletteOf, write } from "./terminal.js";

/** Exit codes of every command. */
export const exitCodes = {
  yes: 0,
  inputAtFault: 1,
  commandLineAtFault: 2,
  planWrong: 3,
  weftAtFault: 70,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Diagnostics as they are shown: with the paths that the user knows. */
export interface Shown {
  readonly diagnostics: readonly Diagnostic[];
  /** Diagnostics beyond the limit. */
  readonly omitted: number;
  readonly sources: readonly Source[];
}

export interface Outcome extends Shown {
  readonly exit: ExitCode;
  /** Further fields of the JSON object. */
  readonly fields?: object;
  /** The result as text, for the standard output. */
  readonly result?: string;
  /** A word to the user beside the text. */
  readonly notice?: string;
}

/** How an outcome is told: as text, as one JSON object, as a SARIF log, or as GitHub's workflow commands. */
export type Format = "text" | "json" | "sarif" | "github";

/** Findings with each uri replaced by the path that the user knows. */
export function shown(
  { diagnostics, sources }: Findings,
  path: (uri: string) => string = (uri) => uri,
): Shown {
  const moved = <T extends { readonly span: Diagnostic["span"] }>(each: T): T => ({
    ...each,
    span: { ...each.span, source: path(each.span.source) },
  });
  return {
    diagnostics: diagnostics.sorted().map((each) => {
      const related = each.related?.map(moved);
      return { ...moved(each), ...(related === undefined ? {} : { related }) };
    }),
    omitted: diagnostics.omitted,
    sources: sources.map(({ uri, text }) => ({ uri: path(uri), text })),
  };
}

/** Who is at fault, by the errors alone: the command line only where no error is about anything else. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return exitCodes.yes;
  return errors.every(({ code }) => usageCodes.has(code))
    ? exitCodes.commandLineAtFault
    : exitCodes.inputAtFault;
}

/** Prints an outcome; gives the exit code. */
export async function tell(command: string, outcome: Outcome, format: Format): Promise<ExitCode> {
  const find: FindSource = (uri) => outcome.sources.find((each) => each.uri === uri);
  const { diagnostics, omitted, notice = "", result = "" } = outcome;
  switch (format) {
    case "json":
      await write(process.stdout, jsonText(jsonObject(command, outcome, find)));
      break;
    case "sarif":
      await write(process.stdout, jsonText(await sarifOf(diagnostics, find, omitted)));
      break;
    case "github":
      await write(process.stdout, renderAllGithub(diagnostics, find, omitted));
      await write(process.stderr, notice);
      break;
    case "text": {
      const text = renderAllText(diagnostics, find, paletteOf(process.stderr), omitted);
      await write(process.stderr, text + (text !== "" && notice !== "" ? "\n" : "") + notice);
      await write(process.stdout, result);
      break;
    }
    default:
      format satisfies never;
  }
  return outcome.exit;
}

const jsonText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function jsonObject(command: string, outcome: Outcome, find: FindSource): object {
  return {
    format: `weft.${command}/1`,
    ok: outcome.exit === exitCodes.yes,
    diagnostics: outcome.diagnostics.map((each) => renderJson(each, find)),
    ...(outcome.omitted > 0 ? { diagnostics_omitted: outcome.omitted } : {}),
    ...outcome.fields,
  };
}
