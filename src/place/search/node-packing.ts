// Experts of some GPUs that stay on them, packed as evenly as can be found: how many replicas each has, and where they are. What
// else depends on that than loads is left out, so many packings can be tried.
import { pack, pieceLoads, piecesOf, pinnedCounts } from "./pack.js";
import type { ClusterTerms, LayerTerms } from "./terms.js";

/** Experts that are tried to have one replica more. */
const MOST_GAINING = 6;
/** Packings of one node that are tried at the usual effort. */
const MOST_PACKINGS = 48;
const MOST_PACKINGS_ABOVE_FLOOR = 1200;
const LEAST_GAIN = 1e-6;
/** A node whose busiest GPU is this close to its mean is level. */
const LEVEL = 1.0005;

interface NodePacking {
  /** [expert] replicas. */
  readonly counts: Int32Array;
  /** Greatest load of a GPU over its speed. */
  readonly most: number;
}

/** Experts that fill the slots of some GPUs. */
interface Residents {
  readonly experts: readonly number[];
  readonly gpus: readonly number[];
}

/** Packs some experts into all slots of some GPUs, into `expertOf`, as counted. Swaps level what packing leaves. */
function packLevelled(
  cluster: ClusterTerms,
  shares: Float64Array,
  { experts, gpus }: Residents,
  counts: Int32Array,
  expertOf: Int32Array,
): number {
  const loads = pieceLoads(shares, counts);
  pack(piecesOf(loads, counts, experts), gpus, cluster, expertOf);
  return levelSlots(cluster, gpus, counts, loads, expertOf);
}

/** How hard a node is packed. */
export interface Climbing {
  /** A greatest load that is low enough. */
  readonly enough: number;
  /** A greatest load that must not be exceeded, if it can be helped. */
  readonly floor: number;
  readonly effort: number;
}

/**
 * The best packing that is found by giving replicas to other experts, one by one or two at once, while that helps. `expertOf` has
 * the one to begin with, and the best behind it.
 */
function climb(
  { cluster, shares }: { readonly cluster: ClusterTerms; readonly shares: Float64Array },
  residents: Residents,
  start: NodePacking,
  { enough, floor, effort }: Climbing,
  expertOf: Int32Array,
): NodePacking {
  let { counts, most } = start;
  const least = pinnedCounts(cluster, residents.gpus);
  const trial = expertOf.slice();
  let tried = 0;
  const attempt = (change: Change): boolean => {
    const other = counts.slice();
    for (const expert of change.gain) other[expert]!++;
    for (const expert of change.lose) other[expert]!--;
    tried++;
    const found = packLevelled(cluster, shares, residents, other, trial);
    if (found >= most * (1 - LEAST_GAIN)) return false;
    [counts, most] = [other, found];
    for (const gpu of residents.gpus)
      for (let slot = cluster.begins[gpu]!; slot < cluster.begins[gpu + 1]!; slot++)
        expertOf[slot] = trial[slot]!;
    return true;
  };
  for (let improved = true; improved && most > enough;) {
    improved = false;
    for (const change of changesOf(shares, counts, least, residents, most)) {
      if (tried > effort * (most > floor ? MOST_PACKINGS_ABOVE_FLOOR : MOST_PACKINGS)) break;
      improved = attempt(change);
      if (improved) break;
    }
  }
  return { counts, most };
}

/** Experts that get a replica more each, and as many that lose one: an expert may be named twice. */
interface Change {
  readonly gain: readonly number[];
  readonly lose: readonly number[];
}

/** The most promising first; none after which a single replica would be busier than a GPU is now. */
function* changesOf(
  shares: Float64Array,
  counts: Int32Array,
  least: Int32Array,
  { experts, gpus }: Residents,
  most: number,
): Iterable<Change> {
  const gaining = experts
    .filter((expert) => counts[expert]! < gpus.length)
    .sort((a, b) => shares[b]! / counts[b]! - shares[a]! / counts[a]!)
    .slice(0, MOST_GAINING);
  const maySpare = (expert: number, replicas: number): boolean =>
    counts[expert]! - replicas >= Math.max(1, least[expert]!) &&
    shares[expert]! / (counts[expert]! - replicas) < most;
  const losing = experts.filter((expert) => maySpare(expert, 1));
  for (const gain of gaining)
    for (const lose of losing) if (gain !== lose) yield { gain: [gain], lose: [lose] };
  for (const lose of losing.filter((expert) => maySpare(expert, 2)))
    for (const [at, one] of gaining.entries())
      for (const other of gaining.slice(at + 1))
        if (one !== lose && other !== lose) yield { gain: [one, other], lose: [lose, lose] };
  for (const [at, one] of losing.entries())
    for (const other of losing.slice(at + 1))
      for (const [rank, gain] of gaining.entries())
        for (const more of gaining.slice(rank))
          if (
            ![one, other].includes(gain) &&
            ![one, other].includes(more) &&
            (gain !== more || counts[gain]! + 2 <= gpus.length)
          )
            yield { gain: [gain, more], lose: [one, other] };
}

