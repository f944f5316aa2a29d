// Which node each group of experts goes to, where all of a group stays on one node.
import type { ClusterTerms } from "./terms.js";

/** Partial assignments that are looked at; beyond, the best so far is taken. */
const MOST_TRIED = 4000;

/** The experts of each group, and how many replicas of theirs a node must and may hold. */
export interface GroupSizes {
  /** [group] */
  readonly experts: readonly (readonly number[])[];
  /** [group] experts that are pinned to a node; undefined where none is. */
  readonly nodeOf: readonly (number | undefined)[];
}

export function groupSizes(cluster: ClusterTerms): GroupSizes {
  const experts = Array.from({ length: cluster.groups }, (): number[] => []);
  cluster.groupOf.forEach((group, expert) => experts[group]!.push(expert));
  const nodeOf = new Array<number | undefined>(cluster.groups).fill(undefined);
  for (const { expert, gpu } of cluster.problem.pins) nodeOf[cluster.groupOf[expert]!] = cluster.nodeOf[gpu]!;
  return { experts: experts.filter((each) => each.length > 0), nodeOf };
}

/**
 * [group] its node: the greatest load of a node over its speed is least, as far as a bounded search finds. Every node's slots can
 * be filled by its groups, and hold them. Undefined where no assignment does. `loads`: [group].
 */
export function packGroups(
  { experts, nodeOf }: GroupSizes,
  loads: Float64Array,
  cluster: ClusterTerms,
): Int32Array | undefined {
  const groups = experts.length;
  const order = Array.from({ length: groups }, (_, group) => group).sort(
    (a, b) => loads[b]! - loads[a]! || a - b,
  );
  const assigned = new Int32Array(groups).fill(-1);
  const carried = new Float64Array(cluster.nodes);
  const held = new Int32Array(cluster.nodes);
  const needed = cluster.gpusOf.map((gpus) => mostSlots(gpus, cluster));
  let best: Int32Array | undefined;
  let least = Infinity;
  let tried = 0;
  const largest = experts.reduce((most, own) => Math.max(most, own.length), 1);
  const lacks = (node: number): number => Math.max(0, Math.ceil((needed[node]! - held[node]!) / largest));
  // Groups that nodes need at least, to fill their slots.
  let lacking = needed.reduce((sum, _, node) => sum + lacks(node), 0);
  const visit = (at: number, most: number): void => {
    if (most >= least * (1 - 1e-12) || tried++ > MOST_TRIED) return;
    if (at === groups) {
      if (cluster.gpusOf.every((gpus, node) => fills(held[node]!, gpus, cluster)))
        [best, least] = [assigned.slice(), most];
      return;
    }
    if (lacking > groups - at) return;
    const group = order[at]!;
    for (const node of candidates(group)) {
      const size = experts[group]!.length;
      const load = carried[node]! + loads[group]!;
      assigned[group] = node;
      carried[node] = load;
      const lacked = lacks(node);
      held[node]! += size;
      const gained = lacked - lacks(node);
      lacking -= gained;
      visit(at + 1, Math.max(most, load / cluster.nodeSpeeds[node]!));
      carried[node] = load - loads[group]!;
      held[node]! -= size;
      lacking += gained;
    }
    assigned[group] = -1;
  };

  /** Nodes with room, the least loaded first; of nodes that are alike still one. */
  function candidates(group: number): readonly number[] {
    const size = experts[group]!.length;
    const pinned = nodeOf[group];
    const found: number[] = [];
    const seen = new Set<string>();
    for (let node = 0; node < cluster.nodes; node++) {
      if (pinned !== undefined && node !== pinned) continue;
      if (held[node]! + size > cluster.nodeSlots[node]!) continue;
      const key = nodeOf.some((each) => each === node)
        ? `only ${String(node)}`
        : `${String(held[node])} ${String(carried[node])} ${String(cluster.nodeSlots[node])} ${String(cluster.nodeSpeeds[node])}`;
      if (seen.has(key)) continue;
      seen.add(key);
      found.push(node);
    }
    const after = (node: number): number => (carried[node]! + loads[group]!) / cluster.nodeSpeeds[node]!;
    return found.sort((a, b) => after(a) - after(b) || a - b);
  }
  visit(0, 0);
  return best;
}

/** The most slots of one of some GPUs, which is how many experts fill them at least. */
const mostSlots = (gpus: readonly number[], { begins }: ClusterTerms): number =>
  gpus.reduce((most, gpu) => Math.max(most, begins[gpu + 1]! - begins[gpu]!), 0);

/** Whether so many experts fill the slots of some GPUs, none of them twice on one. */
export function fills(experts: number, gpus: readonly number[], { begins }: ClusterTerms): boolean {
  const slots = gpus.map((gpu) => begins[gpu + 1]! - begins[gpu]!);
  const all = slots.reduce((sum, own) => sum + own, 0);
  return experts <= all && slots.every((own) => own <= experts);
}
