// What EPLB does, the balancer of DeepSeek that serving systems copied: for comparison. Whether groups divide by nodes decides
// between its two ways, whatever the loads; a GPU may get two replicas of one expert.
import { nodeCount, type PlacedLayer, type PlaceProblem } from "./problem.js";

/** Groups packed to nodes and replicated there, or all experts spread over all GPUs. */
export type RulePolicy = "groups_on_nodes" | "spread";

export interface Ruled {
  readonly policy: RulePolicy;
  /** An expert may be twice on a GPU. */
  readonly placed: PlacedLayer;
}

/** What keeps EPLB from packing groups to nodes. Its hierarchy takes everything to divide; where that does not hold, it is not defined. */
export type RuleObstacle =
  | "one_group"
  | "groups_by_nodes"
  | "gpus_by_nodes"
  | "slots_by_gpus"
  | "experts_by_groups"
  | "slots_of_a_node";

export function ruleObstacle({ gpus, gate, loads }: PlaceProblem): RuleObstacle | undefined {
  const nodes = nodeCount(gpus);
  const world = gpus.slots.length;
  const slots = gpus.slots.reduce((sum, each) => sum + each, 0);
  const experts = loads[0]?.length ?? 0;
  if (gate.groups === 1) return "one_group";
  if (gate.groups % nodes !== 0) return "groups_by_nodes";
  if (world % nodes !== 0) return "gpus_by_nodes";
  if (slots % world !== 0) return "slots_by_gpus";
  if (experts % gate.groups !== 0) return "experts_by_groups";
  const room = new Array<number>(nodes).fill(0);
  gpus.slots.forEach((own, gpu) => (room[gpus.nodeOf[gpu]!]! += own));
  return room.every((own) => own >= experts / nodes) ? undefined : "slots_of_a_node";
}

/** Which of its ways EPLB takes. */
export const rulePolicy = (problem: PlaceProblem): RulePolicy =>
  ruleObstacle(problem) === undefined ? "groups_on_nodes" : "spread";

/**
 * A layer as EPLB places it, or would in its other way. Slots of its GPUs are as the problem has them, also where EPLB would want
 * them equal.
 */
export function ruledLayer(problem: PlaceProblem, layer: number, policy = rulePolicy(problem)): Ruled {
  const { gpus, gate } = problem;
  const weights = scaledLoads(problem.loads[layer]!);
  const all = Array.from(weights, (_, expert) => expert);
  if (policy === "spread") return { policy, placed: evenly(spread(weights, all, gpus.slots).flat()) };
  const nodes = nodeCount(gpus);
  const size = weights.length / gate.groups;
  const groupLoads = Array.from({ length: gate.groups }, (_, group) =>
    weights.subarray(group * size, (group + 1) * size).reduce((sum, each) => sum + each, 0),
  );
  const groupsOf = packed(groupLoads, new Array<number>(nodes).fill(gate.groups / nodes));
  const experts = groupsOf.flatMap((groups, node) => {
    const own = groups.flatMap((group) => all.slice(group * size, (group + 1) * size));
    const slots = gpus.slots.filter((_, gpu) => gpus.nodeOf[gpu] === node);
    return spread(weights, own, slots).flat();
  });
  return { policy, placed: evenly(experts) };
}

/** Loads over a power of two, so that sums stay finite and what is equal stays equal; ones where all are zero. */
function scaledLoads(loads: readonly number[]): Float64Array {
  const most = loads.reduce((best, each) => Math.max(best, each), 0);
  if (most === 0) return new Float64Array(loads.length).fill(1);
  const scale = 2 ** Math.floor(Math.log2(most));
  return Float64Array.from(loads, (load) => load / scale);
}

const evenly = (expertOfSlot: readonly number[]): PlacedLayer => ({
  expertOfSlot,
  turns: expertOfSlot.map(() => 1),
});

/** Experts of each GPU: one more copy of the largest load per copy for each slot to spare, then packed. */
function spread(weights: Float64Array, experts: readonly number[], slots: readonly number[]): number[][] {
  const counts = experts.map(() => 1);
  const copies = experts.map((_, at) => at);
  for (let extra = slots.reduce((sum, each) => sum + each, 0) - experts.length; extra > 0; extra--) {
    let most = 0;
    experts.forEach((expert, at) => {
      if (weights[expert]! / counts[at]! > weights[experts[most]!]! / counts[most]!) most = at;
    });
    counts[most]!++;
    copies.push(most);
  }
  const loads = copies.map((at) => weights[experts[at]!]! / counts[at]!);
  return packed(loads, slots).map((items) => items.map((item) => experts[copies[item]!]!));
}

/** Items of each bin: the heaviest first, each to the least loaded bin that has room. */
function packed(loads: readonly number[], room: readonly number[]): number[][] {
  const bins = room.map((): number[] => []);
  const carried = new Float64Array(room.length);
  const order = loads.map((_, item) => item).sort((a, b) => loads[b]! - loads[a]! || a - b);
  for (const item of order) {
    let least = -1;
    for (let bin = 0; bin < room.length; bin++)
      if (bins[bin]!.length < room[bin]! && (least < 0 || carried[bin]! < carried[least]!)) least = bin;
    bins[least]!.push(item);
    carried[least]! += loads[item]!;
  }
  return bins;
}
