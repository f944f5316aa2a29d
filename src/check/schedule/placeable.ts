// Whether what a placement asks for is possible: slots for all experts, pins that fit, groups that whole nodes can hold. What
// the memory of GPUs holds is for the passes to say, which know the weights of an expert.
import type { Diagnostics } from "../../diagnostics/report.js";
import type { Span } from "../../diagnostics/span.js";
import { placeFaults, type PlaceFault } from "../../place/index.js";
import type { Machine } from "../../plan/types.gen.js";
import type { Context } from "../context.js";
import { countOf } from "../describe.js";
import type { ScheduleSpec } from "../program.js";
import type { Gate } from "./environment.js";
import { expertGpus, slotCount } from "./slots.js";

type Placement = ScheduleSpec["placement"];

/** Reports what keeps the experts of some gate from being placed. */
export function checkPlacement(
  placement: Placement,
  ep: number,
  gates: readonly Gate[],
  machine: Machine | undefined,
  context: Context,
): void {
  for (const gate of gates) {
    const suits = placement.constraints !== undefined || checkSlots(placement, ep, gate, context);
    if (machine === undefined || !suits) continue;
    for (const fault of faultsOf(placement, ep, gate, machine))
      reportPlaceFault(placement, gate.name, fault, context.diagnostics);
  }
}

function faultsOf(placement: Placement, ep: number, gate: Gate, machine: Machine): readonly PlaceFault[] {
  const { groups, constraints } = placement;
  const { experts } = gate;
  if (placement.constraints === undefined && groups.value === "priced") return [];
  const gpus = expertGpus(placement, { ep, experts, machine });
  if ("reason" in gpus) return [gpus];
  const short = shortOfRedundant(placement, ep, experts);
  if (short !== undefined) return [short];
  return placeFaults({
    ...{ gpus, gate, groupRule: groups.value, pins: constraints?.pinned ?? [] },
    loads: [new Array<number>(experts).fill(1)],
  });
}

/** Slots of GPUs that are stated, and leave fewer replicas than are asked for. */
function shortOfRedundant(placement: Placement, ep: number, experts: number): PlaceFault | undefined {
  const { redundant, constraints } = placement;
  const count = slotCount(placement, ep, experts);
  if (redundant === undefined || count >= experts + redundant.value) return undefined;
  return {
    ...{ about: "slots", place: "slots" },
    reason: `${constraints?.path ?? ""} gives the GPUs ${count} slots, and ${experts} experts with ${redundant.value} further replicas need ${experts + redundant.value}`,
    hint: `Write redundant: ${Math.max(0, count - experts)}, or leave it out.`,
  };
}

/** Reports a fault where the schedule states what is at fault. */
export function reportPlaceFault(
  { constraints, groups, slots, redundant, span }: Placement,
  gate: string,
  { about, place, reason, hint }: PlaceFault,
  diagnostics: Diagnostics,
): void {
  const stated: Readonly<Record<PlaceFault["about"], Span | undefined>> = {
    groups: groups.span,
    slots: place === "slots" ? (slots ?? redundant)?.span : constraints?.span,
    pins: constraints?.span,
    gpus: constraints?.span,
  };
  const at = stated[about] ?? constraints?.span ?? span;
  // Within a file of constraints the place is needed to find it.
  const where = at === constraints?.span && place !== about ? `${place}: ` : "";
  diagnostics.report("placement-not-possible", at, { gate, reason: `${where}${reason}`, hint });
}

/** Whether slots are enough for the experts, and at most one of each expert on every GPU; reports where not. */
function checkSlots(
  { redundant, slots }: Placement,
  ep: number,
  { name: gate, experts }: Gate,
  context: Context,
): boolean {
  let suits = true;
  const report = (what: string, span: Span, found: number, reason: string, nearest: number): void => {
    suits = false;
    context.diagnostics.report("slots-out-of-range", span, {
      what,
      gate,
      slots: found,
      experts,
      ep: countOf(ep, "GPU"),
      reason,
      nearest,
    });
  };
  const most = experts * ep;
  const tooMany = `a GPU holds an expert at most once, so there is room for ${most}`;
  if (slots && slots.value < experts)
    report("This placement", slots.span, slots.value, "every expert needs one", experts);
  else if (slots && slots.value < ep)
    report("This placement", slots.span, slots.value, "some GPUs would hold none", ep);
  else if (slots && slots.value > most) report("This placement", slots.span, slots.value, tooMany, most);
  if (redundant && experts + redundant.value > most)
    report("This placement", redundant.span, experts + redundant.value, tooMany, most - experts);
  return suits;
}
