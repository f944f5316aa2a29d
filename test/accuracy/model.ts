// What a prediction starts from, and the numbers of it that a fit may move.
import type { CostParameters, ParameterName } from "../../src/cost/index.js";
import type { Machine } from "../../src/plan/index.js";

export interface Model {
  readonly machine: Machine;
  readonly parameters: CostParameters;
}

/** One number of a model that a fit may move, within what is physical. */
export interface Knob {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  read(model: Model): number;
  write(model: Model, value: number): Model;
}

/** A parameter of the price models. */
export const parameterKnob = (name: ParameterName, min: number, max: number): Knob => ({
  name,
  min,
  max,
  read: ({ parameters }) => parameters[name],
  write: ({ machine, parameters }, value) => ({ machine, parameters: { ...parameters, [name]: value } }),
});

type TierField = "efficiency" | "latency_us" | "message_gap_us";

/** What a tier of the machine states; 0 is the fastest. */
export const tierKnob = (tier: number, field: TierField, min: number, max: number): Knob => ({
  name: `tier ${String(tier)} ${field}`,
  min,
  max,
  read: ({ machine }) => machine.tiers[tier]?.[field] ?? min,
  write: ({ machine, parameters }, value) => ({
    machine: {
      ...machine,
      tiers: machine.tiers.map((each, at) => (at === tier ? { ...each, [field]: value } : each)),
    },
    parameters,
  }),
});

/** A model with all knobs at these values. */
export const turned = (model: Model, knobs: readonly Knob[], values: readonly number[]): Model =>
  knobs.reduce((turning, knob, at) => knob.write(turning, values[at] ?? knob.read(turning)), model);
