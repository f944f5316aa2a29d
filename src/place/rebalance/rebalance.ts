// From the placement that serves now to a better one by few copies of experts' weights: for each layer what so many moves gain, over
// all layers those that gain most.
import { placeLayers } from "../place.js";
import { gpuOfSlots, type PlacedLayer, type PlaceProblem } from "../problem.js";
import { chooseByPrice, chooseWithin } from "./choose.js";
import { itineraryOf, type Itinerary } from "./itinerary.js";
import type { Move, MoveLimit, Rebalanced, RebalancedLayer } from "./moves.js";
import { Ports } from "./ports.js";
import { replayMoves } from "./replay.js";
import { LayerWays } from "./ways.js";

/** More than the time of all layers: what must hold is mended wherever the moves suffice. */
const BROKEN_US = 1e12;

/**
 * The best moves from a placement, which `placeFaults` finds no faults in but that it may break pins and groups: that is mended
 * first. The predicted time of no layer rises but for that. Deterministic.
 */
export function rebalance(problem: PlaceProblem, from: readonly PlacedLayer[], limit: MoveLimit): Rebalanced {
  const fresh = placeLayers(problem);
  const layers = from.map((placed, layer) => new LayerWays(problem, layer, placed, fresh[layer]!.placed));
  const chosen = chooseDeeply(layers, limit);
  const moveCostUs = "maxMoves" in limit ? 0 : limit.moveCostUs;
  const itineraries = layers.map((layer, index) =>
    itineraryOf(problem, from[index]!, layer, layer.ways[chosen[index]!]!, moveCostUs),
  );
  const { moves, movingUs } = movesOf(problem, from, itineraries);
  replayMoves(
    { gpus: problem.gpus, experts: problem.loads[0]!.length },
    from.map(({ expertOfSlot }) => expertOfSlot),
    moves,
  );
  const results = layers.map((layer, index): RebalancedLayer => {
    const { bundles, placed, timeUs, resplitUs } = itineraries[index]!;
    return {
      placed,
      beforeUs: layer.scorer.score(from[index]!).timeUs,
      resplitUs,
      afterUs: timeUs,
      moves: bundles.reduce((sum, { steps }) => sum + steps.length, 0),
      freshUs: layer.freshUs,
      freshMoves: layer.freshMoves,
      ...(layer.isBroken && chosen[index] === 0
        ? { unmended: layer.ways.length === 1 ? "no_safe_order" : "max_moves" }
        : {}),
    };
  });
  const total = (of: (layer: RebalancedLayer) => number): number =>
    results.reduce((sum, each) => sum + of(each), 0);
  return {
    layers: results,
    moves,
    beforeUs: total((each) => each.beforeUs),
    resplitUs: total((each) => each.resplitUs),
    afterUs: total((each) => each.afterUs),
    freshUs: total((each) => each.freshUs),
    forcedMoves: moves.filter(({ forced }) => forced).length,
    mendingMoves: layers.reduce((sum, layer) => sum + layer.mendingMoves, 0),
    movedBytes: moves.length * problem.prices.expertBytes,
    movingUs,
    layersWithoutSpare: from.flatMap(({ expertOfSlot }, layer) =>
      new Set(expertOfSlot).size === expertOfSlot.length ? [layer] : [],
    ),
  };
}

/** [layer] the way taken, of ways that are looked for further where so many moves are worth it. */
function chooseDeeply(layers: readonly LayerWays[], limit: MoveLimit): number[] {
  const most = "maxMoves" in limit ? limit.maxMoves : Infinity;
  for (;;) {
    const ways = layers.map((layer) =>
      layer.ways.map(({ moves, costUs }, index) => ({
        moves,
        costUs: costUs + (layer.isBroken && index === 0 ? BROKEN_US : 0),
      })),
    );
    const chosen = "maxMoves" in limit ? chooseWithin(ways, most) : chooseByPrice(ways, limit.moveCostUs);
    const deeper = layers.map((layer, index) => layer.deepen(chosen[index]!, most));
    if (!deeper.includes(true)) return chosen;
  }
}

/** The moves of all layers, those that gain most per move first. */
function movesOf(
  problem: PlaceProblem,
  from: readonly PlacedLayer[],
  itineraries: readonly Itinerary[],
): { readonly moves: Move[]; readonly movingUs: number } {
  const gpuOf = gpuOfSlots(problem.gpus);
  const ports = new Ports(problem);
  const now = from.map(({ expertOfSlot }) => [...expertOfSlot]);
  // Within a layer the rates fall, so that sorting keeps the order.
  const bundles = itineraries
    .flatMap(({ bundles }, layer) =>
      bundles.map((each) => ({
        ...each,
        layer,
        rate: each.forced ? Infinity : each.gainUs / each.steps.length,
      })),
    )
    .sort((a, b) => (a.rate === b.rate ? a.layer - b.layer : b.rate - a.rate));
  const moves = bundles.flatMap(({ steps, layer, gainUs, forced }, bundle) =>
    steps.map(({ slot, expert }): Move => {
      const slots = now[layer]!;
      const gpu = gpuOf[slot]!;
      const holders = slots.flatMap((each, other) => (each === expert ? [gpuOf[other]!] : []));
      const replaces = slots[slot]!;
      slots[slot] = expert;
      return {
        ...{ layer, expert, fromGpu: ports.copy(holders, gpu), gpu, slot, replaces },
        ...{ bytes: problem.prices.expertBytes, bundle, gainUs: gainUs / steps.length, forced },
      };
    }),
  );
  return { moves, movingUs: ports.busiestUs };
}
