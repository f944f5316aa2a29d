// The values of a damaged plan's expressions, worked out anew from its dimensions.
import {
  dimensionEnvironment,
  evaluate,
  extend,
  valueEnvironment,
  type Environment,
  type Expr,
  type LaunchPlan,
  type Sized,
} from "../../../src/plan/index.js";

/** Where an expression of a mutant has no value it keeps the old one, which is as wrong. */
function valueIn(expr: Expr, environment: Environment, otherwise: number): number {
  try {
    return evaluate(expr, environment);
  } catch {
    return otherwise;
  }
}

function revalueIn(part: unknown, environment: Environment): void {
  if (typeof part !== "object" || part === null) return;
  if (isSized(part)) {
    part.value = valueIn(part.expr, environment, part.value);
    return;
  }
  for (const each of Object.values(part)) revalueIn(each, environment);
}

const isSized = (part: object): part is Sized =>
  "expr" in part && "value" in part && Object.keys(part).length === 2;

/** Sets every value that stands beside an expression, in the order in which they follow from one another. */
export function revalue(plan: LaunchPlan): void {
  for (const [at, dimension] of plan.dimensions.entries())
    if (dimension.expr !== undefined)
      dimension.value = valueIn(
        dimension.expr,
        dimensionEnvironment(plan.dimensions.slice(0, at)),
        dimension.value,
      );
  const sizes = dimensionEnvironment(plan.dimensions);
  revalueIn(plan.exchanges, sizes);
  revalueIn(plan.cells, valueEnvironment(plan.dimensions, plan.exchanges));
  const { regions, total, buffers } = plan.memory;
  revalueIn(buffers, sizes);
  const ends: Record<string, number> = {};
  for (const { name, offset, bytes } of regions) {
    revalueIn(bytes, sizes);
    revalueIn(offset, extend(sizes, ends));
    ends[`${name}.end`] = offset.value + bytes.value;
  }
  revalueIn(total, extend(sizes, ends));
}
