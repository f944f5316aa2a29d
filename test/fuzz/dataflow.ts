// Random dataflow: a list of statements, each of which computes with values that those before it gave. What nothing uses is added
// up in the end, so that every statement counts. Residuals, shared experts and shortcuts all come of it.
import fc, { type Arbitrary } from "fast-check";

/** Extents by name: parameters of the model, so that equal ones stay equal in a miniature. */
const INNER = ["inner", "narrow"] as const;
export type Width = "hidden" | (typeof INNER)[number];

/** `of` counts values from the last one back, whatever number it is. */
export type Statement =
  | { readonly kind: "norm"; readonly of: number }
  | { readonly kind: "linear"; readonly of: number; readonly width: Width }
  | { readonly kind: "swiglu"; readonly of: number; readonly width: Width }
  | { readonly kind: "add"; readonly of: number; readonly other: number }
  | { readonly kind: "attention"; readonly of: number; readonly call: string }
  | Experts;

export interface Experts {
  readonly kind: "experts";
  /** What is routed by and what is sent; the same value, or an earlier activation. */
  readonly of: number;
  readonly sent: number;
  readonly routing: Routing;
  readonly body: readonly Statement[];
  /** Where the body stands: among the block's statements, or in a block of its own that is called once or twice. */
  readonly place: "inline" | "called" | "called twice";
  readonly width: Width;
}

export interface Routing {
  readonly experts: number;
  readonly topK: number;
  readonly options: string;
}

const operand = fc.nat({ max: 5 });
export const width: Arbitrary<Width> = fc.constantFrom("hidden", ...INNER);

const norm = fc.record({ kind: fc.constant("norm"), of: operand });
const linear = fc.record({ kind: fc.constant("linear"), of: operand, width });
const swiglu = fc.record({ kind: fc.constant("swiglu"), of: operand, width });
const add = fc.record({ kind: fc.constant("add"), of: operand, other: operand });

/** What an expert does to its rows. */
const body: Arbitrary<readonly Statement[]> = fc.oneof(
  { weight: 3, arbitrary: swiglu.map((each) => [each]) },
  {
    weight: 2,
    arbitrary: fc.array(fc.oneof(norm, linear, swiglu, add), { maxLength: 4 }),
  },
);

const even = fc.constantFrom(2, 6, 64, 128);
const gqa = fc
  .record({ kvHeads: fc.constantFrom(1, 2, 3, 8), group: fc.constantFrom(1, 2, 4), headDim: even })
  .map(
    ({ kvHeads, group, headDim }) =>
      `gqa(X, heads: ${String(kvHeads * group)}, kv_heads: ${String(kvHeads)}, head_dim: ${String(headDim)})`,
  );
const mla = fc
  .record({
    heads: fc.constantFrom(1, 2, 3, 16),
    q: fc.constantFrom("", "q_rank: 24, ", "q_rank: 1536, "),
    kv: fc.constantFrom(3, 16, 512),
    nope: fc.constantFrom(1, 5, 128),
    rope: even,
    value: fc.constantFrom(1, 6, 128),
  })
  .map(
    ({ heads, q, kv, nope, rope, value }) =>
      `mla(X, heads: ${String(heads)}, ${q}kv_rank: ${String(kv)}, nope: ${String(nope)}, rope: ${String(rope)}, value: ${String(value)})`,
  );
const attention = fc.record({
  kind: fc.constant("attention"),
  of: operand,
  call: fc.oneof(gqa, mla),
});

const divisorsOf = (whole: number): number[] =>
  Array.from({ length: whole }, (_, at) => at + 1).filter((each) => whole % each === 0);
const pick = <T>(from: readonly T[], at: number): T => from[at % from.length]!;

const routing: Arbitrary<Routing> = fc
  .record({
    experts: fc.oneof(fc.constantFrom(4, 6, 8, 12, 16, 24), fc.integer({ min: 1, max: 20 })),
    topK: fc.nat({ max: 7 }),
    grouped: fc.option(fc.record({ groups: fc.nat({ max: 6 }), top: fc.nat({ max: 6 }) }), {
      nil: undefined,
      freq: 2,
    }),
    score: fc.constantFrom("", ", score: sigmoid", ", score: softmax"),
    normalize: fc.constantFrom("", ", normalize: false"),
    scale: fc.constantFrom("", ", scale: 2.5"),
  })
  .map(({ experts, topK, grouped, score, normalize, scale }) => {
    const groups = grouped === undefined ? 1 : pick(divisorsOf(experts), grouped.groups);
    const top = grouped === undefined ? 1 : 1 + (grouped.top % groups);
    const groupText = groups === 1 ? "" : `, groups: ${String(groups)}, top_groups: ${String(top)}`;
    return {
      experts,
      topK: 1 + (topK % Math.min(8, (experts / groups) * top)),
      options: `${score}${groupText}${normalize}${scale}`,
    };
  });

const experts = fc.record({
  kind: fc.constant("experts"),
  of: operand,
  sent: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: operand }),
  routing,
  body,
  place: fc.constantFrom("inline", "called", "called twice"),
  width: fc.oneof({ weight: 4, arbitrary: fc.constant("hidden" as const) }, { weight: 1, arbitrary: width }),
});

/** What a block may do. */
export const statements: Arbitrary<readonly Statement[]> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(attention, experts),
  },
  {
    weight: 3,
    arbitrary: fc.array(
      fc.oneof(
        { weight: 2, arbitrary: experts },
        { weight: 2, arbitrary: attention },
        { weight: 1, arbitrary: norm },
        { weight: 1, arbitrary: linear },
        { weight: 2, arbitrary: swiglu },
        { weight: 1, arbitrary: add },
      ),
      { maxLength: 5 },
    ),
  },
);
