// What Weft knows about an operator: one folder each, one value of this type each, listed in registry.ts.
// Extents are expressions in named dimensions (`dims`), so one definition serves the plan, its miniature and the prices.
import type { DimensionKind, Dtype, Expr, PrecisionClass, TensorType } from "../plan/types.gen.js";
import type { Kernel, KernelArguments } from "./kernel.js";

/** An operator's extents by attribute name, with `in` for the width of its first input. */
export type Dims = Readonly<Record<string, Expr>>;
/** The same, evaluated. */
export type DimValues = Readonly<Record<string, number>>;
export type Options = Readonly<Record<string, string | number | boolean>>;

export interface Port {
  readonly name: string;
  /** Kinds of value that it takes. */
  readonly accepts: readonly TensorType["kind"][];
  readonly summary: string;
  /** Name in the node's dims of the value's last extent: `in` for the width of the first port, `top_k` for a gate. Absent where nothing needs it. */
  readonly extent?: string;
  /** Index of an earlier port whose type the value must have. */
  readonly sameTypeAs?: number;
}

/** A named argument of the operator. */
export type Attribute = {
  readonly name: string;
  readonly summary: string;
} & (
  | {
      /** A positive whole number that becomes a named dimension of this kind. */
      readonly kind: "dimension";
      readonly dimension: DimensionKind;
      /** Least legal value; 1 where absent. */
      readonly minimum?: number;
      /** Value where the user gives none: a number, a parameter of the model, or another attribute of the same call. Without it the attribute is required. */
      readonly fallback?: number | { readonly parameter: string } | { readonly attribute: string };
    }
  | { readonly kind: "choice"; readonly choices: readonly [string, ...string[]]; readonly fallback: string }
  | { readonly kind: "real"; readonly fallback: number; readonly positive: boolean }
  | { readonly kind: "flag"; readonly fallback: boolean }
);

/** A relation between attributes that must hold; `check` turns a broken one into a diagnostic with the nearest legal value. */
export type Constraint =
  | { readonly kind: "divides"; readonly divisor: string; readonly dividend: string }
  /** `larger` is an expression over attributes: the name of one, or arithmetic. */
  | { readonly kind: "at_most"; readonly smaller: string; readonly larger: Expr }
  | { readonly kind: "multiple_of"; readonly attribute: string; readonly factor: number };

export interface WeightSpec {
  readonly name: string;
  /** Extents, slowest first; for a lifted node the plan puts the rank's slots in front. */
  readonly shape: readonly Expr[];
  readonly precision: PrecisionClass;
  /** `matrix`: random with variance 1 / fan_in. `gain`: around 1. `bias`: zero but for what the executor's router needs. */
  readonly init: "matrix" | "gain" | "bias";
  readonly fanIn: Expr;
  /** True for a matrix whose product is added to the residual stream: executed weights then grow with depth, so that no layer becomes negligible. */
  readonly residual: boolean;
}

/** State that lives across steps, per token position of each sequence: shape [sequences, context + length, width]. */
export interface StateSpec {
  readonly name: string;
  readonly width: Expr;
  readonly precision: PrecisionClass;
}

/**
 * Where an operand of a part lives.
 * `input`/`output`: a port's or the node's value; `field` picks the half of a gate (`experts` [tokens, top_k] u32, `weights` [tokens, top_k] f32).
 * `temporary`: rows x width between parts of one node. `segments`: a lifted node's counts u32, `received`, `node_counts` or `all_counts`.
 * `exchange`: what an exchange keeps, see dispatch/ and combine/.
 */
export type OperandRole =
  | { readonly kind: "input"; readonly port: number; readonly field?: "experts" | "weights" }
  | { readonly kind: "output"; readonly field?: "experts" | "weights" }
  | { readonly kind: "weight"; readonly weight: string }
  | { readonly kind: "state"; readonly state: string }
  | {
      readonly kind: "temporary";
      readonly temporary: string;
      readonly width: (dims: Dims) => Expr;
      readonly precision: PrecisionClass;
    }
  | { readonly kind: "segments" }
  | { readonly kind: "exchange"; readonly buffer: ExchangeBuffer };

