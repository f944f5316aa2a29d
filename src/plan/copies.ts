// How many copies a node-aware exchange is expected to send: for each node, the share of a rank's tokens that some expert there
// gets. Known by the loads, and by the groups that a gate limits each token to.
import type { AtomSpace } from "./atoms.js";
import { evaluate, type Environment } from "./expression.js";
import type { LayerPlacement, Node } from "./types.gen.js";

/** Choices of groups that are weighed one by one; a gate with more is taken as one without groups. */
const MOST_CHOICES = 1000;

/** What a gate chooses: experts for each token, out of some of the groups. */
export interface GateChoice {
  readonly topK: number;
  readonly groups: number;
  readonly topGroups: number;
}

export function gateChoice({ dims }: Node, environment: Environment): GateChoice {
  const value = (name: string): number => evaluate(dims[name] ?? 1, environment);
  return { topK: value("top_k"), groups: value("groups"), topGroups: value("top_groups") };
}

/**
 * [node] the share of tokens with at least one expert there. A token takes some of the groups, each choice of them alike, and
 * draws its experts from them by their loads: with a share p of those loads on the node, none of k draws hits it with
 * probability (1 - p)^k.
 */
export function sharesWithCopies(
  loads: readonly number[],
  tables: LayerPlacement,
  space: AtomSpace,
  { topK, groups, topGroups }: GateChoice,
): Float64Array {
  const choices = groupChoices(groups, topGroups);
  const parts = choices === undefined ? 1 : groups;
  const perGroup = Math.ceil(loads.length / parts);
  const onNode = Array.from({ length: space.nodes }, () => new Float64Array(parts));
  const inGroup = new Float64Array(parts);
  loads.forEach((load, expert) => {
    const group = Math.floor(expert / perGroup);
    inGroup[group]! += load;
    const first = tables.replica_begin[expert] ?? 0;
    const end = tables.replica_begin[expert + 1] ?? first;
    for (let replica = first; replica < end; replica++) {
      const node = space.nodeOf(space.hostOf(tables.replica_slot[replica]!));
      onNode[node]![group]! += load / (end - first);
    }
  });
  return Float64Array.from(onNode, (there) => {
    let missed = 0;
    for (const chosen of choices ?? [[0]]) {
      const sum = (of: Float64Array): number => chosen.reduce((total, group) => total + of[group]!, 0);
      const all = sum(inGroup);
      missed += all === 0 ? 1 : (1 - Math.min(1, sum(there) / all)) ** topK;
    }
    return 1 - missed / (choices?.length ?? 1);
  });
}

/** Every choice of so many groups; undefined where there is one or too many. */
function groupChoices(groups: number, chosen: number): readonly (readonly number[])[] | undefined {
  if (chosen >= groups) return undefined;
  let partial: (readonly number[])[] = [[]];
  for (let group = 0; group < groups; group++) {
    const left = groups - group;
    partial = partial.flatMap((each) => {
      const needed = chosen - each.length;
      return [...(needed > 0 ? [[...each, group]] : []), ...(needed < left ? [each] : [])];
    });
    if (partial.length > MOST_CHOICES) return undefined;
  }
  return partial;
}
