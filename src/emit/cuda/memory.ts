// program/memory.h: where each buffer lies. Buffers that micro-batches have one each of are one function of the micro-batch.
import { InternalError } from "../../diagnostics/internal-error.js";
import { operatorNamed } from "../../operators/registry.js";
import type { Buffer, Expr, LaunchPlan, PlanIndex } from "../../plan/index.js";
import { Scope, snake } from "./cpp/names.js";
import {
  at,
  atom,
  binary,
  blank,
  braces,
  call,
  comment,
  member,
  type Declaration,
  type Expression,
} from "./cpp/tree.js";
import { toCpp, type Names } from "./expressions.js";
import { regionKey, typeOfClass, type PlanNames } from "./plan-header.js";

/** How kernels see a buffer: rows of numbers, matrices of weights, or plain arrays of indices or scores. */
type View = "rows" | "matrix" | "indices" | "scores";

/** Buffers that differ by micro-batch alone. */
interface Family {
  readonly name: string;
  readonly view: View;
  readonly buffers: readonly Buffer[];
  /** The position of each micro-batch's buffer; a single buffer serves all. */
  readonly byMicroBatch: boolean;
}

const BY_MICRO_BATCH = /^(.*)@(\d+)$/;

export class MemoryMap {
  readonly families: readonly Family[];
  readonly #familyOf = new Map<string, Family>();
  readonly #scope = new Scope(snake);

  constructor(index: PlanIndex) {
    const scores = scoreArrays(index);
    const groups = new Map<string, Buffer[]>();
    for (const buffer of index.plan.memory.buffers) {
      const base = BY_MICRO_BATCH.exec(buffer.name)?.[1] ?? buffer.name;
      groups.set(base, [...(groups.get(base) ?? []), buffer]);
    }
    this.families = [...groups].flatMap(([base, buffers]) => {
      const whole = this.#family(base, buffers, scores);
      return whole === undefined ? buffers.map((each) => this.#single(each, scores)) : [whole];
    });
    for (const family of this.families)
      for (const buffer of family.buffers) this.#familyOf.set(buffer.name, family);
  }

  /** A family, if the buffers are those of micro-batches 0, 1, ... and alike. */
  #family(name: string, buffers: readonly Buffer[], scores: ReadonlySet<string>): Family | undefined {
    const [first] = buffers;
    const inOrder = buffers.every(({ name: each }, microBatch) => each === `${name}@${String(microBatch)}`);
    const shapes = new Set(
      buffers.map(({ shape, instances, precision }) => JSON.stringify([shape, instances, precision])),
    );
    if (first === undefined || !inOrder || shapes.size > 1) return undefined;
    return { name, view: viewOf(first, scores), buffers, byMicroBatch: true };
  }

  #single = (buffer: Buffer, scores: ReadonlySet<string>): Family => ({
    name: buffer.name,
    view: viewOf(buffer, scores),
    buffers: [buffer],
    byMicroBatch: false,
  });

  #functionOf = ({ name }: Family): string => this.#scope.of(name);

  familyOf(buffer: string): {
    readonly function: string;
    readonly view: View;
    readonly byMicroBatch: boolean;
    readonly instanced: boolean;
  } {
    const family = this.#familyOf.get(buffer);
    const [first] = family?.buffers ?? [];
    if (family === undefined || first === undefined) throw new InternalError(`no buffer is called ${buffer}`);
    return {
      function: this.#functionOf(family),
      view: family.view,
      byMicroBatch: family.byMicroBatch,
      instanced: first.instances.value > 1,
    };
  }

  /** `p.memory.NAME(m, instance)`. */
  access(buffer: string, microBatch: Expression, instance: Expression): Expression {
    const { function: name, byMicroBatch, instanced } = this.familyOf(buffer);
    const args = [...(byMicroBatch ? [microBatch] : []), ...(instanced ? [instance] : [])];
    return call(member(atom("p.memory"), name), ...args);
  }

  /** Bytes of a row of a buffer that holds rows. */
  rowBytes(buffer: string): Expression {
    const { function: name, view } = this.familyOf(buffer);
    return view === "indices" ? atom("sizeof(Index)") : call(member(atom("p.memory"), `${name}_row_bytes`));
  }

  header(plan: LaunchPlan, names: PlanNames): readonly Declaration[] {
    return [
      { kind: "once" },
      blank,
      { kind: "include", path: "program/plan.h" },
      blank,
      {
        kind: "namespace",
        name: "weft::plan",
        body: [
          comment(
            "A rank's memory: a function for each buffer. `m` is the micro-batch; `i` counts the instances of what layers have one each of, or take turns with.",
          ),
          {
            kind: "struct",
            name: "Memory",
            members: [
              { kind: "variable", type: "std::byte*", name: "base" },
              ...this.families.flatMap((family) => this.#accessor(family, names)),
            ],
          },
        ],
      },
      blank,
    ];
  }

  #accessor(family: Family, { constants, names, size }: PlanNames): readonly Declaration[] {
    const [first] = family.buffers;
    if (first === undefined) return [];
    const begin = ({ region }: Buffer): Expression => atom(constants.of(regionKey(region)));
    const begins = [...new Set(family.buffers.map(({ region }) => region))];
    const fromTable = family.byMicroBatch && begins.length > 1;
    const offset = fromTable ? at(atom("kBegins"), atom("m")) : begin(first);
    const instanced = first.instances.value > 1;
    const address = [
      offset,
      ...(instanced ? [binary("*", atom("i"), size(first.instance_bytes.expr))] : []),
    ].reduce((sum, each) => binary("+", sum, each), atom("base"));
    const name = this.#functionOf(family);
    const type = typeOfClass(first.precision);
    const shape = isPerSlot(first) ? first.shape.slice(1) : first.shape;
    const result = resultOf(family.view, type, address, shape, (expr) => toCpp(expr, names));
    return [
      blank,
      comment(describe(first, family)),
      {
        kind: "function",
        result: result.type,
        name,
        parameters: [
          ...(family.byMicroBatch ? [{ type: "[[maybe_unused]] int", name: "m" }] : []),
          ...(instanced ? [{ type: "std::int64_t", name: "i" }] : []),
        ],
        suffix: "const",
        body: [
          ...(fromTable
            ? [
                {
                  kind: "let",
                  type: "constexpr std::int64_t",
                  name: "kBegins[]",
                  value: braces(family.buffers.map(begin)),
                } as const,
              ]
            : []),
          { kind: "return", value: result.value },
        ],
      },
      ...(family.view === "rows" ? [rowBytesFunction(name, type, shape, names)] : []),
    ];
  }
}

