// What the experts are and what they run on: the model and the cluster that are named, or DeepSeek-V3's on H800.
import { clusterAlone, modelAlone, type Extent } from "../check/alone.js";
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import type { Entry } from "../files.js";
import { deepSeekV3, type LayerPrices } from "../place/index.js";
import type { Machine } from "../plan/index.js";
import type { PricedWith } from "../report/place/report.js";
import { expertSites, sitePrices, type ExpertSite } from "./expert-cost.js";

const MODEL = "weft:models/deepseek-v3";
const CLUSTER = "weft:clusters/h800";

/** Where library files come from; nothing else is read. */
const libraryHost = { read: () => ({ problem: "missing" }) as const };

/** Findings of files that were read on the way. */
export interface Found {
  readonly diagnostics: Diagnostics;
  readonly sources: Source[];
}

export interface NamedFiles {
  readonly model?: Entry | undefined;
  readonly cluster?: Entry | undefined;
}

/** The gates of the model. Undefined after reporting. */
export function sitesOf({ model: entry }: NamedFiles, found: Found): readonly ExpertSite[] | undefined {
  const uri = entry?.uri ?? MODEL;
  const { found: checked, diagnostics, sources } = modelAlone(uri, entry?.host ?? libraryHost);
  take({ diagnostics, sources }, found);
  if (checked === undefined) return undefined;
  const sites = expertSites(checked);
  if (sites.length === 0)
    found.diagnostics.report("no-such-experts", { source: uri, start: 0, end: 0 }, {
      ...{ model: checked.model.name, reason: "it dispatches to none" },
      advice: "Name the model that the loads were recorded from.",
    });
  return sites.length === 0 ? undefined : sites;
}

/** The gate whose experts are as many as those of the loads; of the assumed model any. */
export function siteFor(
  sites: readonly ExpertSite[],
  experts: number,
  { model: entry }: NamedFiles,
  found: Found,
): ExpertSite | undefined {
  const [first] = sites;
  const site = sites.find((each) => each.experts === experts) ?? (entry === undefined ? first : undefined);
  if (site === undefined && entry !== undefined && first !== undefined)
    found.diagnostics.report("no-such-experts", { source: entry.uri, start: 0, end: 0 }, {
      model: first.model,
      reason: `it routes to ${[...new Set(sites.map((each) => String(each.experts)))].join(" or ")} experts, and the loads are of ${String(experts)}`,
      advice: "Name the model that the loads were recorded from, or none.",
    });
  return site;
}

/** The machine at an extent. Undefined after reporting. */
export function machineOf({ cluster: entry }: NamedFiles, extent: Extent, found: Found): Machine | undefined {
  const { found: machine, ...rest } = clusterAlone(entry?.uri ?? CLUSTER, entry?.host ?? libraryHost, extent);
  take(rest, found);
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
      assumed: model === undefined && cluster === undefined,
    },
  };
}

function take(from: { diagnostics: Diagnostics; sources: readonly Source[] }, found: Found): void {
  found.diagnostics.addAll(from.diagnostics.sorted());
  found.sources.push(...from.sources.filter(({ uri }) => !found.sources.some((each) => each.uri === uri)));
}
