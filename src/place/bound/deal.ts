// Whether groups of experts can be dealt to nodes, each of which bears only so much by each of several weighings.

/** Steps after which an answer is taken to be yes: nothing is refuted that was not tried. */
const MOST_STEPS = 2000;

/** `groups`: [weighing][group] what it weighs. `nodes`: [weighing][node] what it bears. */
export function mayBeDealt(groups: readonly Float64Array[], nodes: readonly Float64Array[]): boolean {
  const left = nodes.map((bears) => bears.slice());
  const count = groups[0]!.length;
  const places = left[0]!.length;
  // The group that takes most of what all nodes bear is the hardest to place, so it goes first.
  const totals = nodes.map((bears) => bears.reduce((sum, each) => sum + each, 0));
  const demand = (group: number): number =>
    groups.reduce((most, weighs, by) => Math.max(most, weighs[group]! / totals[by]!), 0);
  const order = Array.from({ length: count }, (_, group) => group);
  order.sort((a, b) => demand(b) - demand(a) || a - b);

  const take = (group: number, node: number, sign: number): void =>
    left.forEach((bears, by) => (bears[node]! -= sign * groups[by]![group]!));
  const fits = (group: number, node: number): boolean =>
    left.every((bears, by) => groups[by]![group]! <= bears[node]! + 1e-9 * (1 + totals[by]!));
  const alike = (node: number, other: number): boolean =>
    left.every((bears) => Math.abs(bears[node]! - bears[other]!) < 1e-12);

  let steps = 0;
  const dealFrom = (next: number): boolean => {
    const group = order[next];
    if (group === undefined || ++steps > MOST_STEPS) return true;
    for (let node = 0; node < places; node++) {
      if (!fits(group, node)) continue;
      let tried = false;
      for (let other = 0; other < node && !tried; other++) tried = alike(node, other);
      if (tried) continue;
      take(group, node, 1);
      const dealt = dealFrom(next + 1);
      take(group, node, -1);
      if (dealt) return true;
    }
    return false;
  };
  return dealFrom(0);
}
