// What the experts are and what they run on: the model and the cluster that are named, or DeepSeek-V3's on H800.
import { clusterAlone, modelAlone, type Extent } from "../check/alone.js";
import { LIBRARY_SCHEME } from "../check/uri.js";
import type { Diagnostics } from "../diagnostics/report.js";
import type { Diagnostic } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import { openEntry, type Entry } from "../files.js";
import { deepSeekV3, type LayerPrices } from "../place/index.js";
import type { Machine } from "../plan/index.js";
import type { PricedWith } from "../report/place/report.js";
import { expertSites, sitePrices, type ExpertSite } from "./expert-cost.js";

const MODEL = "weft:models/deepseek-v3";
const CLUSTER = "weft:clusters/h800";

/** A file that an option names, or one of the library, which imports nothing from elsewhere. */
function opened(path: string): Pick<Entry, "uri" | "host" | "shown"> {
  if (!path.startsWith(LIBRARY_SCHEME)) return openEntry(path);
  return { uri: path, host: { read: () => ({ problem: "missing" }) }, shown: (uri) => uri };
}

/** Findings of files that were read on the way. */
export interface Found {
  readonly diagnostics: Diagnostics;
  readonly sources: Source[];
}

export interface NamedFiles {
  readonly model?: string | undefined;
  readonly cluster?: string | undefined;
}

/** The gates of the model. Undefined after reporting. */
export function sitesOf(
  { model: path = MODEL }: NamedFiles,
  found: Found,
): readonly ExpertSite[] | undefined {
  const { uri, host, shown } = opened(path);
  const { found: checked, ...rest } = modelAlone(uri, host);
  take(rest, shown, found);
  if (checked === undefined) return undefined;
  const sites = expertSites(checked);
  if (sites.length === 0)
    found.diagnostics.report(
      "no-such-experts",
      { source: path, start: 0, end: 0 },
      {
        ...{ model: checked.model.name, reason: "it dispatches to none" },
        advice: "Name the model that the loads were recorded from.",
      },
    );
  return sites.length === 0 ? undefined : sites;
}

/** The gate whose experts are as many as those of the loads; of the assumed model any. */
export function siteFor(
  sites: readonly ExpertSite[],
  experts: number,
  { model: path }: NamedFiles,
  found: Found,
): ExpertSite | undefined {
  const [first] = sites;
  const site = sites.find((each) => each.experts === experts) ?? (path === undefined ? first : undefined);
  if (site === undefined && path !== undefined && first !== undefined)
    found.diagnostics.report(
      "no-such-experts",
      { source: path, start: 0, end: 0 },
      {
        model: first.model,
        reason: `it routes to ${[...new Set(sites.map((each) => String(each.experts)))].join(" or ")} experts, and the loads are of ${String(experts)}`,
        advice: "Name the model that the loads were recorded from, or none.",
      },
    );
  return site;
}

/** The machine at an extent. Undefined after reporting. */
export function machineOf(
  { cluster: path = CLUSTER }: NamedFiles,
  extent: Extent,
  found: Found,
): Machine | undefined {
  const { uri, host, shown } = opened(path);
  const { found: machine, ...rest } = clusterAlone(uri, host, extent);
  take(rest, shown, found);
  return machine;
}

export interface Priced {
  readonly prices: LayerPrices;
  readonly pricedWith: PricedWith;
}

export function pricesFor(
  site: ExpertSite,
  machine: Machine,
  { model, cluster }: NamedFiles,
  tokensPerGpu = deepSeekV3.tokensPerGpu,
): Priced {
  return {
    prices: sitePrices(site, machine, tokensPerGpu),
    pricedWith: {
      ...{ model: site.model, cluster: machine.name, tokens_per_gpu: tokensPerGpu },
      precision: { weights: deepSeekV3.weights, dispatch: deepSeekV3.dispatch, combine: deepSeekV3.combine },
      assumed: model === undefined && cluster === undefined,
    },
  };
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
