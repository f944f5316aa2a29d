// Placements that a search begins from: all experts spread over all GPUs, or groups whole on nodes. What is in between has a file of
// its own.
import { groupSizes, packGroups } from "./groups.js";
import { climb, packLevelled, type Climbing, type NodePacking, type Residents } from "./node-packing.js";
import { pack, pieceLoads, piecesOf, pinnedCounts, replicaCounts } from "./pack.js";
import type { ClusterTerms, LayerTerms } from "./terms.js";

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
