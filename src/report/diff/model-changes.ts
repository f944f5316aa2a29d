// What differs in the model: its layers, its dimensions, and the operators of each block. Says nothing of how that is mapped.
import {
  evaluate,
  type Block,
  type DimensionKind,
  type LaunchPlan,
  type PlanIndex,
} from "../../plan/index.js";
import { changedNodes, type NodeChange } from "./node-changes.js";
import { both, type Pair } from "./pair.js";

export type ModelChange =
  | { readonly kind: "model_changed"; readonly values: Pair<string> }
  | { readonly kind: "layers_changed"; readonly values: Pair<string> }
  | {
      readonly kind: "dimension_changed";
      readonly dimension: string;
      readonly counts: DimensionKind;
      readonly values: Pair<number>;
    }
  | {
      readonly kind: "block_removed" | "block_added";
      readonly block: string;
      readonly nodes: readonly string[];
    }
  | NodeChange;

export function modelChanges(indexes: Pair<PlanIndex>): readonly ModelChange[] {
  const plans = both(indexes, ({ plan }) => plan);
  const names = both(plans, ({ model }) => model.name);
  const layers = both(plans, layersText);
  return [
    ...(names[0] === names[1] ? [] : [{ kind: "model_changed", values: names } as const]),
    ...(layers[0] === layers[1] ? [] : [{ kind: "layers_changed", values: layers } as const]),
    ...dimensionChanges(plans),
    ...blockChanges(indexes),
  ];
}

/** As in a model: `embed, 3 * dense, 58 * moe, head`. */
const layersText = ({ model }: LaunchPlan): string =>
  model.layers.map(({ block, repeat }) => (repeat === 1 ? block : `${String(repeat)} * ${block}`)).join(", ");

/** Dimensions of the model. Those of batch, placement and number formats are told as settings; derived ones follow. */
const ofModel: Readonly<Record<DimensionKind, boolean>> = {
  width: true,
  heads: true,
  experts: true,
  top_k: true,
  groups: true,
  vocab: true,
  layers: true,
  fixed: true,
  sequences: false,
  length: false,
  context: false,
  slots: false,
  bound: false,
  dtype_bytes: false,
  derived: false,
};

/** Dimensions of one plan alone are those of nodes that the other does not have, and are told with the nodes. */
function dimensionChanges([a, b]: Pair<LaunchPlan>): readonly ModelChange[] {
  const values = new Map(b.dimensions.map(({ name, value }) => [name, value]));
  return a.dimensions.flatMap(({ name, kind, value }) => {
    const other = values.get(name);
    return !ofModel[kind] || other === undefined || other === value
      ? []
      : [{ kind: "dimension_changed", dimension: name, counts: kind, values: [value, other] } as const];
  });
}

function blockChanges(indexes: Pair<PlanIndex>): readonly ModelChange[] {
  const [ofA, ofB] = both(indexes, ({ plan }) => plan.model.blocks);
  const alone = (kind: "block_removed" | "block_added", blocks: readonly Block[], others: readonly Block[]) =>
    blocks
      .filter(({ name }) => others.every((each) => each.name !== name))
      .map(({ name, nodes }) => ({ kind, block: name, nodes: nodes.map(({ id }) => id) }));
  return [
    ...alone("block_removed", ofA, ofB),
    ...alone("block_added", ofB, ofA),
    ...ofA.flatMap((block) => {
      const other = ofB.find(({ name }) => name === block.name);
      return other === undefined ? [] : changedNodes([block, other], both(indexes, valueOf));
    }),
  ];
}

const valueOf =
  ({ environment }: PlanIndex) =>
  (expr: Parameters<typeof evaluate>[0]): number =>
    evaluate(expr, environment);
