// What the memory grows with: each part evaluated again with one dimension doubled.
import {
  evaluate,
  extend,
  valueEnvironment,
  type Dimension,
  type Environment,
  type LaunchPlan,
  type Sized,
} from "../../plan/index.js";
import { memoryParts, type MemoryPart } from "../memory-parts.js";

/** A part of a rank's memory with what it grows with. */
export interface GrowingPart {
  readonly name: string;
  readonly bytes: number;
  readonly grows: readonly Growth[];
}

export interface Growth {
  /** A dimension, or `layers`. */
  readonly with: string;
  readonly value: number;
  /** Bytes more when the dimension doubles. */
  readonly doubled_adds_bytes: number;
}

/** Less than this share of a part is not worth a word. */
const LEAST_SHARE = 0.02;

export function memoryGrowth(plan: LaunchPlan): readonly GrowingPart[] {
  const parts = memoryParts(plan);
  const grown = plan.dimensions
    .filter((each) => each.kind !== "derived" && each.kind !== "dtype_bytes" && each.value > 0)
    .map((dimension) => ({ dimension, parts: memoryParts(doubled(plan, dimension)) }));
  return parts.map(({ name, bytes }) => {
    const adds = (others: readonly MemoryPart[]): number =>
      (others.find((each) => each.name === name)?.bytes ?? 0) - bytes;
    const grows: Growth[] = grown.map(({ dimension, parts: others }) => ({
      with: dimension.name,
      value: dimension.value,
      doubled_adds_bytes: adds(others),
    }));
    const layers = plan.model.layers.reduce((sum, { repeat }) => sum + repeat, 0);
    grows.push({ with: "layers", value: layers, doubled_adds_bytes: perLayerBytes(plan, name) });
    return {
      name,
      bytes,
      grows: grows
        .filter((each) => Math.abs(each.doubled_adds_bytes) > LEAST_SHARE * bytes)
        .sort((one, other) => other.doubled_adds_bytes - one.doubled_adds_bytes),
    };
  });
}

/** The plan's memory with one dimension doubled: regions alone, in their places. */
function doubled(plan: LaunchPlan, { name }: Dimension): LaunchPlan {
  const dimensions = rederived(
    plan.dimensions.map((each) => (each.name === name ? { ...each, value: each.value * 2 } : each)),
  );
  const environment = valueEnvironment(dimensions, plan.exchanges);
  const sized = ({ expr }: Sized): Sized => ({ expr, value: evaluate(expr, environment) });
  return {
    ...plan,
    memory: {
      ...plan.memory,
      regions: plan.memory.regions.map((each) => ({ ...each, bytes: sized(each.bytes) })),
      buffers: plan.memory.buffers.map((each) => ({
        ...each,
        instances: sized(each.instances),
        instance_bytes: sized(each.instance_bytes),
      })),
    },
  };
}

/** Derived dimensions follow from earlier ones. */
function rederived(dimensions: readonly Dimension[]): readonly Dimension[] {
  const values: Record<string, number> = {};
  const nothing: Environment = () => undefined;
  return dimensions.map((each) => {
    const value = each.expr === undefined ? each.value : evaluate(each.expr, extend(nothing, values));
    values[each.name] = value;
    return { ...each, value };
  });
}

/** Bytes of a part that every layer has for itself: weights and caches with an instance for each layer. */
function perLayerBytes({ memory, model }: LaunchPlan, part: string): number {
  const layersOf = (block: string): number =>
    model.layers.filter((each) => each.block === block).reduce((sum, { repeat }) => sum + repeat, 0);
  const kind = part === "weights" ? "weights" : part === "cache" ? "state" : undefined;
  return memory.buffers
    .filter((each) => each.kind === kind && each.instances.value > 1)
    .filter(({ init, instances }) => {
      if (init?.kind !== "weight" && init?.kind !== "state") return false;
      return instances.value === layersOf(init.block);
    })
    .reduce((sum, { instances, instance_bytes }) => sum + instances.value * instance_bytes.value, 0);
}