/**
 * Buffers of an exchange. Per micro-batch and rank:
 * `pair_row` [tokens, top_k] u32: the row of `send_rows` (and so of `returned_rows`) that each (token, k) has;
 * Where the rows of atoms are fixed (`capacity`), a pair that is dropped has row `NO_ROW`, and `row_pair` [rows of send_rows] u32 has the pair of each row, `NO_ROW` for padding;
 * `sent` [slots] u32: rows for each slot; `received` [sources][slots of this rank] u32, or, where every rank must know what all
 * send, `all_counts` [sources][slots] u32 in its place;
 * `send_rows` [tokens * top_k, or slots * atom rows, width]: rows to send, sorted by slot; `arrived_rows` [capacity, width]: rows as they arrive, where that is not the order the experts want;
 * `expert_rows` [capacity, width]: rows sorted by slot, then source; `result_rows`: the experts' results in that order; `leaving_rows`: in the order in which they leave, where that is not the order of the experts;
 * `returned_rows`: results back at their source, sorted like send_rows.
 * Of node-aware exchanges:
 * `told` [slots + nodes] u32: `sent`, and behind the slots of each node its copies; `rail_counts` [nodes][slots of this node + 1]
 * u32: that part of the ranks of the rail; `node_counts` [sources][slots of this node + 1] u32, in the place of `received`: that of
 * all, sorted by their index in a node first. Where every rank must know what all send, both have [slots + nodes] of each source;
 * `copy_row` [tokens, nodes] u32: the row of `send_copies` that each (token, node) has, or NO_ROW;
 * `send_copies` [copies, width + tags]: rows to send, sorted by node, each with its pairs' rows among those of its source for the
 * node, and with their weights where partial sums are made; `relay_copies`: such rows where they are forwarded, sorted by source;
 * `relay_tags` [copies, tags] u32: the row of `forward_rows` that each pair has, or NO_ROW, and the weights;
 * `forward_rows` [capacity, width]: rows to forward, sorted by host, then source, then slot; `gathered_rows`: results in that order;
 * `folded_copies`: sums for each copy, sorted like relay_copies; `returned_copies`: such sums at their source, sorted like send_copies;
 * `regrouped_rows`: without sums, results sorted by source, then slot.
 * `expert_rows` is the value of the dispatch node, `result_rows` the value of the combine's first input.
 * Tables: `replica_begin` [experts + 1], `replica_slot` [turns], `slot_begin` [ranks + 1], all u32. Layers may have fewer turns than
 * there is room for; `replica_begin` ends with their number, and nothing behind is read.
 */
export type ExchangeBuffer =
  | "pair_row"
  | "row_pair"
  | "sent"
  | "received"
  | "all_counts"
  | "node_counts"
  | "told"
  | "send_rows"
  | "arrived_rows"
  | "expert_rows"
  | "result_rows"
  | "leaving_rows"
  | "returned_rows"
  | "rail_counts"
  | "copy_row"
  | "send_copies"
  | "relay_copies"
  | "relay_tags"
  | "forward_rows"
  | "gathered_rows"
  | "folded_copies"
  | "regrouped_rows"
  | "returned_copies"
  | "replica_begin"
  | "replica_slot"
  | "slot_begin";

export interface OperandSpec {
  /** Name of the kernel's parameter that holds its word offset. */
  readonly name: string;
  readonly access: "read" | "write" | "update";
  readonly role: OperandRole;
  /** True for operands that only launches of lifted nodes have (`segments`); elsewhere the kernel's parameter is 0 and `own_slots`, also 0, says so. */
  readonly liftedOnly?: boolean;
}

/** What a part costs, as expressions over dims, `rows`, the `CLASS_bytes` dimensions and the schedule's `length` and `context`. */
export interface PartWork {
  readonly class: "gemm" | "attention" | "memory";
  readonly flops: Expr;
  /** Compulsory traffic: each operand once. */
  readonly bytes: Expr;
  readonly gemm?: { readonly m: Expr; readonly n: Expr; readonly k: Expr };
}

/** What the kernel arguments of a launch depend on besides operands. */
export interface LaunchContext {
  /** The node's dims and the schedule's `sequences`, `length`, `context`, `tokens`. */
  readonly dims: DimValues;
  readonly options: Options;
  /** Rows that this launch computes: [begin, end). */
  readonly rowBegin: number;
  readonly rowEnd: number;
  /** For launches that follow an exchange: this rank within the group, ranks of the group, slots in all, slots of this rank, and the rows of every atom where they are fixed. */
  readonly exchange?: {
    readonly rank: number;
    readonly ranks: number;
    readonly slots: number;
    readonly ownSlots: number;
    /** In the table of counts that the launch reads: words from one source's counts to the next, and before this rank's first slot. */
    readonly countStride: number;
    readonly firstCount: number;
    readonly atomRows?: number;
    /**
     * Of node-aware exchanges: how nodes are made, where among them the rank is, the word of its node's first slot among the counts
     * of a source, and the words that a copy carries for each pair.
     */
    readonly relay?: {
      readonly nodes: number;
      readonly nodeRanks: number;
      readonly node: number;
      readonly rail: number;
      readonly firstCount: number;
      readonly pairTags: number;
    };
  };
}

