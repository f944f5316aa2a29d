// The figures that a prediction starts from: the parameters of the models, and what the machine states about itself. They are
// found, not listed: a new parameter, or a new rate of a GPU or a tier, is one of them by itself.
import { parameters as known, type CostParameters, type Parameter } from "../../cost/index.js";
import type { Machine } from "../../plan/index.js";

/** What prices start from. */
export interface Model {
  readonly machine: Machine;
  readonly parameters: CostParameters;
}

/** A number of a model. */
export interface Figure {
  /** As in .weft files: `gemm_efficiency`, `gpu.memory_bandwidth`, `nvlink.latency`. */
  readonly name: string;
  readonly value: number;
  /** A share cannot grow beyond 1. */
  readonly most: number;
  /** The model with another value of it. */
  readonly replaced: (value: number) => Model;
}

/**
 * Numbers that a tenth more or less says nothing of: whole numbers of things, the room in memory, which takes no time, and a
 * tier's efficiency, which only ever stands beside its bandwidth.
 */
const left = new Set(["sms", "memory_bytes", "joins", "nics", "efficiency"]);

/** All figures of a model that are not 0, parameters first. */
export function figuresOf(model: Model): readonly Figure[] {
  const { machine, parameters } = model;
  const { gpu, tiers } = machine;
  return [
    ...parameterFigures(model),
    ...numbersIn(gpu, "gpu", (changed) => ({ parameters, machine: { ...machine, gpu: changed } })),
    ...tiers.flatMap((tier, at) =>
      numbersIn(tier, tier.name, (changed) => ({
        parameters,
        machine: { ...machine, tiers: tiers.with(at, changed) },
      })),
    ),
  ].filter(({ value }) => value !== 0);
}

function parameterFigures({ machine, parameters }: Model): readonly Figure[] {
  return Object.entries<Parameter>(known).flatMap(([name, { unit }]) => {
    if (unit === "count" || unit === "rows" || unit === "columns") return [];
    const replaced = (value: number): Model => ({ machine, parameters: { ...parameters, [name]: value } });
    const value = parameters[name as keyof CostParameters];
    return [{ name: snakeCase(name), value, most: unit === "share" ? 1 : Infinity, replaced }];
  });
}

/** Every number of a record, and of the records in it. A calibration is no part of it: its values are parameters. */
function numbersIn<T extends object>(
  record: T,
  path: string,
  replaced: (record: T) => Model,
): readonly Figure[] {
  return Object.entries(record).flatMap(([key, value]: [string, unknown]): readonly Figure[] => {
    const name = `${path}.${key.replace(/_(us|bytes_per_s)$/, "")}`;
    const withOther = (other: unknown): Model => replaced({ ...record, [key]: other });
    if (typeof value === "number")
      return left.has(key) ? [] : [{ name, value, most: Infinity, replaced: withOther }];
    const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
    return isRecord && key !== "calibration" ? numbersIn(value, name, withOther) : [];
  });
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
