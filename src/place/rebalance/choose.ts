// One of several ways for each layer, so that the sum of their times is least and the sum of their moves within a limit: the
// multiple-choice knapsack problem, solved exactly.

/** A way to go on with a layer. */
export interface Choice {
  readonly moves: number;
  readonly costUs: number;
}

/** [layer] ways of which none takes more moves and more time than another, the fewest moves first. */
export function frontier<Way extends Choice>(ways: readonly Way[]): Way[] {
  const kept: Way[] = [];
  for (const way of [...ways].sort((a, b) => a.moves - b.moves || a.costUs - b.costUs))
    if (kept.length === 0 || way.costUs < kept.at(-1)!.costUs) kept.push(way);
  return kept;
}

/**
 * [layer] index of the way chosen. Every layer's first way must take no moves. Time and memory grow with layers x moves; the moves
 * that all layers could use at most bound both.
 */
export function chooseWithin(layers: readonly (readonly Choice[])[], maxMoves: number): number[] {
  const usable = layers.reduce((sum, ways) => sum + ways.at(-1)!.moves, 0);
  const limit = Math.min(maxMoves, usable);
  let best = new Float64Array(limit + 1);
  const chosen = layers.map((ways) => {
    const next = new Float64Array(limit + 1).fill(Infinity);
    const taken = new Uint16Array(limit + 1);
    ways.forEach(({ moves, costUs }, index) => {
      for (let used = moves; used <= limit; used++) {
        const cost = best[used - moves]! + costUs;
        if (cost < next[used]!) {
          next[used] = cost;
          taken[used] = index;
        }
      }
    });
    best = next;
    return taken;
  });
  let left = limit;
  const result: number[] = [];
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const index = chosen[layer]![left]!;
    result[layer] = index;
    left -= layers[layer]![index]!.moves;
  }
  return result;
}

/** [layer] index of the way whose time and moves together cost least, each move so many microseconds. */
export function chooseByPrice(layers: readonly (readonly Choice[])[], moveCostUs: number): number[] {
  return layers.map((ways) =>
    ways.reduce(
      (best, way, index) =>
        way.costUs + moveCostUs * way.moves < ways[best]!.costUs + moveCostUs * ways[best]!.moves
          ? index
          : best,
      0,
    ),
  );
}
