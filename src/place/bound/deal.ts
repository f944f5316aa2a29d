// Whether groups of experts can be dealt to nodes, each of which bears only so much by each of several weighings.

/** Steps after which an answer is taken to be yes: nothing is refuted that was not tried. */
const MOST_STEPS = 1000;
/** Of what all nodes bear, so that rounding refutes nothing. */
const ROOM = 1e-9;

/** `groups`: [group * ways + way] what it weighs. `nodes`: [node * ways + way] what it bears. */
export function mayBeDealt(groups: Float64Array, nodes: Float64Array, ways: number): boolean {
  const totals = new Float64Array(ways);
  nodes.forEach((bears, at) => (totals[at % ways]! += bears));
  const left = nodes.map((bears, at) => bears + ROOM * (1 + totals[at % ways]!));
  const places = nodes.length / ways;
  // The group that takes most of what all nodes bear is the hardest to place, so it goes first.
  const demands = new Float64Array(groups.length / ways);
  groups.forEach((weighs, at) => {
    const group = Math.floor(at / ways);
    demands[group] = Math.max(demands[group]!, weighs / totals[at % ways]!);
  });
  const order = Int32Array.from(demands.keys()).sort((a, b) => demands[b]! - demands[a]! || a - b);

  const fits = (group: number, node: number): boolean => {
    for (let way = 0; way < ways; way++)
      if (groups[group * ways + way]! > left[node * ways + way]!) return false;
    return true;
  };
  const isLike = (node: number, other: number): boolean => {
    for (let way = 0; way < ways; way++)
      if (Math.abs(left[node * ways + way]! - left[other * ways + way]!) > 1e-12) return false;
    return true;
  };
  const take = (group: number, node: number, sign: number): void => {
    for (let way = 0; way < ways; way++) left[node * ways + way]! -= sign * groups[group * ways + way]!;
  };
  let steps = 0;
  const dealFrom = (next: number): boolean => {
    if (next === order.length || ++steps > MOST_STEPS) return true;
    const group = order[next]!;
    for (let node = 0; node < places; node++) {
      if (!fits(group, node)) continue;
      // What a node like this one could not lead to, this one cannot.
      let tried = false;
      for (let other = 0; other < node && !tried; other++) tried = isLike(node, other);
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
