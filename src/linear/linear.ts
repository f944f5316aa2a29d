// Linear programs with a sum to minimise. Whoever imports this file waits once for the solver, and then solves at once.
import type { ModelData } from "highs";
import { loadHighs } from "./highs.js";

const highs = await loadHighs();

/** [column] the values of a solution with the least cost; undefined where there is none. */
export function solveLinear(data: ModelData): Float64Array | undefined {
  return highs.withModel(data, (model) => {
    model.options.set({ output_flag: false });
    model.run();
    return model.getModelStatus() === highs.constants.modelStatus.optimal
      ? Float64Array.from(model.getSolution().colValue)
      : undefined;
  });
}
