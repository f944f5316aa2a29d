// The baseline: what the published algorithm of EPLB (DeepSeek) makes of a layer's loads. Faithful where it is not good: the policy
// follows from divisibility alone, and replicas of one expert may share a GPU.

export interface BaselineShape {
  readonly slots: number;
  readonly groups: number;
  readonly nodes: number;
  readonly gpus: number;
}

export type BaselinePolicy = "hierarchical" | "global";

/** The policy that the algorithm chooses, whatever the loads: groups on nodes wherever their numbers divide. */
export const baselinePolicy = ({ groups, nodes }: BaselineShape): BaselinePolicy =>
  groups % nodes === 0 ? "hierarchical" : "global";

/** [slot] the expert that lives there; all GPUs have equally many slots, those of GPU 0 come first. */
export function placeByBaseline(
  loads: readonly number[],
  shape: BaselineShape,
  policy: BaselinePolicy = baselinePolicy(shape),
): number[] {
  switch (policy) {
    case "hierarchical":
      return hierarchical(loads, shape);
    case "global":
      return hierarchical(loads, { ...shape, groups: 1, nodes: 1 });
    default:
      return policy satisfies never;
  }
}

/** Groups are packed to nodes, experts replicated within their node, replicas packed to the node's GPUs. */
function hierarchical(loads: readonly number[], { slots, groups, nodes, gpus }: BaselineShape): number[] {
  const size = loads.length / groups;
  const groupLoads = Array.from({ length: groups }, (_, group) =>
    loads.slice(group * size, (group + 1) * size).reduce((sum, load) => sum + load, 0),
  );
  return pack(groupLoads, nodes).flatMap((groupsOfNode) => {
    const experts = groupsOfNode.flatMap((group) =>
      Array.from({ length: size }, (_, at) => group * size + at),
    );
    const replicas = replicate(
      experts.map((expert) => loads[expert]!),
      slots / nodes,
    );
    const packed = pack(
      replicas.map(({ load }) => load),
      gpus / nodes,
    );
    return packed.flat().map((replica) => experts[replicas[replica]!.item]!);
  });
}

/** [bin] indices of its items, equally many in each: the heaviest first, to the least loaded bin with a free place. */
function pack(weights: readonly number[], bins: number): number[][] {
  const places = weights.length / bins;
  const packed = Array.from({ length: bins }, () => ({ items: [] as number[], load: 0 }));
  const heaviestFirst = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b);
  for (const item of heaviestFirst) {
    const open = packed.filter(({ items }) => items.length < places);
    const bin = open.reduce((least, other) => (other.load < least.load ? other : least));
    bin.items.push(item);
    bin.load += weights[item]!;
  }
  return packed.map(({ items }) => items);
}

/** Each item once, then one more copy after the other of the item whose copies have the largest load. */
function replicate(
  loads: readonly number[],
  slots: number,
): { readonly item: number; readonly load: number }[] {
  const copies = loads.map(() => 1);
  const items = [...loads.keys()];
  const perCopy = (item: number): number => loads[item]! / copies[item]!;
  while (items.length < slots) {
    let largest = 0;
    for (let item = 1; item < loads.length; item++) if (perCopy(item) > perCopy(largest)) largest = item;
    copies[largest]!++;
    items.push(largest);
  }
  return items.map((item) => ({ item, load: perCopy(item) }));
}
