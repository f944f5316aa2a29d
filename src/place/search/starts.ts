// Placements that a search begins from: all experts spread over all GPUs; groups whole on nodes; groups on nodes as far as the nodes
// stay equally loaded.
import { fills, groupSizes, packGroups } from "./groups.js";
import { climb, packLevelled, type Climbing, type NodePacking, type Residents } from "./node-packing.js";
import { pack, pieceLoads, piecesOf, pinnedCounts, replicaCounts } from "./pack.js";
import type { ClusterTerms, LayerTerms } from "./terms.js";

/** How much more than its share a node may carry before hot experts of its groups go elsewhere. */
const NODE_SLACK = 1.02;
/** A node whose busiest GPU is this close to its mean is level. */
const LEVEL = 1.0005;

const allExperts = ({ experts }: ClusterTerms): readonly number[] =>
  Array.from({ length: experts }, (_, expert) => expert);

const usedGpus = (cluster: ClusterTerms): readonly number[] => cluster.gpusOf.flat();

/** Whatever the groups. */
export function spreadStart({ cluster, shares }: LayerTerms): Int32Array {
  const experts = allExperts(cluster);
  const gpus = usedGpus(cluster);
  const counts = replicaCounts(shares, experts, cluster.slots, gpus.length, pinnedCounts(cluster, gpus));
  const expertOf = new Int32Array(cluster.slots);
  pack(piecesOf(pieceLoads(shares, counts), counts, experts), gpus, cluster, expertOf);
  return expertOf;
}

/** Every group on one node, replicas and all. Undefined where they cannot be. */
export function groupStart({ cluster, shares }: LayerTerms, climbing?: Climbing): Int32Array | undefined {
  const sizes = groupSizes(cluster);
  const loads = Float64Array.from(sizes.experts, (experts) =>
    experts.reduce((sum, expert) => sum + shares[expert]!, 0),
  );
  const nodeOf = packGroups(sizes, loads, cluster);
  if (nodeOf === undefined) return undefined;
  // Pins of one group to several nodes, which tear it.
  const { pins } = cluster.problem;
  if (pins.some(({ expert, gpu }) => nodeOf[cluster.groupOf[expert]!] !== cluster.nodeOf[gpu]))
    return undefined;
  const expertOf = new Int32Array(cluster.slots);
  const packings = cluster.gpusOf.map((gpus, node): NodePacking & Residents => {
    const experts = sizes.experts.flatMap((own, group) => (nodeOf[group] === node ? own : []));
    const residents = { experts, gpus };
    if (gpus.length === 0) return { ...residents, counts: new Int32Array(0), most: 0 };
    const slots = cluster.nodeSlots[node]!;
    const counts = replicaCounts(shares, experts, slots, gpus.length, pinnedCounts(cluster, gpus));
    return { ...residents, counts, most: packLevelled(cluster, shares, residents, counts, expertOf) };
  });
  if (climbing !== undefined) climbHottest(packings, { cluster, shares }, climbing, expertOf);
  return expertOf;
}

/** The node with the greatest load of all is packed better, as long as that helps. */
function climbHottest(
  packings: (NodePacking & Residents)[],
  { cluster, shares }: Pick<LayerTerms, "cluster" | "shares">,
  climbing: Climbing,
  expertOf: Int32Array,
): void {
  for (let climbs = 0; climbs < 2 * packings.length; climbs++) {
    let hottest = 0;
    packings.forEach(({ most }, node) => {
      if (most > packings[hottest]!.most) hottest = node;
    });
    const packing = packings[hottest]!;
    const load = packing.experts.reduce((sum, expert) => sum + shares[expert]!, 0);
    const ideal = (load / cluster.nodeSpeeds[hottest]!) * LEVEL;
    const enough = Math.min(climbing.floor, Math.max(climbing.enough, ideal));
    const better = climb({ cluster, shares }, packing, packing, { ...climbing, enough }, expertOf);
    if (better.most >= packing.most) return;
    packings[hottest] = { ...packing, ...better };
  }
}

/**
 * Groups fill nodes one behind the other, their cold experts first; what would load a node beyond its share goes where there is
 * most room. So hot experts are spread and the others stay together.
 */
