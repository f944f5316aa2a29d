// Placement tables have the extents that their headers state, and name slots and experts that exist.
import type { LaunchPlan, LayerPlacement, Placement } from "../../plan/index.js";
import { complaint, duplicates, type Complaint } from "./complaint.js";

export function* placementsAreDefinite(plan: LaunchPlan): Iterable<Complaint> {
  yield* duplicates(
    "placements",
    plan.placements.map((each) => each.name),
  );
  for (const placement of plan.placements) {
    const what = `placement \`${placement.name}\``;
    const block = plan.model.blocks.find((each) => each.name === placement.block);
    if (!block?.nodes.some((each) => each.id === placement.gate))
      yield complaint(
        `${what} is for the gate \`${placement.block}.${placement.gate}\`, which does not exist`,
      );
    const uses = plan.model.layers.reduce(
      (sum, run) => sum + (run.block === placement.block ? run.repeat : 0),
      0,
    );
    if (placement.layers.length !== 1 && placement.layers.length !== uses)
      yield complaint(`${what} has tables for ${placement.layers.length} layers instead of 1 or ${uses}`);
    const begins = placement.slot_begin;
    if (!rises(begins, placement.slots))
      yield complaint(`${what}: \`slot_begin\` does not rise from 0 to ${placement.slots}`);
    for (const [layer, tables] of placement.layers.entries())
      for (const problem of tableProblems(placement, tables))
        yield complaint(`${what}, tables ${layer}: ${problem}`);
  }
}

function* tableProblems({ experts, slots }: Placement, tables: LayerPlacement): Iterable<string> {
  if (tables.expert_of_slot.length !== slots)
    yield `\`expert_of_slot\` has ${tables.expert_of_slot.length} entries for ${slots} slots`;
  const turns = tables.replica_slot.length;
  if (tables.replica_begin.length !== experts + 1 || !rises(tables.replica_begin, turns))
    yield `\`replica_begin\` does not rise from 0 to the ${turns} entries of \`replica_slot\` over ${experts} experts`;
  const expert = tables.expert_of_slot.find((each) => each >= experts);
  if (expert !== undefined) yield `a slot holds expert ${expert} of ${experts}`;
  const slot = tables.replica_slot.find((each) => each >= slots);
  if (slot !== undefined) yield `a turn is that of slot ${slot} of ${slots}`;
}

/** Whether prefix sums begin with 0, never fall and end with `last`. */
function rises(sums: readonly number[], last: number): boolean {
  return (
    sums[0] === 0 && sums.at(-1) === last && sums.every((each, at) => at === 0 || each >= (sums[at - 1] ?? 0))
  );
}
