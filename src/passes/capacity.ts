// `capacity(c)`: every atom has the same rows, known when the plan is made. So their numbers are dimensions, nobody counts, and
// no phase carries counts.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Program } from "../check/program.js";
import { FACTOR_SCALE, inThousandths } from "../plan/capacity.js";
import { dimensionEnvironment } from "../plan/dimensions.js";
import { evaluate, expression, product } from "../plan/expression.js";
import type { Dimension, Expr, Group, Placement, TokenPolicy } from "../plan/types.gen.js";
import { ownSlotsDimension, slotsDimension } from "./dimensions.js";

/** The declared factor in thousandths. A miniature keeps it: what its few tokens drop is dropped by the same rule. */
const CAPACITY_DIMENSION = "capacity_thousandths";

const atomRowsDimension = (placement: string): string => `${placement}.atom_rows`;

/** The factor, and under it the rows of each gate's atoms; plan/capacity.ts says the same in numbers. */
export function capacityDimensions(
  program: Program,
  placements: readonly Placement[],
  earlier: readonly Dimension[],
): Dimension[] {
  const { factor } = program.schedule.exchange.tokens;
  if (factor === undefined) return [];
  const scaled: Dimension = { name: CAPACITY_DIMENSION, kind: "fixed", value: inThousandths(factor) };
  const environment = dimensionEnvironment([...earlier, scaled]);
  return [
    scaled,
    ...placements.map((placement): Dimension => {
      const pairs = product(CAPACITY_DIMENSION, "tokens", topKOf(program, placement));
      const slots = product(FACTOR_SCALE, slotsDimension(placement.name));
      const wanted = expression("max", 1, expression("ceil_div", pairs, slots));
      const expr = expression("min", "tokens", wanted);
      const value = evaluate(expr, environment);
      return { name: atomRowsDimension(placement.name), kind: "derived", value, expr };
    }),
  ];
}

function topKOf({ model }: Program, { block, gate }: Placement): Expr {
  const nodes = model.blocks.find((each) => each.name === block)?.nodes;
  const topK = nodes?.find((each) => each.id === gate)?.dims["top_k"];
  if (topK === undefined) throw new InternalError(`gate ${block}.${gate} has no top_k`);
  return topK;
}

/** Rows of every atom; undefined where routing decides. */
export const atomRowsOf = ({ policy }: TokenPolicy, { name }: Placement): Expr | undefined =>
  policy === "capacity" ? atomRowsDimension(name) : undefined;

/** Rows that a rank sends: to every slot. */
export const sentAtCapacity = (atomRows: Expr, { name }: Placement): Expr =>
  product(slotsDimension(name), atomRows);

/** Rows that the rank with the most slots receives: from every rank. */
export const receivedAtCapacity = (atomRows: Expr, { name }: Placement, group: Group): Expr =>
  product(group.size, ownSlotsDimension(name), atomRows);
