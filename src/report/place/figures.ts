// Figures of a placement over its layers.
import type { LayerCosts, PlacementReport } from "./report.js";

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;

/** Greatest loads over the lower bound, as shares beyond it, of the rule or of Weft. */
export const gaps = (
  { lower_bound_load: bounds }: PlacementReport,
  { max_load: loads }: LayerCosts,
): readonly number[] =>
  loads.map((load, layer) => (bounds[layer] === 0 ? 0 : Math.max(0, load / bounds[layer]! - 1)));

/** [layer][gpu] loads over the GPUs' speeds, and that over what all GPUs with slots would have were they even; zeros where there are no tokens. */
export function hotness(
  { speeds, slots_per_gpu: slots }: PlacementReport,
  { gpu_loads: loads }: LayerCosts,
): readonly (readonly number[])[] {
  const usable = speeds.reduce((sum, speed, gpu) => sum + (slots[gpu]! > 0 ? speed : 0), 0);
  return loads.map((row) => {
    const even = row.reduce((sum, each) => sum + each, 0) / usable;
    return row.map((load, gpu) => (even === 0 ? 0 : load / speeds[gpu]! / even));
  });
}

/** Layers in the order of what they take, the slowest first. */
export const slowestFirst = ({ predicted_time_us: us }: LayerCosts): readonly number[] =>
  us.map((_, layer) => layer).sort((one, other) => us[other]! - us[one]! || one - other);
