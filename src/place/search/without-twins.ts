// A placement by a rule that lets a GPU have two replicas of one expert, without such: near it, so that what is good in it stays.
import type { ClusterTerms, LayerTerms } from "./terms.js";

/**
 * [slot] experts, none twice on a GPU. A twin changes places with an expert of its node, or of another where `crosses`, so that the
 * busier of both GPUs is least busy; where there is none, its slot goes to the expert whose replicas carry most. Undefined where no
 * expert can have it.
 */
export function withoutTwins(
  { cluster, shares }: LayerTerms,
  ruled: ArrayLike<number>,
  crosses: boolean,
): Int32Array | undefined {
  const { begins, gpuOf, nodeOf, slowness } = cluster;
  const expertOf = Int32Array.from(ruled);
  const counts = new Int32Array(cluster.experts);
  for (const expert of expertOf) counts[expert]!++;
  const piece = (expert: number): number => shares[expert]! / counts[expert]!;
  const loads = new Float64Array(cluster.world);
  const add = (slot: number, sign: 1 | -1): void => {
    loads[gpuOf[slot]!]! += sign * piece(expertOf[slot]!) * slowness[gpuOf[slot]!]!;
  };
  for (let slot = 0; slot < expertOf.length; slot++) add(slot, 1);
  const holds = (gpu: number, expert: number): boolean =>
    expertOf.subarray(begins[gpu], begins[gpu + 1]).includes(expert);

  for (let slot = 0; slot < expertOf.length; slot++) {
    const gpu = gpuOf[slot]!;
    if (!expertOf.subarray(begins[gpu], slot).includes(expertOf[slot]!)) continue;
    const other = partner(slot, false) ?? (crosses ? partner(slot, true) : undefined);
    if (other === undefined) {
      if (!handOver(slot)) return undefined;
      continue;
    }
    for (const each of [slot, other]) add(each, -1);
    [expertOf[slot], expertOf[other]] = [expertOf[other]!, expertOf[slot]!];
    for (const each of [slot, other]) add(each, 1);
  }
  return expertOf;

  /** The slot to change places with, on the node or on any. */
  function partner(slot: number, anywhere: boolean): number | undefined {
    const [gpu, expert] = [gpuOf[slot]!, expertOf[slot]!];
    let [best, least]: [number | undefined, number] = [undefined, Infinity];
    for (let to = 0; to < cluster.world; to++) {
      if (to === gpu || (!anywhere && nodeOf[to] !== nodeOf[gpu]) || holds(to, expert)) continue;
      for (let other = begins[to]!; other < begins[to + 1]!; other++) {
        const more = piece(expertOf[other]!) - piece(expert);
        const after = Math.max(loads[gpu]! + more * slowness[gpu]!, loads[to]! - more * slowness[to]!);
        if (after >= least || holds(gpu, expertOf[other]!)) continue;
        [best, least] = [other, after];
      }
    }
    return best;
  }

  function handOver(slot: number): boolean {
    const [gpu, expert] = [gpuOf[slot]!, expertOf[slot]!];
    let best = -1;
    for (const other of residents(cluster, expertOf, crosses ? undefined : nodeOf[gpu]!))
      if ((best < 0 || piece(other) > piece(best)) && !holds(gpu, other)) best = other;
    if (best < 0) return false;
    const touched = (each: number): boolean => expertOf[each] === expert || expertOf[each] === best;
    for (let each = 0; each < expertOf.length; each++) if (touched(each)) add(each, -1);
    expertOf[slot] = best;
    counts[expert]!--;
    counts[best]!++;
    for (let each = 0; each < expertOf.length; each++) if (touched(each)) add(each, 1);
    return true;
  }
}

/** Experts of a node, or of all nodes. */
function residents(
  { gpuOf, nodeOf }: ClusterTerms,
  expertOf: Int32Array,
  node: number | undefined,
): ReadonlySet<number> {
  const here = new Set<number>();
  expertOf.forEach((expert, slot) => {
    if (node === undefined || nodeOf[gpuOf[slot]!] === node) here.add(expert);
  });
  return here;
}
