// What makes a placement impossible: too few slots or too many, pins that contradict each other, groups that no packing keeps on
// nodes. Where nothing is found, there is a placement.
import type { Placeable, PlaceFault } from "./fault.js";
import { groupNodesFault } from "./group-nodes.js";
import type { Pin } from "./problem.js";

/** Everything that keeps a problem from having a placement; of what follows from one another, the first. */
export function placeFaults(problem: Placeable): PlaceFault[] {
  const { slots } = problem.gpus;
  const experts = problem.loads[0]?.length ?? 0;
  const slotFault = slotsFault(slots, experts);
  if (slotFault !== undefined) return [slotFault];
  const pins = pinFaults(problem.pins, slots, experts);
  if (pins.length > 0) return pins;
  // One group has nothing to be kept apart from.
  const isHard = problem.groupRule === "hard" && problem.gate.groups > 1;
  const groups = isHard ? groupNodesFault(problem) : undefined;
  return groups === undefined ? [] : [groups];
}

function slotsFault(slots: readonly number[], experts: number): PlaceFault | undefined {
  const total = slots.reduce((sum, each) => sum + each, 0);
  const usable = slots.filter((each) => each > 0).length;
  const fault = (place: string, reason: string, hint: string): PlaceFault => ({
    ...{ about: "slots", place, reason, hint },
  });
  const [all, most] = [String(experts), String(experts * usable)];
  if (total < experts)
    return fault("slots", `there are ${String(total)} for ${all} experts`, `Every expert needs one: ${all}.`);
  if (total > experts * usable)
    return fault(
      "slots",
      `there are ${String(total)}, and ${String(usable)} GPUs hold each of ${all} experts at most once`,
      `There is room for ${most}.`,
    );
  const crowded = slots.findIndex((each) => each > experts);
  if (crowded >= 0)
    return fault(
      `gpus.slots[${String(crowded)}]`,
      `GPU ${String(crowded)} has ${String(slots[crowded]!)} slots for ${all} experts, and holds each at most once`,
      `Give it ${all} slots at most.`,
    );
  return undefined;
}

function pinFaults(pins: readonly Pin[], slots: readonly number[], experts: number): PlaceFault[] {
  const faults: PlaceFault[] = [];
  const taken = slots.map(() => 0);
  const seen = new Map<string, number>();
  pins.forEach(({ expert, gpu }, at) => {
    const report = (field: string, reason: string, hint: string): void => {
      faults.push({ about: "pins", place: `pinned[${String(at)}]${field}`, reason, hint });
    };
    const own = slots[gpu];
    const pair = `${String(expert)} ${String(gpu)}`;
    const before = seen.get(pair);
    if (expert >= experts)
      report(
        ".expert",
        `there is no expert ${String(expert)}`,
        `Experts are numbered 0 to ${String(experts - 1)}.`,
      );
    else if (own === undefined)
      report(".gpu", `there is no GPU ${String(gpu)}`, `GPUs are numbered 0 to ${String(slots.length - 1)}.`);
    else if (own === 0)
      report(
        ".gpu",
        `GPU ${String(gpu)} is excluded`,
        `Pin the expert to another one, such as GPU ${String(slots.findIndex((each) => each > 0))}.`,
      );
    else if (before !== undefined)
      report("", `it repeats pinned[${String(before)}]`, "A GPU holds an expert at most once: keep one.");
    else if (++taken[gpu]! > own)
      report(
        ".gpu",
        `GPU ${String(gpu)} has ${String(own)} slot${own === 1 ? "" : "s"}, and more experts are pinned to it`,
        "Pin fewer experts to it, or give it more slots.",
      );
    seen.set(pair, at);
  });
  if (faults.length > 0) return faults;
  const total = slots.reduce((sum, each) => sum + each, 0);
  const needed = pins.length + experts - new Set(pins.map(({ expert }) => expert)).size;
  if (needed <= total) return [];
  const surplus = needed - total;
  return [
    {
      about: "pins",
      place: "pinned",
      reason: `pinned replicas and one slot for each other expert make ${String(needed)} slots, and there are ${String(total)}`,
      hint: `Leave out ${String(surplus)} of the further pins of experts that have several, or ask for ${String(needed)} slots.`,
    },
  ];
}
