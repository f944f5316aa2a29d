// Placements that a search begins from: all experts spread over all GPUs, or groups whole on nodes. What is in between has a file of
// its own.
import { groupSizes, packGroups } from "./groups.js";
import { pack, pieceLoads, piecesOf, pinnedCounts, replicaCounts } from "./pack.js";
import type { ClusterTerms, LayerTerms } from "./terms.js";

const allExperts = ({ experts }: ClusterTerms): readonly number[] =>
  Array.from({ length: experts }, (_, expert) => expert);

const usedGpus = (cluster: ClusterTerms): readonly number[] => cluster.gpusOf.flat();

/** Whatever the groups. `most`: replicas of an expert; undefined for one on every GPU. */
export function spreadStart({ cluster, shares }: LayerTerms, most?: number): Int32Array {
  const experts = allExperts(cluster);
  const gpus = usedGpus(cluster);
  const pinned = pinnedCounts(cluster, gpus);
  const counts = replicaCounts(shares, experts, cluster.slots, most ?? gpus.length, pinned);
  const expertOf = new Int32Array(cluster.slots);
  pack(piecesOf(pieceLoads(shares, counts), counts, experts), gpus, cluster, expertOf);
  return expertOf;
}

/** Every group on one node, replicas and all. Undefined where they cannot be. */
export function groupStart({ cluster, shares }: LayerTerms): Int32Array | undefined {
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
  cluster.gpusOf.forEach((gpus, node) => {
    if (gpus.length === 0) return;
    const experts = sizes.experts.flatMap((own, group) => (nodeOf[group] === node ? own : []));
    const slots = cluster.nodeSlots[node]!;
    const counts = replicaCounts(shares, experts, slots, gpus.length, pinnedCounts(cluster, gpus));
    pack(piecesOf(pieceLoads(shares, counts), counts, experts), gpus, cluster, expertOf);
  });
  return expertOf;
}
