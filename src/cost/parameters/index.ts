// The parameters of all models: one record per physical effect, with its unit, meaning and source. What a machine states about
// itself (peaks, bandwidths, tier latencies) is in the plan; where it was measured, its calibration replaces values from here.
import type { Machine } from "../../plan/index.js";
import { contentionParameters } from "./contention.js";
import { deepEpParameters } from "./deepep.js";
import { deviceParameters } from "./device.js";
import { expertParameters } from "./experts.js";
import { hostParameters } from "./host.js";
import { linkParameters } from "./link.js";
import type { Parameter } from "./parameter.js";

export type { Parameter } from "./parameter.js";

export const parameters = {
  ...deviceParameters,
  ...expertParameters,
  ...linkParameters,
  ...deepEpParameters,
  ...hostParameters,
  ...contentionParameters,
};

export type ParameterName = keyof typeof parameters;

/** A value for each parameter, in its unit. */
export type CostParameters = { readonly [Name in ParameterName]: number };

/** The common values. */
export const defaultParameters: CostParameters = Object.fromEntries(
  Object.entries<Parameter>(parameters).map(([name, each]) => [name, each.value]),
) as CostParameters;

const known = new WeakMap<Machine["gpu"], CostParameters>();

/** The values for a machine: its calibration, and the common values beside it. Equal machines may share one object. */
export function parametersOf({ gpu }: Machine): CostParameters {
  const found = known.get(gpu) ?? { ...defaultParameters, ...gpu.calibration };
  known.set(gpu, found);
  return found;
}