export function affinityStart({ cluster, shares }: LayerTerms): Int32Array | undefined {
  const { nodes, nodeSlots, nodeSpeeds, gpusOf, experts } = cluster;
  const everyone = allExperts(cluster);
  const used = usedGpus(cluster);
  const counts = replicaCounts(shares, everyone, cluster.slots, used.length, pinnedCounts(cluster, used));
  const loads = pieceLoads(shares, counts);
  const speed = nodeSpeeds.reduce((sum, each) => sum + each, 0);
  const onNode = new Int32Array(nodes * experts);
  const held = new Int32Array(nodes);
  const carried = new Float64Array(nodes);
  const put = (node: number, expert: number): void => {
    onNode[node * experts + expert]!++;
    held[node]!++;
    carried[node]! += loads[expert]!;
  };
  const left = counts.slice();
  for (const { expert, gpu } of cluster.problem.pins) {
    put(cluster.nodeOf[gpu]!, expert);
    left[expert]!--;
  }
  const hasRoom = (node: number, expert: number): boolean =>
    held[node]! < nodeSlots[node]! && onNode[node * experts + expert]! < gpusOf[node]!.length;
  const emptiest = (expert: number): number => {
    let best = -1;
    for (let node = 0; node < nodes; node++) {
      if (!hasRoom(node, expert)) continue;
      if (best < 0 || carried[node]! / nodeSpeeds[node]! < carried[best]! / nodeSpeeds[best]!) best = node;
    }
    return best;
  };
  /** No node has room for one more of an expert: another gets the replica. */
  const standIn = (): boolean => {
    const node = held.findIndex((count, each) => count < nodeSlots[each]!);
    let best = -1;
    for (const expert of everyone)
      if (hasRoom(node, expert) && (best < 0 || loads[expert]! > loads[best]!)) best = expert;
    if (best < 0) return false;
    put(node, best);
    return true;
  };
  const spilled: number[] = [];
  for (const own of groupsByLoad(cluster, shares)) {
    const pieces = own
      .flatMap((expert) => new Array<number>(left[expert]!).fill(expert))
      .sort((a, b) => loads[a]! - loads[b]! || a - b);
    let node = -1;
    for (const expert of pieces) {
      if (node < 0 || held[node]! >= nodeSlots[node]!) node = mostRoom(held, cluster, carried);
      const fits =
        node >= 0 &&
        hasRoom(node, expert) &&
        carried[node]! + loads[expert]! <= (NODE_SLACK * nodeSpeeds[node]!) / speed;
      if (fits) put(node, expert);
      else spilled.push(expert);
    }
  }
  spilled.sort((a, b) => loads[b]! - loads[a]! || a - b);
  for (const expert of spilled) {
    const node = emptiest(expert);
    if (node >= 0) put(node, expert);
    else if (!standIn()) return undefined;
  }
  const expertOf = new Int32Array(cluster.slots);
  for (let node = 0; node < nodes; node++) {
    const own = onNode.subarray(node * experts, (node + 1) * experts);
    const there = everyone.filter((expert) => own[expert]! > 0);
    if (!fills(there.length, gpusOf[node]!, cluster)) return undefined;
    pack(piecesOf(loads, own, there), gpusOf[node]!, cluster, expertOf);
  }
  return expertOf;
}

function groupsByLoad(
  { groupOf, groups }: ClusterTerms,
  shares: Float64Array,
): readonly (readonly number[])[] {
  const own = Array.from({ length: groups }, (): number[] => []);
  const loads = new Float64Array(groups);
  groupOf.forEach((group, expert) => {
    own[group]!.push(expert);
    loads[group]! += shares[expert]!;
  });
  return own
    .map((experts, group) => ({ experts, load: loads[group]!, group }))
    .sort((a, b) => b.load - a.load || a.group - b.group)
    .map(({ experts }) => experts);
}

/** The node with most free slots; of equal ones the least loaded. */
function mostRoom(held: Int32Array, { nodes, nodeSlots }: ClusterTerms, carried: Float64Array): number {
  let best = -1;
  for (let node = 0; node < nodes; node++) {
    const room = nodeSlots[node]! - held[node]!;
    if (room <= 0) continue;
    const most = best < 0 ? -1 : nodeSlots[best]! - held[best]!;
    if (room > most || (room === most && carried[node]! < carried[best]!)) best = node;
  }
  return best;
}
