// program/plan.h: the dimensions of the plan and of its miniature, number formats, and where each region of memory begins.
import {
  miniature,
  type Expr,
  type Dimension,
  type Dtype,
  type LaunchPlan,
  type PrecisionClass,
} from "../../plan/index.js";
import { pascal, type Scope } from "./cpp/names.js";
import { atom, blank, comment, type Declaration, type Expression } from "./cpp/tree.js";
import { toCpp, type Names } from "./expressions.js";

/** Types of elements, by number format. */
const elementTypes: Readonly<Record<Dtype, string>> = {
  f32: "float",
  bf16: "Bf16",
  fp16: "Fp16",
  fp8: "Fp8",
  u32: "Index",
};

/** Name of the type of a class of data, which differs between the plan and its miniature. */
export const typeOfClass = (precision: PrecisionClass): string =>
  precision === "index" ? "Index" : precision === "gate" ? "float" : pascal(precision).replace(/s$/, "");

/** Where a region begins. */
export const regionKey = (region: string): string => `region ${region}`;

export interface PlanNames {
  readonly constants: Scope;
  readonly names: Names;
  /** An expression over dimensions, in which the sizes of buffers go by their names. */
  readonly size: (expr: Expr) => Expression;
  /** Sizes of buffers by the name of their constant, each once. */
  readonly bufferSizes: ReadonlyMap<string, Expr>;
}

/** Names of dimensions and ends of regions as constants. */
export const constantNames =
  (constants: Scope): Names =>
  (name) =>
    atom(constants.of(name));

const constantOf = (type: string, name: string, value: Expression, note?: string): Declaration => ({
  kind: "variable",
  type: `inline constexpr ${type}`,
  name,
  value,
  ...(note === undefined ? {} : { note }),
});

export function planHeader(plan: LaunchPlan, planNames: PlanNames): readonly Declaration[] {
  const { constants, names, size, bufferSizes } = planNames;
  const small = miniature(plan).plan;
  return [
    { kind: "once" },
    blank,
    { kind: "include", path: "algorithm", system: true },
    { kind: "include", path: "cstdint", system: true },
    blank,
    { kind: "include", path: "operators/views.h" },
    { kind: "include", path: "runtime/arithmetic.h" },
    blank,
    {
      kind: "namespace",
      name: "weft::plan",
      body: [
        comment("Ranks and layers are the same in both sizes; so is every launch, event and transfer."),
        constantOf("int", "kWorld", atom(plan.world)),
        constantOf("int", "kMicroBatches", atom(plan.schedule.micro_batches)),
        blank,
        {
          kind: "if",
          condition: "WEFT_MINIATURE",
          yes: [
            comment(
              "The miniature: small extents, and every number a float. It is what validation executes.",
            ),
            constantOf("bool", "kMiniature", atom("true")),
            ...sizesOf(small, constants, names),
          ],
          no: [constantOf("bool", "kMiniature", atom("false")), ...sizesOf(plan, constants, names)],
        },
        blank,
        comment("What follows from other dimensions."),
        ...plan.dimensions.flatMap((each) =>
          each.expr === undefined
            ? []
            : [constantOf("std::int64_t", constants.of(each.name), toCpp(each.expr, names))],
        ),
        blank,
        comment("Bytes of an instance of each buffer."),
        ...[...bufferSizes].map(([name, expr]) => constantOf("std::int64_t", name, toCpp(expr, names))),
        blank,
        comment(
          "Regions of a rank's memory, one behind the other: where each begins, and behind it where it ends.",
        ),
        ...regionsOf(plan, planNames),
        constantOf("std::int64_t", "kMemoryBytes", size(plan.memory.total.expr)),
      ],
    },
    blank,
  ];
}

/** Dimensions that are given, not derived, and the number format of each class of data. */
function sizesOf(plan: LaunchPlan, constants: Scope, names: Names): readonly Declaration[] {
  const given = plan.dimensions.filter((each: Dimension) => each.expr === undefined);
  return [
    ...plan.precisions
      .filter((each) => each.class !== "index" && each.class !== "gate")
      .map((each): Declaration => ({
        kind: "using",
        name: typeOfClass(each.class),
        type: elementTypes[each.dtype],
      })),
    ...given.map((each) => constantOf("std::int64_t", constants.of(each.name), toCpp(each.value, names))),
  ];
}

/** `NAME.end` of a region is the constant behind its offset; all are names of expressions. */
function regionsOf(plan: LaunchPlan, { constants, size }: PlanNames): readonly Declaration[] {
  const used = new Set(
    JSON.stringify(plan.memory)
      .match(/"[^"]+\.end"/g)
      ?.map((each) => each.slice(1, -1)),
  );
  return plan.memory.regions.flatMap(({ name, offset, bytes }): Declaration[] => {
    const begin = constants.of(regionKey(name), `${name}.begin`);
    const end = `${name}.end`;
    const own = constantOf("std::int64_t", begin, size(offset.expr));
    if (!used.has(end)) return [own];
    const after = size(["+", regionKey(name), bytes.expr]);
    return [own, constantOf("std::int64_t", constants.of(end), after)];
  });
}
