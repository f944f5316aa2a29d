// How the ranks of expert parallelism lie in nodes: the units that the cluster's fastest tier joins.
import type { Machine } from "./types.gen.js";

export interface NodeShape {
  readonly ranksPerNode: number;
  readonly nodes: number;
}

/** Undefined where the ranks are not several whole nodes of several GPUs each. */
export function nodeShape({ tiers }: Pick<Machine, "tiers">, ep: number): NodeShape | undefined {
  const ranksPerNode = tiers[0]?.joins ?? 1;
  const nodes = ep / ranksPerNode;
  return ranksPerNode > 1 && nodes > 1 && Number.isInteger(nodes) ? { ranksPerNode, nodes } : undefined;
}
