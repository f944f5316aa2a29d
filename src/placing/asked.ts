// What a placement is asked for, read and judged: every input a file may be wrong in, and everything that may not fit together.
import type { Diagnostics } from "../diagnostics/report.js";
import { shownPlan } from "../files.js";
import type { PlacementConstraints } from "../importers/placement-constraints.js";
import { gpusOf, placeFaults, type PlaceFault, type PlaceProblem } from "../place/index.js";
import type { PlacementReport } from "../report/place/report.js";
import { readAllLoads, readConstraints } from "./files.js";
import { gateOf } from "./gate.js";
import type { Matrix, PlaceExpertsOptions } from "./options.js";
import { judgedLoads } from "./place-windows.js";
import { readPrevious, type Previous } from "./previous.js";
import { machineOf, pricesFor, siteFor, sitesOf, type Found } from "./shapes.js";
import { seenTokens } from "./together.js";

export interface Asked {
  readonly problem: PlaceProblem;
  readonly windows: readonly Matrix[];
  /** Where experts are now. */
  readonly previous?: Previous;
  readonly frame: Pick<PlacementReport, "priced_with" | "notes">;
}

/** Undefined after reporting. */
export function askedFor(options: PlaceExpertsOptions, found: Found): Asked | undefined {
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
  const shape = { experts, gpus: options.gpus, layers };
  const previous = options.from === undefined ? undefined : readPrevious(options.from, shape, diagnostics);
  if (options.from !== undefined && previous === undefined) return undefined;
  const stated = statedOf(options, constraints);
  // Slots stay where they are unless others are stated; that they are the same is for `slotsFault` to say.
  const asIs = previous !== undefined && stated.slots === undefined && options.slots === undefined;
  const gpus = gpusOf({
    ...{ gpus: options.gpus, nodes: options.nodes, experts, slotBytes: prices.expertBytes * layers },
    ...(options.slots === undefined ? {} : { slots: options.slots }),
    constraints: asIs ? { ...stated, slots: previous.slots } : stated,
  });
  if ("reason" in gpus) {
    reportFault(gpus, options, diagnostics);
    return undefined;
  }
  const loads = judgedLoads(windows, choice);
  const seen = seenTokens(options.coactivation, read, loads, chosen.gate.topK, diagnostics);
  if (seen === undefined) return undefined;
  const problem: PlaceProblem = {
    ...{ loads, gpus, gate: chosen.gate, prices },
    groupRule: options.groupsOnNodes === true ? "hard" : (constraints?.groups ?? "priced"),
    pins: [...(constraints?.pinned ?? []), ...(options.pins ?? [])],
    ...seen,
  };
  const faults = placeFaults(problem);
  for (const fault of faults) reportFault(fault, options, diagnostics);
  if (faults.length > 0) return undefined;
  if (previous !== undefined && !sameSlots(previous, problem, options, diagnostics)) return undefined;
  return {
    problem,
    windows,
    ...(previous === undefined ? {} : { previous }),
    frame: { priced_with: pricedWith, notes: chosen.notes },
  };
}

/** Whether the GPUs have the slots now that they are to have. Reports where not. */
function sameSlots(
  { slots }: Previous,
  { gpus }: PlaceProblem,
  { from = "" }: PlaceExpertsOptions,
  diagnostics: Diagnostics,
): boolean {
  const path = shownPlan(from);
  const gpu = gpus.slots.findIndex((own, at) => own !== slots[at]);
  if (gpu < 0) return true;
  diagnostics.report(
    "malformed-placement-input",
    { source: path, start: 0, end: 0 },
    {
      ...{ path, place: `GPU ${String(gpu)}` },
      reason: `it has ${String(slots[gpu])} slots, and is to have ${String(gpus.slots[gpu])}`,
      advice: "Experts move between slots that there are. Leave out --slots to have as many as before.",
    },
  );
  return false;
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
  const source = constraints === undefined ? "command line" : shownPlan(constraints);
  diagnostics.report("impossible-placement", { source, start: 0, end: 0 }, { place, reason, advice });
}
