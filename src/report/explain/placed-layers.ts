// Where experts live, layer by layer: what was chosen, how close that is to the best possible, and what EPLB's rule would have
// cost, as the plan's decisions tell it.
import type { Decision, LaunchPlan, PlacedLayer } from "../../plan/index.js";

/** Times in microseconds, of a micro-batch's dispatch, slowest experts and combine, nothing hidden behind anything. */
export interface LayerOfExperts {
  readonly layer: number;
  /** Layers that are placed alike, from `layer` on. */
  readonly layers: number;
  readonly time_us: number;
  readonly placed: PlacedLayer;
  readonly start_was_best?: boolean;
  /** What lost, EPLB's rule among it. */
  readonly instead: readonly { readonly time_us: number; readonly placed: PlacedLayer }[];
}

export interface PlacedExperts {
  readonly placement: string;
  readonly layers: readonly LayerOfExperts[];
}

/** Of each placement, in order of layers. */
export function placedExperts({ why, placements, model }: LaunchPlan): readonly PlacedExperts[] {
  const told = why?.decisions ?? [];
  return placements.flatMap(({ name, block, layers: tables }) => {
    const runs = model.layers.filter((run) => run.block === block);
    const uses = runs.reduce((sum, { repeat }) => sum + repeat, 0);
    const own = told.filter(({ placement }) => placement === name);
    const alike = own.length === 1 && tables.length === 1 ? uses : 1;
    const layers = own.flatMap((each) => layerOf(each, alike));
    return layers.length === 0 ? [] : [{ placement: name, layers }];
  });
}

function layerOf(
  { layer, price_us, placed, start_was_best, alternatives }: Decision,
  alike: number,
): readonly LayerOfExperts[] {
  if (layer === undefined || placed === undefined) return [];
  return [
    {
      ...{ layer, layers: alike, time_us: price_us, placed },
      ...(start_was_best === undefined ? {} : { start_was_best }),
      instead: alternatives.flatMap((each) =>
        each.placed === undefined || each.price_us === null
          ? []
          : [{ time_us: each.price_us, placed: each.placed }],
      ),
    },
  ];
}
