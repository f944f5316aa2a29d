// What a placement is asked for, read and judged: every input a file may be wrong in, and everything that may not fit together.
import type { Extent } from "../check/alone.js";
import type { Diagnostics } from "../diagnostics/report.js";
import type { ReadLoads } from "../importers/loads/index.js";
import type { PlacementConstraints } from "../importers/placement-constraints.js";
import type { PlacementShape } from "../importers/placements.js";
import {
  gpusOf,
  placeFaults,
  type GateShape,
  type Gpus,
  type GroupRule,
  type PlaceFault,
  type PlaceProblem,
} from "../place/index.js";
import type { PlacementReport } from "../report/place/report.js";
import type { ExpertSite } from "./expert-cost.js";
import { readAllLoads, readConstraints, reportFault as reportInput, shownInput } from "./files.js";
import { gateOf, type ChosenGate } from "./gate.js";
import type { Matrix, PlaceExpertsOptions, WindowChoice } from "./options.js";
import { judgedLoads } from "./place-windows.js";
import { asTyped, otherSlotsAdvice } from "./as-typed.js";
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
  const inputs = readInputs(options, found);
  if (inputs === undefined) return undefined;
  const { site, read, constraints } = inputs;
  const chosen = choicesOf(options, inputs, diagnostics);
  if (chosen === undefined) return undefined;
  const machine = machineOf(options, extentOf(options), found);
  if (machine === undefined) return undefined;
  const { prices, pricedWith } = pricesFor(site, machine, options, options.tokensPerGpu);
  const loads = judgedLoads(read.windows, chosen.window);
  const shape = { experts: loads[0]!.length, gpus: options.gpus, layers: loads.length };
  const previous = options.from === undefined ? undefined : readPrevious(options.from, shape, diagnostics);
  if (options.from !== undefined && previous === undefined) return undefined;
  const gpus = gpusFor(options, constraints, previous, { ...shape, expertBytes: prices.expertBytes });
  const seen = seenTokens(options.coactivation, read, loads, chosen.gate.topK, diagnostics);
  if (seen === undefined) return undefined;
  if ("reason" in gpus) {
    reportFault(gpus, options, constraints, diagnostics);
    return undefined;
  }
  const problem: PlaceProblem = {
    ...{ loads, gpus, gate: chosen.gate, prices },
    groupRule: ruleOf(options, constraints, chosen.gate),
    pins: [...(constraints?.pinned ?? []), ...(options.pins ?? [])],
    ...(options.evenSplit === true ? { evenSplit: true } : {}),
    ...seen,
  };
  const faults = placeFaults(problem);
  for (const fault of faults) reportFault(fault, options, constraints, diagnostics);
  if (faults.length > 0) return undefined;
  if (previous !== undefined && !sameSlots(previous, problem, options, constraints, diagnostics))
    return undefined;
  return {
    ...{ problem, windows: read.windows },
    ...(previous === undefined ? {} : { previous }),
    frame: { priced_with: pricedWith, notes: chosen.notes },
  };
}

interface Inputs {
  readonly read: ReadLoads;
  readonly site: ExpertSite;
  readonly constraints: PlacementConstraints | undefined;
}

function readInputs(options: PlaceExpertsOptions, found: Found): Inputs | undefined {
  const { diagnostics } = found;
  const sites = sitesOf(options, found);
  if (sites === undefined) return undefined;
  const known = options.experts ?? (options.model === undefined ? undefined : sites[0]?.experts);
  const read = readAllLoads(options.loads, known, diagnostics);
  const constraints =
    options.constraints === undefined ? undefined : readConstraints(options.constraints, diagnostics);
  if (read === undefined || diagnostics.hasErrors) return undefined;
  const site = siteFor(sites, read.windows[0]?.[0]?.length ?? 0, options, found);
  return site && { read, site, constraints };
}

const extentOf = ({ gpus, nodes }: PlaceExpertsOptions): Extent => ({
  nodes,
  gpusPerNode: Math.ceil(gpus / Math.max(1, nodes)),
});

/** The gate and the window that are meant. */
function choicesOf(
  options: PlaceExpertsOptions,
  { site, read: { windows, topK } }: Inputs,
  diagnostics: Diagnostics,
): (ChosenGate & { readonly window: WindowChoice }) | undefined {
  const { window = "mean" } = options;
  const refuse = (source: string, problem: string, advice: string): void => {
    diagnostics.report("wrong-arguments", { source, start: 0, end: 0 }, { problem, advice });
  };
  const chosen = gateOf(options, site, windows, topK);
  if ("problem" in chosen) {
    refuse("command line", chosen.problem, chosen.advice);
    return undefined;
  }
  if (typeof window === "number" && window >= windows.length) {
    refuse(
      `--window ${String(window)}`,
      windows.length === 1
        ? "the loads have one window, number 0"
        : `the loads have ${String(windows.length)} windows, numbered from 0`,
      windows.length === 1
        ? "Leave out --window."
        : `Name one up to ${String(windows.length - 1)}, mean or worst.`,
    );
    return undefined;
  }
  return { ...chosen, window };
}

/** A single group is no group: nothing keeps all experts on one node. */
const ruleOf = (
  { groupsOnNodes }: PlaceExpertsOptions,
  constraints: PlacementConstraints | undefined,
  { groups }: GateShape,
): GroupRule =>
  groups === 1 ? "priced" : groupsOnNodes === true ? "hard" : (constraints?.groups ?? "priced");

/** Slots stay as they are unless others are stated; whether those are the same is for `sameSlots` to say. */
function gpusFor(
  options: PlaceExpertsOptions,
  constraints: PlacementConstraints | undefined,
  previous: Previous | undefined,
  {
    experts,
    layers,
    expertBytes,
  }: PlacementShape & { readonly layers: number; readonly expertBytes: number },
): Gpus | PlaceFault {
  const { gpus, nodes, slots } = options;
  const stated = statedOf(options, constraints);
  const asIs = previous !== undefined && stated.slots === undefined && slots === undefined;
  return gpusOf({
    ...{ gpus, nodes, experts, slotBytes: expertBytes * layers },
    ...(slots === undefined ? {} : { slots }),
    constraints: asIs ? { ...stated, slots: previous.slots } : stated,
  });
}

/** Whether the GPUs have the slots now that they are to have. Reports where not. */
function sameSlots(
  { slots }: Previous,
  { gpus }: PlaceProblem,
  options: PlaceExpertsOptions,
  constraints: PlacementConstraints | undefined,
  diagnostics: Diagnostics,
): boolean {
  const gpu = gpus.slots.findIndex((own, at) => own !== slots[at]);
  if (gpu < 0) return true;
  reportInput(
    shownInput(options.from ?? ""),
    {
      place: `GPU ${String(gpu)}`,
      reason: `it has ${String(slots[gpu])} slots, and is to have ${String(gpus.slots[gpu])}`,
      hint: `Experts move between the slots that GPUs have; no GPU gets more or is emptied. ${otherSlotsAdvice(options, constraints)}`,
    },
    diagnostics,
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
  fault: PlaceFault,
  options: PlaceExpertsOptions,
  constraints: PlacementConstraints | undefined,
  diagnostics: Diagnostics,
): void {
  const { place, reason, hint: advice } = asTyped(fault, options, constraints);
  const isOption = place.startsWith("--") || options.constraints === undefined;
  const source = isOption ? "command line" : shownInput(options.constraints ?? "");
  diagnostics.report("impossible-placement", { source, start: 0, end: 0 }, { place, reason, advice });
}
