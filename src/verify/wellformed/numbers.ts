// Dimensions have the values that their expressions give, and so has every number that stands beside an expression.
import { dimensionEnvironment, valueEnvironment, type LaunchPlan, type Sized } from "../../plan/index.js";
import { valueOf } from "../evaluate.js";
import { complaint, duplicates, wholeNumber, type Complaint } from "./complaint.js";

export function* numbersAreRight(plan: LaunchPlan): Iterable<Complaint> {
  yield* duplicates(
    "dimensions",
    plan.dimensions.map((each) => each.name),
  );
  for (const [at, dimension] of plan.dimensions.entries()) {
    yield* wholeNumber(`dimension \`${dimension.name}\``, dimension.value, 0);
    if (dimension.expr === undefined) continue;
    const value = valueOf(dimension.expr, dimensionEnvironment(plan.dimensions.slice(0, at)));
    yield* agrees(`dimension \`${dimension.name}\``, dimension.value, value);
  }
  yield* precisionsAreRight(plan);
  yield* duplicates(
    "exchanges",
    plan.exchanges.map((each) => each.name),
  );
  const dimensions = dimensionEnvironment(plan.dimensions);
  for (const { name, mean_rows, capacity_rows, atom_rows, most_copies } of plan.exchanges) {
    if (most_copies !== undefined)
      yield* agrees(
        `\`most_copies\` of exchange \`${name}\``,
        most_copies.value,
        valueOf(most_copies.expr, dimensions),
      );
    if (atom_rows !== undefined)
      yield* agrees(
        `\`atom_rows\` of exchange \`${name}\``,
        atom_rows.value,
        valueOf(atom_rows.expr, dimensions),
      );
    yield* agrees(
      `\`mean_rows\` of exchange \`${name}\``,
      mean_rows.value,
      valueOf(mean_rows.expr, dimensions),
    );
    yield* agrees(
      `\`capacity_rows\` of \`${name}\``,
      capacity_rows.value,
      valueOf(capacity_rows.expr, dimensions),
    );
  }
  yield* memoryIsRight(plan);
  const values = valueEnvironment(plan.dimensions, plan.exchanges);
  for (const [what, { expr, value }] of sizedIn(plan.cells, "cells"))
    yield* agrees(what, value, valueOf(expr, values));
}

/** Sizes are over dimensions alone; offsets and the total may also name the ends of earlier regions. */
function* memoryIsRight({ dimensions, memory }: LaunchPlan): Iterable<Complaint> {
  const sizes = dimensionEnvironment(dimensions);
  const ends = new Map<string, number>();
  const offsets = (name: string): number | undefined => ends.get(name) ?? sizes(name);
  for (const { name, offset, bytes } of memory.regions) {
    yield* agrees(`the offset of region \`${name}\``, offset.value, valueOf(offset.expr, offsets));
    yield* agrees(`the size of region \`${name}\``, bytes.value, valueOf(bytes.expr, sizes));
    ends.set(`${name}.end`, offset.value + bytes.value);
  }
  yield* agrees("the total of memory", memory.total.value, valueOf(memory.total.expr, offsets));
  for (const [what, { expr, value }] of sizedIn(memory.buffers, "buffers"))
    yield* agrees(what, value, valueOf(expr, sizes));
}

function* precisionsAreRight({ precisions, dimensions }: LaunchPlan): Iterable<Complaint> {
  yield* duplicates(
    "precisions",
    precisions.map((each) => each.class),
  );
  for (const { class: precisionClass, bytes, scale_bytes } of precisions)
    for (const name of [bytes, scale_bytes])
      if (!dimensions.some((each) => each.name === name))
        yield complaint(
          `precision \`${precisionClass}\` names the dimension \`${name}\`, which does not exist`,
        );
}

function* agrees(what: string, stated: number, value: ReturnType<typeof valueOf>): Iterable<Complaint> {
  if (typeof value !== "number") yield complaint(`${what}: ${value.problem}`);
  else if (value !== stated)
    yield complaint(`${what} is stated as ${stated}, but its expression gives ${value}`);
}

/** Every expression with a value inside a part of the plan, with the path to it. */
function* sizedIn(part: unknown, path: string): Iterable<readonly [string, Sized]> {
  if (typeof part !== "object" || part === null) return;
  const isExpression = Array.isArray(part) && typeof part[0] === "string";
  if (isExpression) return;
  if (isSized(part)) yield [path, part];
  else
    for (const [key, each] of Object.entries(part)) {
      const name = nameOf(each) ?? key;
      yield* sizedIn(each, `${path}.${name}`);
    }
}

function nameOf(part: unknown): string | undefined {
  if (typeof part !== "object" || part === null) return undefined;
  const name = "name" in part ? part.name : "id" in part ? part.id : undefined;
  return typeof name === "string" ? name : undefined;
}

function isSized(part: object): part is Sized {
  return "expr" in part && "value" in part && Object.keys(part).length === 2;
}
