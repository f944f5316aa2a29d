// A placement that breaks what must hold, changed where it does: pinned experts come to their GPUs, experts leave where they may not
// be, and what has no replica any more gets one.
import { FREE, type LayerState } from "./layer-state.js";
import type { Rules } from "./rules.js";

/** Changes `state` until the rules hold; false where that needs more than exchanging experts one by one. */
export function mend(state: LayerState, rules: Rules): boolean {
  const { problem } = rules;
  state.expertOf.forEach((expert, slot) => {
    if (expert !== FREE && !rules.allows(expert, state.gpuOf[slot]!)) state.put(slot, FREE);
  });
  for (const { expert, gpu } of problem.pins) {
    if (state.holds(gpu, expert)) continue;
    const slot = cheapest(state, rules, (each) => state.gpuOf[each] === gpu, true);
    if (slot === undefined) return false;
    state.put(slot, expert);
  }
  for (let expert = 0; expert < state.experts; expert++) {
    if (state.slotsOf[expert]!.length > 0) continue;
    const slot = cheapest(state, rules, (each) => rules.allows(expert, state.gpuOf[each]!), false);
    if (slot === undefined) return false;
    state.put(slot, expert);
  }
  for (let slot = 0; slot < state.expertOf.length; slot++) {
    if (state.expertOf[slot] !== FREE) continue;
    const expert = bestFor(state, rules, slot);
    if (expert === undefined) return false;
    state.put(slot, expert);
  }
  return rules.hold(state.expertOf);
}

/** Of some slots a free one, on the least loaded GPU; else that of the replica which carries least; `anyExpert`: else of any expert. */
function cheapest(
  state: LayerState,
  rules: Rules,
  isAmong: (slot: number) => boolean,
  anyExpert: boolean,
): number | undefined {
  let best: number | undefined;
  let bestCost = Infinity;
  for (let slot = 0; slot < state.expertOf.length; slot++) {
    const expert = state.expertOf[slot]!;
    const gpu = state.gpuOf[slot]!;
    if (!isAmong(slot) || (expert !== FREE && rules.isPinned(expert, gpu))) continue;
    if (!anyExpert && !state.isSpare(slot)) continue;
    // Shares and loads of GPUs are below one or near it: each rank of slots costs more than all of those before.
    const cost = expert === FREE ? state.loads[gpu]! : (state.isSpare(slot) ? 10 : 20) + state.parts[slot]!;
    if (cost < bestCost) [best, bestCost] = [slot, cost];
  }
  return best;
}

function bestFor(state: LayerState, rules: Rules, slot: number): number | undefined {
  const gpu = state.gpuOf[slot]!;
  let best: number | undefined;
  let bestCost = Infinity;
  for (let expert = 0; expert < state.experts; expert++) {
    if (state.holds(gpu, expert) || !rules.allows(expert, gpu)) continue;
    const cost = state.costOfPut(slot, expert);
    if (cost < bestCost) [best, bestCost] = [expert, cost];
  }
  return best;
}
