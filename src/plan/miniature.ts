// The miniature of a plan: the same launches, events and transfers with extents so small that anyone can execute them.
// Only dimension values change (and all number formats to f32); sizes, offsets and values beside expressions follow.
import { dimensionEnvironment, extend, valueEnvironment } from "./dimensions.js";
import { evaluate, type Environment } from "./expression.js";
import type { Dimension, LaunchPlan, Memory, Precision, Sized } from "./types.gen.js";

export interface Reduction {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface Miniature {
  readonly plan: LaunchPlan;
  /** Dimensions that changed. */
  readonly reduced: readonly Reduction[];
}

/** Bytes of an f32, which every number format becomes. */
const F32_BYTES = 4;
/** Tokens that a micro-batch of a rank keeps at most: enough for uneven counts, few enough for a software GPU. */
const MOST_SEQUENCES = 2;
const MOST_LENGTH = 8;
const MOST_CONTEXT = 5;
/**
 * Few tokens scatter around their mean more than many: where receiving more than the bound ends the program, a miniature's
 * ranks have room for so many times the bound, or plans that keep it would fail.
 */
const MORE_ROOM = 2;

/**
 * The miniature of a plan. Equal values of one kind become equal values, so shapes that fit keep fitting; divisors
 * stay divisors. It verifies and executes like any plan.
 */
export function miniature(plan: LaunchPlan): Miniature {
  const dimensions: Dimension[] = [];
  for (const dimension of plan.dimensions) {
    const value =
      dimension.kind === "derived" && dimension.expr !== undefined
        ? evaluate(dimension.expr, dimensionEnvironment(dimensions))
        : shrink(dimension);
    dimensions.push({ ...dimension, value });
  }
  const environment = valueEnvironment(dimensions, plan.exchanges);
  const { exchanges, cells } = revalue({ exchanges: plan.exchanges, cells: plan.cells }, environment);
  const precisions = plan.precisions.map((each): Precision => ({
    ...each,
    dtype: each.class === "index" ? "u32" : "f32",
  }));
  const small: LaunchPlan = {
    ...plan,
    dimensions,
    precisions,
    exchanges,
    cells,
    memory: revalueMemory(plan.memory, environment),
  };
  delete small.why;
  return {
    plan: small,
    reduced: plan.dimensions.flatMap(({ name, value: from }, index) => {
      const to = dimensions[index]?.value ?? from;
      return to === from ? [] : [{ name, from, to }];
    }),
  };
}

function shrink({ name, kind, value }: Dimension): number {
  switch (kind) {
    case "width":
    case "vocab":
      return smallWidth(value);
    case "heads":
      return smallCount(value);
    case "sequences":
      return Math.min(value, MOST_SEQUENCES);
    case "length":
      return Math.min(value, MOST_LENGTH);
    case "context":
      return Math.min(value, MOST_CONTEXT);
    case "bound":
      return MORE_ROOM * value;
    case "dtype_bytes":
      return name.endsWith("_scale_bytes") ? 0 : F32_BYTES;
    case "experts":
    case "top_k":
    case "groups":
    case "layers":
    case "slots":
    case "derived":
    case "fixed":
      return value;
    default:
      return kind satisfies never;
  }
}

/** About twice the binary logarithm, and even (rotary embedding works on pairs): 4096 -> 24, 7168 -> 26, 128 -> 14. */
function smallWidth(value: number): number {
  return Math.min(value, 2 * Math.round(Math.log2(Math.max(value, 2))));
}

/** Takes the cube root of each prime power, rounding its exponent up: what divided still divides. 128 -> 8, 32 -> 4, 8 -> 2. */
function smallCount(value: number): number {
  let rest = value;
  let result = 1;
  for (let prime = 2; rest > 1; prime = prime * prime > rest ? rest : prime + 1) {
    let exponent = 0;
    for (; rest % prime === 0; rest /= prime) exponent++;
    result *= prime ** Math.ceil(exponent / 3);
  }
  return result;
}

/** The memory laid out again: regions follow one another as before, and what shared a region still does. */
function revalueMemory(memory: Memory, environment: Environment): Memory {
  const ends: Record<string, number> = {};
  const regions = memory.regions.map((region) => {
    const offset = revalue(region.offset, extend(environment, ends));
    const bytes = revalue(region.bytes, environment);
    ends[`${region.name}.end`] = offset.value + bytes.value;
    return { ...region, offset, bytes };
  });
  return {
    ...memory,
    regions,
    total: revalue(memory.total, extend(environment, ends)),
    buffers: revalue(memory.buffers, environment),
  };
}

/** A copy in which the value beside every expression is that of the new dimensions. */
function revalue<T>(part: T, environment: Environment): T {
  if (Array.isArray(part)) return part.map((each: unknown) => revalue(each, environment)) as T;
  if (typeof part !== "object" || part === null) return part;
  if (isSized(part)) return { ...part, value: evaluate(part.expr, environment) };
  return Object.fromEntries(
    Object.entries(part).map(([key, each]) => [key, revalue(each, environment)]),
  ) as T;
}

function isSized(part: object): part is Sized {
  return "expr" in part && "value" in part && Object.keys(part).length === 2;
}
