// Whether experts can be placed as the schedule says, as far as only the passes know: what memory holds, and whether EPLB's rule
// gives a placement that a plan may have.
import type { Program } from "../../check/program.js";
import { reportPlaceFault } from "../../check/schedule/placeable.js";
import type { Diagnostics } from "../../diagnostics/report.js";
import type { Placer } from "../place/place.js";

/** Reports why experts cannot be placed; false where they can. */
export function reportUnplaceable({ schedule }: Program, placer: Placer, diagnostics: Diagnostics): boolean {
  const { placement } = schedule;
  const { fault } = placer;
  const gateOf = ({ site }: (typeof placer.sites)[number]): string => `${site.block}.${site.gate.id}`;
  if (fault !== undefined) {
    const { site } = fault;
    reportPlaceFault(placement, `${site.block}.${site.gate.id}`, fault.fault, diagnostics);
    return true;
  }
  const { method } = placement;
  const [first] = placer.sites;
  if (method.kind === "auto" || first === undefined || placer.methods.includes(method.value)) return false;
  diagnostics.report("placement-not-possible", method.span, {
    gate: gateOf(first),
    reason: "EPLB keeps groups on nodes here, and a GPU has more slots than its node has experts",
    hint: 'Write "auto", which places groups on several nodes where that is needed, or ask for fewer slots.',
  });
  return true;
}
