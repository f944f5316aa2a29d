// Random nodes of every operator, for the properties that all kernels share.
import * as fc from "fast-check";
import { valueOf } from "../../src/operators/access.js";
import type { DenseValue, DimValues, Operator, Options } from "../../src/operators/operator.js";
import { operatorNamed } from "../../src/operators/registry.js";
import { rowsOfInputs, type NodeCase } from "./node-case.js";

/** Pseudo-random numbers in [-1, 1) that float32 holds exactly. */
export function randomValues(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    // xorshift32; a state of zero would stay.
    state = state === 0 ? 1 : state;
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return Math.fround(state / 2 ** 31 - 1);
  };
}

const small = (max: number, min = 1) => fc.integer({ min, max });
const even = (max: number) => small(max / 2).map((half) => 2 * half);

interface Shape {
  readonly dims: DimValues;
  readonly options?: Options;
}

/** Extents below and above those of the tiles that a thread of a kernel makes. */
const tiled = (most: number, tile: number) => fc.oneof(small(most), small(2 * tile + 1, tile));

/** Dims and options of each operator, without the schedule's. */
const shapes: Readonly<Record<string, fc.Arbitrary<Shape>>> = {
  embedding: fc.record({ dims: fc.record({ vocab: small(9), width: small(7) }) }),
  norm: fc.record({ dims: fc.record({ in: small(9) }), options: fc.constant({ epsilon: 1e-6 }) }),
  linear: fc.record({ dims: fc.record({ in: small(9), width: tiled(9, 8) }) }),
  add: fc.record({ dims: fc.record({ in: small(9) }) }),
  swiglu: fc.record({ dims: fc.record({ in: small(7), width: tiled(7, 4) }) }),
  gqa: fc.record({
    dims: fc
      .record({
        in: small(5),
        kv_heads: small(3),
        group: small(3),
        head_dim: fc.oneof(even(6), fc.constantFrom(32, 34)),
      })
      .map(({ group, ...dims }) => ({ ...dims, heads: group * dims.kv_heads })),
    options: fc.record({ theta: fc.constantFrom(10000, 500000) }),
  }),
  mla: fc.record({
    dims: fc.record({
      in: small(5),
      heads: small(4),
      q_rank: small(4, 0),
      kv_rank: fc.oneof(small(9), small(33, 31)),
      nope: small(3),
      rope: even(4),
      value: tiled(3, 4),
    }),
    options: fc.constant({ theta: 10000, epsilon: 1e-6 }),
  }),
  route: fc
    .record({ in: small(6), groups: small(4), size: small(5) })
    .chain(({ groups, size, ...dims }) =>
      fc
        .record({ top_groups: small(groups), dims: fc.constant({ ...dims, groups, experts: groups * size }) })
        .chain((some) =>
          small(some.top_groups * size).map((top_k) => ({
            ...some.dims,
            top_groups: some.top_groups,
            top_k,
          })),
        ),
    )
    .chain((dims) =>
      fc.record({
        dims: fc.constant(dims),
        options: fc.record({
          score: fc.constantFrom("softmax", "sigmoid"),
          normalize: fc.boolean(),
          scale: fc.constantFrom(1, 2.5),
        }),
      }),
    ),
};

export const shapedOperators = Object.keys(shapes);

const schedule = fc.record({ sequences: small(3, 0), length: small(4), context: small(5, 0) });
/** Counts [source][slot] of a lifted node; some zero. */
const counts = fc.record({ ranks: small(3), slots: small(3) }).chain(({ ranks, slots }) =>
  fc.array(fc.array(fc.nat({ max: 6 }), { minLength: slots, maxLength: slots }), {
    minLength: ranks,
    maxLength: ranks,
  }),
);

/** Random nodes of an operator; some lifted over slots if it is token-wise. */
export function anyNode(name: string): fc.Arbitrary<NodeCase> {
  const operator = operatorNamed(name);
  return fc
    .record({
      shape: shapes[name]!,
      schedule,
      received: operator.tokenWise ? fc.option(counts, { nil: undefined }) : fc.constant(undefined),
      seed: fc.nat(),
    })
    .map(({ shape, schedule: times, received, seed }) => {
      const dims = { ...shape.dims, ...times };
      const rows = received?.flat().reduce((sum, each) => sum + each, 0) ?? times.sequences * times.length;
      return filled(
        { operator, dims, options: shape.options ?? {}, ...(received && { received }) },
        rows,
        seed,
      );
    });
}

function filled(
  node: { operator: Operator; dims: DimValues; options: Options; received?: number[][] },
  rows: number,
  seed: number,
): NodeCase {
  const { operator, dims, received } = node;
  const value = randomValues(seed);
  const values = (count: number) => Array.from({ length: count }, value);
  const inputs = operator.ports.map((port): DenseValue => {
    if (port.accepts.includes("ids"))
      return {
        kind: "ids",
        data: Uint32Array.from({ length: rows }, () => (Math.abs(value()) * dims["vocab"]!) | 0),
      };
    return { kind: "rows", width: dims["in"]!, data: Float64Array.from(values(rows * dims["in"]!)) };
  });
  const slots = received?.[0]?.length ?? 1;
  const weights = operator
    .weights(dims)
    .map(({ name, shape }) => [
      name,
      values(shape.reduce<number>((size, each) => size * valueOf(each, dims), slots)),
    ]);
  const states = operator
    .states(dims)
    .map(({ name, width }) => [
      name,
      values((rowsOfInputs(inputs) / dims["length"]!) * dims["context"]! * valueOf(width, dims)),
    ]);
  return {
    ...node,
    inputs,
    weights: Object.fromEntries(weights) as NodeCase["weights"],
    states: Object.fromEntries(states) as NonNullable<NodeCase["states"]>,
  };
}
