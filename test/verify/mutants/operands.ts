// Damage to what launches touch, and to the rows that they compute.
import {
  isRunTimeCount,
  namesIn,
  type ComputeLaunch,
  type Expr,
  type Sized,
} from "../../../src/plan/index.js";
import { launchesOf, ofKernels, ofLaunches, type MutantKind } from "./mutant.js";

/** A value is worked out when all damage is done. */
const unvalued = (expr: Expr): Sized => ({ expr, value: 0 });

/** What rows are counted by in this plan. */
const rowCounts = (launches: readonly ComputeLaunch[]): readonly Expr[] => [
  ...new Map(launches.map(({ rows }) => [JSON.stringify(rows.end.expr), rows.end.expr])).values(),
];

export const operandKinds: readonly MutantKind[] = [
  {
    name: "another instance of a buffer",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) =>
        own.operands.flatMap(({ name, buffer }, at) => {
          const instances = plan.memory.buffers.find((each) => each.name === buffer)!.instances.value;
          if (instances < 2) return [];
          return {
            what: name,
            apply: ({ launch }) => {
              const operand = launch.operands[at]!;
              operand.instance = ["%", ["+", operand.instance, 1], instances];
            },
          };
        }),
      ),
  },
  {
    name: "another buffer of the same shape",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) =>
        own.operands.flatMap(({ name, buffer }, at) => {
          const used = plan.memory.buffers.find((each) => each.name === buffer)!;
          const shape = JSON.stringify(used.shape);
          return plan.memory.buffers
            .filter(
              (each) =>
                each !== used &&
                each.instances.value === used.instances.value &&
                JSON.stringify(each.shape) === shape,
            )
            .map((other) => ({
              what: `${name} -> ${other.name}`,
              apply: ({ launch }) => {
                launch.operands[at]!.buffer = other.name;
              },
            }));
        }),
      ),
  },
  {
    name: "two operands of a launch exchanged",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) =>
        own.operands.flatMap((one, left) =>
          own.operands.slice(left + 1).flatMap((other, behind) =>
            one.access !== other.access
              ? []
              : {
                  what: `${one.name} <-> ${other.name}`,
                  apply: ({ launch: { operands } }) => {
                    const [a, b] = [operands[left]!, operands[left + 1 + behind]!];
                    [a.buffer, b.buffer] = [b.buffer, a.buffer];
                    [a.instance, b.instance] = [b.instance, a.instance];
                  },
                },
          ),
        ),
      ),
  },
  {
    name: "an operand dropped",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) =>
        own.operands.map(({ name }, at) => ({
          what: name,
          apply: ({ launch }) => void launch.operands.splice(at, 1),
        })),
      ),
  },
  {
    name: "another access to an operand",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) =>
        own.operands.flatMap(({ name, access: usual }, at) =>
          (["read", "write", "update"] as const)
            .filter((access) => access !== usual)
            .map((access) => ({
              what: `${name} ${access}`,
              apply: ({ launch }) => {
                launch.operands[at]!.access = access;
              },
            })),
        ),
      ),
  },
  {
    name: "results of two micro-batches exchanged",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own, launches: all, at: from }) =>
        own.operands.flatMap(({ name, access }, at) => {
          const other = all.findIndex(
            (each, place) =>
              place > from &&
              each.kind === own.kind &&
              each.node === own.node &&
              each.micro_batch !== own.micro_batch &&
              each.operands[at]?.name === name &&
              each.operands.length === own.operands.length,
          );
          if (access !== "write" || other < 0) return [];
          const bothOutputs = [own, all[other]!].every(
            ({ operands }) =>
              plan.memory.buffers.find((each) => each.name === operands[at]!.buffer)?.kind === "output",
          );
          return {
            what: name,
            ...(bothOutputs && {
              harmless: () => "a plan does not say which output is for which micro-batch: it is who wrote it",
            }),
            apply: ({ launch, launches }) => {
              const [a, b] = [launch.operands[at]!, launches[other]!.operands[at]!];
              [a.buffer, b.buffer] = [b.buffer, a.buffer];
            },
          };
        }),
      ),
  },
  {
    name: "a row too few",
    mutants: (plan) =>
      ofKernels(plan, () => [
        {
          apply: ({ rows }) => {
            rows.end = unvalued(["-", rows.end.expr, 1]);
          },
        },
      ]),
  },
  {
    name: "a row too many",
    mutants: (plan) =>
      ofKernels(plan, () => [
        {
          apply: ({ rows }) => {
            rows.end = unvalued(["+", rows.end.expr, 1]);
          },
        },
      ]),
  },
  {
    name: "rows from the second on",
    mutants: (plan) =>
      ofKernels(plan, () => [
        {
          apply: ({ rows }) => {
            rows.begin = unvalued(["+", rows.begin.expr, 1]);
          },
        },
      ]),
  },
  {
    name: "rows by another count",
    mutants: (plan) => {
      const kernels = launchesOf(plan).filter((each) => each.kind === "compute");
      const named = plan.exchanges.flatMap(({ name, ranks_per_node: perNode }) =>
        [
          "sent",
          "received",
          ...(perNode === undefined ? [] : ["copies_sent", "copies_received", "forwarded"]),
        ].map((count) => `${name}.${count}`),
      );
      const counts = [...new Set([...rowCounts(kernels), ...named])];
      return ofKernels(plan, ({ rows: { end } }) =>
        counts
          .filter((count) => JSON.stringify(count) !== JSON.stringify(end.expr))
          .map((count) => ({
            what: JSON.stringify(count),
            apply: ({ rows }) => {
              rows.end = unvalued(count);
            },
          })),
      );
    },
  },
  {
    name: "rows as many as expected instead of counted",
    mutants: (plan) =>
      ofKernels(plan, ({ rows: { end } }) =>
        namesIn(end.expr).some(isRunTimeCount)
          ? [
              {
                apply: ({ rows }) => {
                  rows.end = unvalued(rows.end.value);
                },
              },
            ]
          : [],
      ),
  },
];
