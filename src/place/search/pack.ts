// Packing: the heaviest replica first, each to the least loaded GPU that has a free slot and not yet its expert (longest processing
// time first, Graham 1969).
import { InternalError } from "../../diagnostics/internal-error.js";
import type { ClusterTerms } from "./terms.js";

/** Replicas to place. */
export interface Pieces {
  /** [piece] its expert: as often as it has replicas, the heaviest first. */
  readonly experts: readonly number[];
  /** [expert] share of the rows of each of its replicas. */
  readonly loads: Float64Array;
  /** [expert] its replicas; packing changes them where GPUs cannot hold so many. */
  readonly counts: Int32Array;
}

/** [expert] on how many of some GPUs an expert is pinned. */
export function pinnedCounts({ experts, problem }: ClusterTerms, gpus: readonly number[]): Int32Array {
  const counts = new Int32Array(experts);
  for (const { expert, gpu } of problem.pins) if (gpus.includes(gpu)) counts[expert]!++;
  return counts;
}

/**
 * [expert] its replicas: each slot to spare goes to the expert whose replicas carry most. At least `least` and at most `most` of
 * each.
 */
export function replicaCounts(
  loads: Float64Array,
  experts: readonly number[],
  slots: number,
  most: number,
  least: Int32Array,
): Int32Array {
  const counts = new Int32Array(loads.length);
  let extra = slots;
  for (const expert of experts) extra -= counts[expert] = Math.max(1, least[expert]!);
  const open = experts.filter((expert) => loads[expert]! > 0);
  for (; extra > 0; extra--) {
    let heaviest = -1;
    let load = -1;
    for (const expert of open) {
      const count = counts[expert]!;
      if (count >= most || loads[expert]! / count <= load) continue;
      heaviest = expert;
      load = loads[expert]! / count;
    }
    if (heaviest < 0) heaviest = experts.find((expert) => counts[expert]! < most) ?? -1;
    if (heaviest < 0) throw new InternalError("more slots than experts times GPUs");
    counts[heaviest]!++;
  }
  return counts;
}

/** [expert] load of each replica. */
export const pieceLoads = (shares: Float64Array, counts: Int32Array): Float64Array =>
  shares.map((share, expert) => (counts[expert]! < 2 ? share : share / counts[expert]!));

/** The replicas of some experts, heaviest first; of equal ones every expert's first before the others. */
export function piecesOf(loads: Float64Array, counts: Int32Array, experts: readonly number[]): Pieces {
  const order = [...experts].sort((a, b) => loads[b]! - loads[a]! || a - b);
  const pieces: number[] = [];
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    while (end < order.length && loads[order[end]!] === loads[order[first]!]) end++;
    for (let replica = 0, put = 1; put > 0; replica++) {
      put = 0;
      for (let at = first; at < end; at++)
        if (replica < counts[order[at]!]!) {
          pieces.push(order[at]!);
          put++;
        }
    }
    first = end;
  }
  return { experts: pieces, loads, counts };
}

/** Puts pieces into the slots of some GPUs, which they fill: into `expertOf`, by slot. */
export function pack(
  { experts, loads, counts }: Pieces,
  gpus: readonly number[],
  cluster: ClusterTerms,
  expertOf: Int32Array,
): void {
  const { begins, slowness } = cluster;
  const filled = new Int32Array(cluster.world);
  const carried = new Float64Array(cluster.world);
  const copies = new Int32Array(loads.length);
  for (const expert of experts) copies[expert]!++;
  const has = (gpu: number, expert: number): boolean => {
    if (copies[expert]! < 2) return false;
    for (let slot = begins[gpu]!; slot < begins[gpu]! + filled[gpu]!; slot++)
      if (expertOf[slot] === expert) return true;
    return false;
  };
  const hasRoom = (gpu: number): boolean => begins[gpu]! + filled[gpu]! < begins[gpu + 1]!;
  const put = (gpu: number, expert: number): void => {
    expertOf[begins[gpu]! + filled[gpu]!] = expert;
    filled[gpu]!++;
    carried[gpu]! += loads[expert]! * slowness[gpu]!;
  };
  const [pinned, free] = partition(experts, gpus, cluster);
  for (const { gpu, expert } of pinned) put(gpu, expert);
  for (const expert of free) {
    let best = -1;
    let least = Infinity;
    for (const gpu of gpus) {
      const after = carried[gpu]! + loads[expert]! * slowness[gpu]!;
      if (after >= least || !hasRoom(gpu) || has(gpu, expert)) continue;
      best = gpu;
      least = after;
    }
    if (best >= 0) put(best, expert);
    else makeRoom(expert);
  }

  /** Every free slot is on a GPU that has the expert: through a full one that has not. */
  function makeRoom(expert: number): void {
    for (const full of gpus) {
      if (hasRoom(full) || has(full, expert)) continue;
      for (const open of gpus) {
        if (!hasRoom(open)) continue;
        for (let slot = begins[full]!; slot < begins[full + 1]!; slot++) {
          const moved = expertOf[slot]!;
          if (has(open, moved) || cluster.isPinned(moved, full)) continue;
          put(open, moved);
          expertOf[slot] = expert;
          carried[full]! += (loads[expert]! - loads[moved]!) * slowness[full]!;
          return;
        }
      }
    }
    standIn(expert);
  }

  /** No way round is found, and all open GPUs have the expert: its slot goes to another, the one whose replicas carry most. */
  function standIn(expert: number): void {
    const open = gpus.find(hasRoom);
    let best = -1;
    for (const other of new Set(experts)) {
      if (best >= 0 && loads[other]! <= loads[best]!) continue;
      if (
        open !== undefined &&
        !expertOf.subarray(begins[open], begins[open]! + filled[open]!).includes(other)
      )
        best = other;
    }
    if (open === undefined || best < 0) throw new InternalError(`no GPU can take expert ${String(expert)}`);
    counts[expert]!--;
    counts[best]!++;
    copies[best]!++;
    put(open, best);
  }
}

/** Pieces that are pinned to one of the GPUs, and the others in their order. */
function partition(
  experts: readonly number[],
  gpus: readonly number[],
  { pinned }: ClusterTerms,
): readonly [readonly { readonly gpu: number; readonly expert: number }[], readonly number[]] {
  if (pinned.size === 0) return [[], experts];
  const fixed = gpus.flatMap((gpu) => [...(pinned.get(gpu) ?? [])].map((expert) => ({ gpu, expert })));
  const taken = new Map<number, number>();
  for (const { expert } of fixed) taken.set(expert, (taken.get(expert) ?? 0) + 1);
  const free: number[] = [];
  for (const expert of experts) {
    const left = taken.get(expert) ?? 0;
    if (left > 0) taken.set(expert, left - 1);
    else free.push(expert);
  }
  return [fixed, free];
}
