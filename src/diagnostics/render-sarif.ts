// Diagnostics as a SARIF 2.1.0 log, which code scanning services and editors read. Positions count UTF-16 units, as everywhere
// in Weft, and files stand relative to the folder that weft was started in.
import type { ArtifactLocation, Location, Log, Region, ReportingDescriptor, Result } from "sarif";
import type { Code } from "./codes.js";
import type { FindSource } from "./render-json.js";
import type { Diagnostic, Related } from "./report.js";
import { ruleOf } from "./sarif-rule.js";
import { positionAt, type Span } from "./span.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const ROOT = "%SRCROOT%";

/** What a log says of the tool and of the run beside its diagnostics. */
export interface SarifRun {
  readonly version: string;
  /** The page of each code. */
  readonly pages: Readonly<Record<Code, string>>;
  /** Diagnostics beyond the limit. */
  readonly omitted: number;
}

/** One run with a result for each diagnostic, and a rule for each code among them. */
export function renderSarif(diagnostics: readonly Diagnostic[], findSource: FindSource, run: SarifRun): Log {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const rules: ReportingDescriptor[] = codes.map((code) => ruleOf(code, run.pages[code]));
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "weft", version: run.version, semanticVersion: run.version, rules } },
        columnKind: "utf16CodeUnits",
        newlineSequences: ["\r\n", "\n", "\r"],
        originalUriBaseIds: { [ROOT]: { description: { text: "The folder that weft was started in." } } },
        invocations: [
          {
            executionSuccessful: true,
            ...(run.omitted > 0
              ? { toolExecutionNotifications: [{ message: { text: `... and ${run.omitted} more` } }] }
              : {}),
          },
        ],
        results: diagnostics.map((each) => resultOf(each, codes.indexOf(each.code), findSource)),
      },
    ],
  };
}

/** The hint is part of the message, since many readers show nothing else, and for programs a property. */
function resultOf(diagnostic: Diagnostic, ruleIndex: number, findSource: FindSource): Result {
  const { code, severity, message, hint, span, related = [] } = diagnostic;
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: `${message}\n\nHint: ${hint}` },
    locations: [locationOf(span, findSource)],
    ...(related.length > 0
      ? { relatedLocations: related.map((each, id) => relatedLocation(each, id, findSource)) }
      : {}),
    properties: { hint },
  };
}

const relatedLocation = ({ span, message }: Related, id: number, findSource: FindSource): Location => ({
  id,
  ...locationOf(span, findSource),
  message: { text: message },
});

function locationOf(span: Span, findSource: FindSource): Location {
  // The text of an option is its own place.
  if (span.source.startsWith("--"))
    return { logicalLocations: [{ fullyQualifiedName: span.source, kind: "parameter" }] };
  const artifactLocation = artifactOf(span.source);
  const region = regionOf(span, findSource);
  return { physicalLocation: { artifactLocation, ...(region === undefined ? {} : { region }) } };
}

/** Library files have a uri of their own; a path becomes a reference relative to the root. */
function artifactOf(path: string): ArtifactLocation {
  if (path.startsWith("weft:")) return { uri: path };
  // `encodeURI` keeps what has a meaning in a uri; in a path these are letters like others.
  const uri = encodeURI(path.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/[?#]/g, encodeURIComponent);
  // Before the first slash a colon would end a scheme.
  return { uri: /^[^/]*:/.test(uri) ? `./${uri}` : uri, uriBaseId: ROOT };
}

/** Nothing where the file could not be read. */
function regionOf({ source, start, end }: Span, findSource: FindSource): Region | undefined {
  const found = findSource(source);
  if (found === undefined) return undefined;
  const [from, to] = [positionAt(found, start), positionAt(found, end)];
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: from.offset,
    charLength: to.offset - from.offset,
    snippet: { text: found.text.slice(from.offset, to.offset) },
  };
}