function rowBytesFunction(name: string, type: string, shape: readonly Expr[], names: Names): Declaration {
  return {
    kind: "function",
    result: "static constexpr std::int64_t",
    name: `${name}_row_bytes`,
    parameters: [],
    body: [{ kind: "return", value: call(`row_bytes<${type}>`, toCpp(shape.at(-1) ?? 1, names)) }],
  };
}

function resultOf(
  view: View,
  type: string,
  address: Expression,
  shape: readonly Expr[],
  cpp: (expr: Expr) => Expression,
): { readonly type: string; readonly value: Expression } {
  switch (view) {
    case "indices":
      return { type: "Index*", value: call("reinterpret_cast<Index*>", address) };
    case "scores":
      return { type: "float*", value: call("reinterpret_cast<float*>", address) };
    case "rows":
      return { type: `Rows<${type}>`, value: braces([address, cpp(shape.at(-1) ?? 1)]) };
    case "matrix": {
      const [rows, columns] = shape.length === 1 ? [1, shape[0] ?? 1] : [shape[0] ?? 1, shape[1] ?? 1];
      return { type: `Matrix<${type}>`, value: braces([address, cpp(rows), cpp(columns)]) };
    }
    default:
      return view satisfies never;
  }
}

const isPerSlot = ({ init }: Buffer): boolean => init?.kind === "weight" && init.per_slot;

function viewOf({ name, kind, precision }: Buffer, scores: ReadonlySet<string>): View {
  if (precision === "index") return "indices";
  if (scores.has(name)) return "scores";
  return kind === "weights" ? "matrix" : "rows";
}

/** Buffers of scores that kernels take as plain arrays: the weights of a gate, and the bias of its choice. */
function scoreArrays(index: PlanIndex): ReadonlySet<string> {
  const found = new Set<string>();
  for (const cell of index.plan.cells)
    for (const launch of cell.launches) {
      if (launch.kind !== "compute") continue;
      const { op } = index.node(cell.block, launch.node);
      const part = operatorNamed(op).parts.find((each) => each.name === launch.part);
      for (const { name, role } of part?.operands ?? [])
        if (
          ("field" in role && role.field === "weights") ||
          (role.kind === "weight" && role.weight === "bias")
        )
          for (const operand of launch.operands) if (operand.name === name) found.add(operand.buffer);
    }
  return found;
}

function describe(buffer: Buffer, { name, byMicroBatch }: Family): string {
  const shape = buffer.shape.map(shapeText).join(", ");
  const micro = byMicroBatch ? ", one for each micro-batch" : "";
  const count = buffer.instances.value;
  const each = count > 1 ? `, ${String(count)} of them` : "";
  return `${name}: ${buffer.precision} [${shape}]${micro}${each}`;
}

/** An expression as people write it. */
export function shapeText(expr: Expr): string {
  if (!Array.isArray(expr)) return String(expr);
  const [operator, ...operands] = expr;
  const texts = operands.map((each) => (Array.isArray(each) ? `(${shapeText(each)})` : shapeText(each)));
  return /^\w/.test(operator)
    ? `${operator}(${operands.map(shapeText).join(", ")})`
    : texts.join(` ${operator} `);
}
