// What `check` gives and the passes take: a schedule with its model and machine, every name, unit and shape resolved.
// Model, machine and dimensions already are the plan's own: that part of the plan is written from here, not by the passes.
import type { Source, Span } from "../diagnostics/span.js";
import type { PlacementConstraints } from "../importers/placement-constraints.js";
import type { GroupRule } from "../place/index.js";
import type {
  Dimension,
  Dtype,
  Machine,
  MeasuredFile,
  MeasuredTime,
  Model,
  PrecisionClass,
  SourceText,
  Span as PlanSpan,
} from "../plan/types.gen.js";

/** A choice that the user left to the compiler, or made. */
export type Choice<T> =
  | { readonly kind: "auto"; readonly span: Span }
  | { readonly kind: "pinned"; readonly value: T; readonly span: Span };

/** How tokens fall on experts. */
export type RoutingSpec =
  | { readonly kind: "uniform" }
  | { readonly kind: "zipf"; readonly exponent: number; readonly seed: number }
  | { readonly kind: "lognormal"; readonly sigma: number; readonly seed: number }
  /** tokens[layer][expert], as measured; fewer rows than layers repeat from the start. */
  | { readonly kind: "measured"; readonly path: string; readonly tokens: readonly (readonly number[])[] };

export interface TokenSpec {
  readonly policy: "dropless" | "capacity";
  /** For `capacity`: rows that a rank may send to an expert's slot, over their mean. */
  readonly factor?: number;
  /** Rows that a rank may receive, over their mean. */
  readonly bound?: number;
  readonly overflow?: "abort" | "rounds";
  readonly span: Span;
}

export interface ScheduleSpec {
  readonly name: string;
  readonly span: Span;
  readonly mode: { readonly value: "prefill" | "decode"; readonly span: Span };
  /** GPUs used: world = dp (tp and pp are 1 so far). `ep` ranks hold the experts of one group. */
  readonly parallel: { readonly dp: number; readonly ep: number; readonly span: Span };
  /** Per data-parallel rank and step. `length` new tokens per sequence (1 in decode) after `context` cached ones (0 in prefill). */
  readonly batch: {
    readonly sequences: number;
    readonly length: number;
    readonly context: number;
    readonly microBatches: Choice<number>;
    readonly span: Span;
  };
  readonly precision: Readonly<Record<PrecisionClass, Dtype>>;
  readonly routing: { readonly value: RoutingSpec; readonly text: string; readonly span: Span };
  readonly placement: {
    /** `eplb`: as EPLB's rule says, whatever the loads and prices; `contiguous`: in order, without replicas. */
    readonly method: Choice<"priced" | "eplb" | "contiguous">;
    /** At least so many replicas beyond one slot for each expert, rounded up to equal slots on every GPU. */
    readonly redundant?: { readonly value: number; readonly span: Span };
    /** Slots in all; GPUs may differ by one. */
    readonly slots?: { readonly value: number; readonly span: Span };
    /** Whether all replicas of a group's experts must be on one node. */
    readonly groups: { readonly value: GroupRule; readonly span: Span };
    /** What a file states of single experts and GPUs. */
    readonly constraints?: Omit<PlacementConstraints, "groups"> & {
      readonly path: string;
      readonly span: Span;
    };
    readonly span: Span;
  };
  readonly exchange: {
    readonly algorithm: Choice<string>;
    readonly tokens: TokenSpec;
    /** Whether results for one token may be added before they are back, in the number format in which they travel. */
    readonly partialSums: boolean;
    /** Who moves the rows. */
    readonly transport: Transport;
    readonly span: Span;
  };
  readonly overlap: {
    /** Micro-batches that overlap in one cell. */
    readonly batches: Choice<number>;
    /** Chunks that each direct exchange is cut into, by the slots of a rank. */
    readonly chunks: Choice<number>;
    /** SMs that the communicator may take: a power of two. */
    readonly sms: Choice<number>;
    readonly span: Span;
  };
  readonly requirements: readonly MemoryRequirement[];
  /** Absent where nothing was measured. */
  readonly profiles?: readonly ProfileSpec[];
}

/** Times that the user measured: see `MeasuredTime` of the plan. */
export interface ProfileSpec {
  /** Relative to the entry file's folder. */
  readonly path: string;
  /** What names it. */
  readonly span: Span;
  readonly kind: MeasuredFile["kind"];
  readonly machine?: string;
  readonly times: readonly Omit<MeasuredTime, "file">[];
}

/** `deepep` can be priced alone. */
export type Transport = "nccl" | "deepep";

/** `require memory <= 76 GiB`. */
export interface MemoryRequirement {
  readonly subject: "memory" | "step_time";
  readonly op: "<=" | "<";
  /** Bytes for memory, microseconds for step_time. */
  readonly limit: number;
  readonly span: Span;
}

export interface Program {
  readonly sources: readonly Source[];
  readonly model: Model;
  readonly machine: Machine;
  /** Dimensions that the model names; `tokens`, `sequences`, `length`, `context` and `CLASS_bytes` are added by the passes. */
  readonly dimensions: readonly Dimension[];
  readonly schedule: ScheduleSpec;
}

/** Turns spans into those of the plan: an index into the program's sources, and offsets. */
export function planSpan(program: Pick<Program, "sources">, span: Span): PlanSpan {
  return indexedSpan(program.sources, span);
}

/** The same for the sources alone. */
export function indexedSpan(sources: readonly Source[], span: Span): PlanSpan {
  const index = sources.findIndex((each) => each.uri === span.source);
  return [Math.max(0, index), span.start, span.end];
}

/** The program's texts as the plan carries them. */
export function planSources(program: Program): SourceText[] {
  return program.sources.map(({ uri, text }) => ({ uri, text }));
}
