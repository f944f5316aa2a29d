// Placement by EPLB's rule as a plan may have it: its choice between groups on nodes and all experts everywhere, its numbers of
// replicas and its packing, but no expert twice on a GPU.
import { InternalError } from "../../diagnostics/internal-error.js";
import { balancedPacking, replicaCounts } from "../../place/balance.js";
import {
  gpuOfSlots,
  rulePolicy,
  ruledLayer,
  type PlacedLayer,
  type PlaceProblem,
} from "../../place/index.js";

/** Whether the rule gives a placement that keeps what is asked for. It heeds no pins, and wants GPUs alike. */
export function suitsEplb(problem: PlaceProblem): boolean {
  const { gpus, gate, groupRule, pins, loads } = problem;
  const used = gpus.slots.filter((own) => own > 0);
  const most = Math.max(...used);
  if (pins.length > 0 || most - Math.min(...used) > 1) return false;
  const policy = rulePolicy(problem);
  if (groupRule === "hard" && gate.groups > 1 && policy === "spread") return false;
  const nodes = new Set(gpus.nodeOf).size;
  return policy === "spread" || most <= (loads[0]?.length ?? 0) / nodes;
}

export function eplbLayer(problem: PlaceProblem, layer: number): PlacedLayer {
  const { gpus } = problem;
  const { policy, placed } = ruledLayer(problem, layer);
  const loads = problem.loads[layer];
  if (loads === undefined) throw new InternalError(`there are no loads of layer ${String(layer)}`);
  const gpuOf = gpuOfSlots(gpus);
  const nodes = policy === "spread" ? [undefined] : [...new Set(gpus.nodeOf)];
  const expertOfSlot = nodes.flatMap((node) => {
    const isHere = (gpu: number): boolean => node === undefined || gpus.nodeOf[gpu] === node;
    const own = [...new Set(placed.expertOfSlot.filter((_, slot) => isHere(gpuOf[slot]!)))];
    const slots = gpus.slots.filter((_, gpu) => isHere(gpu));
    const ownLoads = own.map((expert) => loads[expert]!);
    const count = slots.reduce((all, each) => all + each, 0);
    const used = slots.filter((each) => each > 0).length;
    const packed = balancedPacking(ownLoads, replicaCounts(ownLoads, count, used), slots);
    return packed.flat().map((at) => own[at]!);
  });
  return { expertOfSlot, turns: expertOfSlot.map(() => 1) };
}
