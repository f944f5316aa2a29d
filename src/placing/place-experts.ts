// Placement alone: loads of any system in, a placement of every layer out, priced and beside what the usual rule gives.
import { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import type { PlacementConstraints } from "../importers/placement-constraints.js";
import { gpusOf, placeFaults, type PlaceFault, type PlaceProblem } from "../place/index.js";
import { reportPlacement, type PlacementReport } from "../report/place/report.js";
import { readAllLoads, readConstraints } from "./files.js";
import { gateOf } from "./gate.js";
import type { Matrix, PlaceExpertsOptions } from "./options.js";
import { judgedLoads, placeWindows } from "./place-windows.js";
import { machineOf, pricesFor, siteFor, sitesOf, type Found } from "./shapes.js";
import { WindowScorer } from "./windows.js";

export interface PlacedExperts {
  /** Absent where a diagnostic says why. */
  readonly report?: PlacementReport;
  readonly diagnostics: Diagnostics;
  /** The texts that the diagnostics point into. */
  readonly sources: readonly Source[];
}

/** Places the experts of every layer. What is wrong with an input is a diagnostic, never an exception. */
export function placeExperts(options: PlaceExpertsOptions): PlacedExperts {
  const found: Found = { diagnostics: new Diagnostics(), sources: [] };
  const report = placeAndReport(options, found);
  return report === undefined ? found : { ...found, report };
}

function placeAndReport(options: PlaceExpertsOptions, found: Found): PlacementReport | undefined {
  const asked = problemOf(options, found);
  if (asked === undefined) return undefined;
  const { problem, windows, frame } = asked;
  const choice = options.window ?? "mean";
  const results = placeWindows(problem, windows, choice, {
    ...(options.effort === undefined ? {} : { effort: options.effort }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  const worst = results.map(({ placed }, layer) => {
    const scorer = new WindowScorer(problem, windows, layer);
    return { balanced: scorer.leastBalanced(placed), slowest: scorer.slowest(placed) };
  });
  return reportPlacement(problem, results, {
    ...frame,
    ...(windows.length === 1
      ? {}
      : {
          windows: {
            ...{ count: windows.length, placed_for: choice },
            worst_window: worst.map(({ balanced }) => balanced.window),
            worst_balancedness: worst.map(({ balanced }) => balanced.evenBalance),
            worst_time_us: worst.map(({ slowest }) => slowest.timeUs),
          },
        }),
  });
}

interface Asked {
  readonly problem: PlaceProblem;
  readonly windows: readonly Matrix[];
  readonly frame: Pick<PlacementReport, "priced_with" | "notes">;
}

/** What is asked for, read and judged. Undefined after reporting. */
function problemOf(options: PlaceExpertsOptions, found: Found): Asked | undefined {
  const { diagnostics } = found;
  const sites = sitesOf(options, found);
  if (sites === undefined) return undefined;
  const known = options.experts ?? (options.model === undefined ? undefined : sites[0]?.experts);
  const read = readAllLoads(options.loads, known, diagnostics);
  const constraints =
    options.constraints === undefined ? undefined : readConstraints(options.constraints, diagnostics);
  if (read === undefined || diagnostics.hasErrors) return undefined;
  const { windows } = read;
  const experts = windows[0]?.[0]?.length ?? 0;
  const site = siteFor(sites, experts, options, found);
  const extent = { nodes: options.nodes, gpusPerNode: Math.ceil(options.gpus / Math.max(1, options.nodes)) };
  const machine = site && machineOf(options, extent, found);
  if (site === undefined || machine === undefined) return undefined;
  const chosen = gateOf(options, site, windows, read.topK);
  if ("problem" in chosen) {
    const { problem, advice } = chosen;
    diagnostics.report("wrong-arguments", { source: "command line", start: 0, end: 0 }, { problem, advice });
    return undefined;
  }
  const choice = options.window ?? "mean";
  if (typeof choice === "number" && choice >= windows.length) {
    diagnostics.report(
      "wrong-arguments",
      { source: `--window ${String(choice)}`, start: 0, end: 0 },
      {
        problem: `the loads have ${String(windows.length)} windows, numbered from 0`,
        advice: `Name one up to ${String(windows.length - 1)}, mean or worst.`,
      },
    );
    return undefined;
  }
  const { prices, pricedWith } = pricesFor(site, machine, options, options.tokensPerGpu);
  const layers = windows[0]?.length ?? 0;
  const gpus = gpusOf({
    ...{ gpus: options.gpus, nodes: options.nodes, experts, slotBytes: prices.expertBytes * layers },
    ...(options.slots === undefined ? {} : { slots: options.slots }),
    constraints: statedOf(options, constraints),
  });
  if ("reason" in gpus) {
    reportFault(gpus, options, diagnostics);
    return undefined;
  }
  const tokens = read.topK === chosen.gate.topK ? read.tokens : undefined;
  const problem: PlaceProblem = {
    ...{ loads: judgedLoads(windows, choice), gpus, gate: chosen.gate, prices },
    groupRule: options.groupsOnNodes === true ? "hard" : (constraints?.groups ?? "priced"),
    pins: [...(constraints?.pinned ?? []), ...(options.pins ?? [])],
    ...(tokens === undefined ? {} : { tokens }),
  };
  const faults = placeFaults(problem);
  for (const fault of faults) reportFault(fault, options, diagnostics);
  if (faults.length > 0) return undefined;
  return { problem, windows, frame: { priced_with: pricedWith, notes: chosen.notes } };
}

function statedOf(
  { excluded, gpuSlots }: PlaceExpertsOptions,
  constraints: PlacementConstraints | undefined,
): PlacementConstraints["gpus"] {
  return {
    ...constraints?.gpus,
    ...(gpuSlots === undefined ? {} : { slots: gpuSlots }),
    ...(excluded === undefined ? {} : { excluded: [...(constraints?.gpus.excluded ?? []), ...excluded] }),
  };
}

function reportFault(
  { place, reason, hint: advice }: PlaceFault,
  { constraints }: PlaceExpertsOptions,
  diagnostics: Diagnostics,
): void {
  const source = constraints ?? "command line";
  diagnostics.report("impossible-placement", { source, start: 0, end: 0 }, { place, reason, advice });
}
