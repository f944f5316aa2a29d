// Reads what an exchange is made from: traffic of any content, and the cluster at the size that the traffic has.
import { clusterOfSize } from "../check/cluster-of-size.js";
import { reportUnreadable } from "../check/unreadable.js";
import { LIBRARY_SCHEME } from "../check/uri.js";
import type { Diagnostic, Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import { openEntry, readPlanText, type Entry } from "../files.js";
import {
  isTrafficFault,
  parseTraffic,
  trafficOf,
  type Traffic,
  type TrafficFault,
} from "../importers/traffic/index.js";
import type { Machine } from "../plan/index.js";
import type { ExchangeOptions } from "./options.js";

/** Findings of files that were read on the way. */
export interface Found {
  readonly diagnostics: Diagnostics;
  readonly sources: Source[];
}

/** A file of traffic with what it holds. */
export interface ReadTraffic {
  readonly traffic: Traffic;
  readonly source: Source;
}

/** Undefined after reporting. */
export function readTraffic({ traffic: given }: ExchangeOptions, found: Found): ReadTraffic | undefined {
  if (typeof given !== "string") return judged(trafficOf(given), { uri: "the traffic", text: "" }, found);
  // As it was typed: files of one name in several folders are told apart.
  const uri = given === "-" ? "<stdin>" : given;
  const read = readPlanText(given);
  if (!("text" in read)) {
    reportUnreadable(read, uri, { source: uri, start: 0, end: 0 }, found.diagnostics, "the working folder");
    return undefined;
  }
  return judged(parseTraffic(read.text), { uri, text: read.text }, found);
}

function judged(read: Traffic | TrafficFault, source: Source, found: Found): ReadTraffic | undefined {
  if (!isTrafficFault(read)) return { traffic: read, source };
  reportTraffic(read, source, found);
  return undefined;
}

/** Reports what is wrong with a file of traffic, at its place where that is known. */
export function reportTraffic(fault: TrafficFault, source: Source, { diagnostics, sources }: Found): void {
  const { place, reason, hint: advice, start, end } = fault;
  diagnostics.report(
    "malformed-traffic",
    { source: source.uri, start, end },
    { path: source.uri, place, reason, advice },
  );
  // Without a place in it, a file of any size is not shown.
  if (end > 0) sources.push(source);
}

/** The cluster with as many GPUs as exchange. Undefined after reporting. */
export function machineOf(ranks: number, options: ExchangeOptions, found: Found): Machine | undefined {
  const { cluster: path, nodeSize, overrides = [] } = options;
  const { uri, host, shown } = opened(path);
  const { found: machine, misfit, ...rest } = clusterOfSize(uri, host, { gpus: ranks, nodeSize, overrides });
  take(rest, shown, found);
  if (misfit === undefined) return machine;
  if (!found.diagnostics.hasErrors)
    found.diagnostics.report(
      "traffic-not-of-cluster",
      { source: path, start: 0, end: 0 },
      { ...misfit, ranks },
    );
  return undefined;
}

/** A file that an option names, or one of the library, which imports nothing from elsewhere. */
function opened(path: string): Pick<Entry, "uri" | "host" | "shown"> {
  if (!path.startsWith(LIBRARY_SCHEME)) return openEntry(path);
  return { uri: path, host: { read: () => ({ problem: "missing" }) }, shown: (uri) => uri };
}

/** Keeps what was found, by the paths that the user knows. */
function take(
  { diagnostics, sources }: { readonly diagnostics: Diagnostics; readonly sources: readonly Source[] },
  shown: Entry["shown"],
  found: Found,
): void {
  const moved = <T extends { readonly span: Diagnostic["span"] }>(each: T): T => ({
    ...each,
    span: { ...each.span, source: shown(each.span.source) },
  });
  for (const each of diagnostics.sorted()) {
    const related = each.related?.map(moved);
    found.diagnostics.add({ ...moved(each), ...(related === undefined ? {} : { related }) });
  }
  found.sources.push(...sources.map(({ uri, text }) => ({ uri: shown(uri), text })));
}