/** What a rank sends and forwards in a node-aware exchange. */
export interface CopyCounts {
  readonly copiesSent: Expr;
  readonly forwarded: Expr;
}

/** One launch of a node: a kernel with its operands. Parts of a node run in order. */
export interface Part {
  readonly name: string;
  readonly kernel: Kernel;
  readonly operands: readonly OperandSpec[];
  /**
   * What its rows are: those of the node's output (for a lifted node, what the rank received), its input's `tokens`, the rows that
   * the rank `received` or `sent`, or in node-aware exchanges the copies that it received and the rows that it forwards.
   */
  readonly rows: "node" | "tokens" | "received" | "sent" | "copies_received" | "forwarded";
  /** False where one launch must compute all rows. */
  readonly divisible: boolean;
  /**
   * `rows` is the number of rows the launch computes; `groups` the slots of the rank for lifted nodes, else 1. `counts` are
   * those of a node-aware exchange.
   */
  work(dims: Dims, rows: Expr, groups: Expr, options: Options, counts: CopyCounts): PartWork;
  /** Arguments of the kernel other than operands' offsets, which go over these. */
  args(context: LaunchContext): KernelArguments;
}

/** Values of the dense evaluation, all in double precision. */
export type DenseValue =
  | { readonly kind: "ids"; readonly data: Uint32Array }
  | { readonly kind: "rows"; readonly width: number; readonly data: Float64Array }
  | {
      readonly kind: "gate";
      readonly topK: number;
      readonly experts: Uint32Array;
      readonly weights: Float64Array;
    };

/**
 * One evaluation. Lifting is the caller's: a lifted operator is called once for each expert, with that expert's rows and weights.
 * The value of a dispatch has a row for each (token, k), in that order: row `token * top_k + k` belongs to expert `experts[token * top_k + k]`.
 */
export interface DenseCall {
  readonly inputs: readonly DenseValue[];
  /** As in LaunchContext. */
  readonly dims: DimValues;
  readonly options: Options;
  /** Weight values (one expert's, for lifted nodes). */
  weight(name: string): Float64Array;
  /** State before the step: [sequences, context, width]. Rows of inputs are sequence after sequence, `length` rows each. */
  state(name: string): Float64Array;
  /** For `route`: the choice that an execution made, [tokens * top_k]; followed where the scores tie, see `ties`. */
  readonly executed?: Uint32Array;
  /** For `route`: what its `scores` gives for this call, where that is known already. */
  readonly scores?: Float64Array;
  /** For `combine`: which pairs (token, k) were dropped on their way, 1 for each; none where absent. */
  readonly dropped?: Uint8Array;
  /** For `route`: distance below which scores tie, 1e-5 where absent. */
  readonly tieDistance?: number;
}

export interface DenseResult {
  readonly value: DenseValue;
  /**
   * For `route`: the tokens, ascending, whose k-th and next score, or last kept and next group, lie within 1e-5, whatever
   * was executed: there either choice is accepted and the executed one followed.
   */
  readonly ties?: readonly number[];
  /** For each of `ties` an expert whose bias, if a little larger, would settle it. */
  readonly contested?: readonly number[];
}

export interface Operator {
  readonly name: string;
  readonly summary: string;
  readonly ports: readonly Port[];
  readonly attributes: readonly Attribute[];
  readonly constraints: readonly Constraint[];
  /** Whether each row depends on no other: only such operators can be applied to dispatched tokens. */
  readonly tokenWise: boolean;
  /** Type of the result; ports are already of accepted kinds. Lifting is the caller's: here rows are `tokens`. So is the `gate` of a routed value. */
  output(inputs: readonly TensorType[], dims: Dims): TensorType;
  weights(dims: Dims): readonly WeightSpec[];
  states(dims: Dims): readonly StateSpec[];
  readonly parts: readonly Part[];
  /** The definition of the operator, in double precision, knowing no ranks. */
  reference(call: DenseCall): DenseResult;
  /** For gates: [rows, experts] the scores to which the selection bias is added before the best are chosen. */
  readonly scores?: (call: DenseCall) => Float64Array;
}

/** Number format in which an operator multiplies, given that of the weights. */
export const multiplyDtype = (weights: Dtype): Dtype => weights;