/**
 * A placement whose experts stay on their nodes, or within other `parts` of the GPUs, packed better: the part with the greatest load
 * of all, as long as that helps. [slot] experts.
 */
export function climbNodes(
  { cluster, shares }: LayerTerms,
  start: Int32Array,
  climbing: Climbing,
  parts: readonly (readonly number[])[] = cluster.gpusOf,
): Int32Array {
  const expertOf = start.slice();
  const packings = parts.map((gpus): NodePacking & Residents => {
    const counts = new Int32Array(cluster.experts);
    for (const gpu of gpus)
      for (let slot = cluster.begins[gpu]!; slot < cluster.begins[gpu + 1]!; slot++) counts[start[slot]!]!++;
    const experts = Array.from(counts.keys()).filter((expert) => counts[expert]! > 0);
    const residents = { experts, gpus };
    if (gpus.length === 0) return { ...residents, counts, most: 0 };
    return { ...residents, counts, most: packLevelled(cluster, shares, residents, counts, expertOf) };
  });
  for (let climbs = 0; climbs < 2 * packings.length; climbs++) {
    let hottest = 0;
    packings.forEach(({ most }, node) => {
      if (most > packings[hottest]!.most) hottest = node;
    });
    const packing = packings[hottest]!;
    const load = packing.experts.reduce((sum, expert) => sum + shares[expert]!, 0);
    const speed = packing.gpus.reduce((sum, gpu) => sum + 1 / cluster.slowness[gpu]!, 0);
    const ideal = (load / speed) * LEVEL;
    const enough = Math.min(climbing.floor, Math.max(climbing.enough, ideal));
    const better = climb({ cluster, shares }, packing, packing, { ...climbing, enough }, expertOf);
    if (better.most >= packing.most) break;
    packings[hottest] = { ...packing, ...better };
  }
  return expertOf;
}

/** Swaps between the busiest GPU and another while the busier of the two gets less busy. Gives the greatest load. */
function levelSlots(
  cluster: ClusterTerms,
  gpus: readonly number[],
  counts: Int32Array,
  pieces: Float64Array,
  expertOf: Int32Array,
): number {
  const { begins, slowness } = cluster;
  const carried = new Float64Array(cluster.world);
  for (const gpu of gpus)
    for (let slot = begins[gpu]!; slot < begins[gpu + 1]!; slot++)
      carried[gpu]! += pieces[expertOf[slot]!]! * slowness[gpu]!;
  const holds = (gpu: number, expert: number): boolean => {
    if (counts[expert]! < 2) return false;
    for (let slot = begins[gpu]!; slot < begins[gpu + 1]!; slot++) if (expertOf[slot] === expert) return true;
    return false;
  };
  for (let round = 0; round < cluster.experts; round++) {
    let busiest = gpus[0]!;
    for (const gpu of gpus) if (carried[gpu]! > carried[busiest]!) busiest = gpu;
    const from = carried[busiest]!;
    let best = from * (1 - LEAST_GAIN);
    let [one, other, into] = [-1, -1, -1];
    for (let s = begins[busiest]!; s < begins[busiest + 1]!; s++) {
      const leaving = expertOf[s]!;
      if (cluster.isPinned(leaving, busiest)) continue;
      for (const gpu of gpus) {
        if (gpu === busiest) continue;
        for (let t = begins[gpu]!; t < begins[gpu + 1]!; t++) {
          const more = pieces[expertOf[t]!]! - pieces[leaving]!;
          if (more >= 0) continue;
          const greater = Math.max(from + more * slowness[busiest]!, carried[gpu]! - more * slowness[gpu]!);
          if (
            greater >= best ||
            holds(gpu, leaving) ||
            holds(busiest, expertOf[t]!) ||
            cluster.isPinned(expertOf[t]!, gpu)
          )
            continue;
          [best, one, other, into] = [greater, s, t, gpu];
        }
      }
    }
    if (one < 0) return from;
    const more = pieces[expertOf[other]!]! - pieces[expertOf[one]!]!;
    carried[busiest]! += more * slowness[busiest]!;
    carried[into]! -= more * slowness[into]!;
    const moved = expertOf[one]!;
    expertOf[one] = expertOf[other]!;
    expertOf[other] = moved;
  }
  return Math.max(...gpus.map((gpu) => carried[gpu]!));
}
