// The typed syntax tree that check consumes: what the text says, without blanks, comments and brackets.
// It is built from tree.ts; nothing here is resolved, and units and shapes are not yet looked at.
import type { Span } from "../diagnostics/span.js";

/** A name where it is written. `text` is empty where the parser found no name; it has then reported that. */
export interface Ident {
  readonly kind: "Ident";
  readonly text: string;
  readonly span: Span;
}

export interface File {
  readonly kind: "File";
  readonly span: Span;
  readonly imports: readonly Import[];
  readonly declarations: readonly Declaration[];
}

export interface Import {
  readonly kind: "Import";
  readonly span: Span;
  readonly path: StringExpr;
}

export type Declaration = ModelDecl | ClusterDecl | ScheduleDecl | OpDecl;

/** `model Name { hidden = 7168 ... block ... op ... layers = [...] }`; entries keep the order of the text. */
export interface ModelDecl {
  readonly kind: "Model";
  readonly span: Span;
  readonly name: Ident;
  readonly params: readonly ParamDecl[];
  readonly blocks: readonly BlockDecl[];
  readonly ops: readonly OpDecl[];
  /** Usually one. None, or more than one, is for check to refuse. */
  readonly layers: readonly LayersDecl[];
}

/** A parameter: `hidden = 7168` in a model (always with a value), `nodes` or `nodes = 4` in a cluster, `x` in a block. */
export interface ParamDecl {
  readonly kind: "Param";
  readonly span: Span;
  readonly name: Ident;
  readonly value?: Expr;
}

/** `layers = [embed, 3 * dense, head]`; the repetition is a plain `Binary`. */
export interface LayersDecl {
  readonly kind: "Layers";
  readonly span: Span;
  /** The word `layers`. */
  readonly name: Ident;
  readonly value: Expr;
}

export interface BlockDecl {
  readonly kind: "Block";
  readonly span: Span;
  readonly name: Ident;
  readonly params: readonly ParamDecl[];
  readonly body: readonly Statement[];
}

export type Statement = Let | Return;

export interface Let {
  readonly kind: "Let";
  readonly span: Span;
  readonly name: Ident;
  readonly value: Expr;
}

export interface Return {
  readonly kind: "Return";
  readonly span: Span;
  readonly value: Expr;
}

/** `op name(x: tokens[hidden]) -> tokens[hidden] { flops: ..., wgsl: "f.wgsl" }`, in a model or beside it. */
export interface OpDecl {
  readonly kind: "Op";
  readonly span: Span;
  readonly name: Ident;
  readonly params: readonly OpParam[];
  readonly result: TypeExpr;
  readonly fields: readonly Field[];
}

export interface OpParam {
  readonly kind: "OpParam";
  readonly span: Span;
  readonly name: Ident;
  readonly type: TypeExpr;
}

/** `tokens[hidden]`, or a bare name without dimensions. */
export interface TypeExpr {
  readonly kind: "Type";
  readonly span: Span;
  readonly name: Ident;
  readonly dims: readonly Expr[];
}

export interface ClusterDecl {
  readonly kind: "Cluster";
  readonly span: Span;
  readonly name: Ident;
  readonly params: readonly ParamDecl[];
  /** Usually one. None, or more than one, is for check to refuse. */
  readonly gpus: readonly GpuDecl[];
  readonly tiers: readonly TierDecl[];
}

/** `gpu { memory: 80 GiB, ... }`. */
export interface GpuDecl {
  readonly kind: "Gpu";
  readonly span: Span;
  /** The word `gpu`. */
  readonly name: Ident;
  readonly fields: readonly Field[];
}

export interface TierDecl {
  readonly kind: "Tier";
  readonly span: Span;
  readonly name: Ident;
  readonly fields: readonly Field[];
}

/** `schedule name of Model on Cluster(nodes: 4) { ... }`. */
export interface ScheduleDecl {
  readonly kind: "Schedule";
  readonly span: Span;
  readonly name: Ident;
  readonly model: Ident;
  readonly cluster: ClusterUse;
  readonly settings: readonly Setting[];
  readonly requires: readonly Require[];
  readonly profiles: readonly Profile[];
}

/** The cluster that a schedule maps to, with its arguments. */
export interface ClusterUse {
  readonly kind: "ClusterUse";
  readonly span: Span;
  readonly name: Ident;
  readonly args: readonly Argument[];
}

export interface Setting {
  readonly kind: "Setting";
  readonly span: Span;
  readonly name: Ident;
  readonly value: Expr;
}

export type CompareOp = "<=" | ">=" | "<" | ">";

/** `require memory <= 76 GiB`. */
export interface Require {
  readonly kind: "Require";
  readonly span: Span;
  readonly subject: Expr;
  readonly op: CompareOp;
  readonly value: Expr;
}

/** `profile "ops.json"`: measurements that replace the cost model's. */
export interface Profile {
  readonly kind: "Profile";
  readonly span: Span;
  readonly path: StringExpr;
}

/** `name: value` in a record, a gpu, a tier or an op. */
export interface Field {
  readonly kind: "Field";
  readonly span: Span;
  readonly name: Ident;
  readonly value: Expr;
}

export type Expr =
  | NameExpr
  | NumberExpr
  | QuantityExpr
  | StringExpr
  | ListExpr
  | RecordExpr
  | CallExpr
  | BinaryExpr
  | UnaryExpr
  | ErrorExpr;

export interface NameExpr {
  readonly kind: "Name";
  readonly span: Span;
  readonly text: string;
}

export interface NumberExpr {
  readonly kind: "Number";
  readonly span: Span;
  readonly value: number;
}

/** One token: number, blanks, unit. Whether the unit exists is for check to say. */
export interface QuantityExpr {
  readonly kind: "Quantity";
  readonly span: Span;
  readonly value: number;
  readonly unit: string;
  readonly unitSpan: Span;
}

export interface StringExpr {
  readonly kind: "String";
  readonly span: Span;
  /** The content, without quotes and with escapes resolved. */
  readonly value: string;
}

export interface ListExpr {
  readonly kind: "List";
  readonly span: Span;
  readonly items: readonly Expr[];
}

export interface RecordExpr {
  readonly kind: "Record";
  readonly span: Span;
  readonly fields: readonly Field[];
}

export interface CallExpr {
  readonly kind: "Call";
  readonly span: Span;
  readonly callee: Ident;
  readonly args: readonly Argument[];
}

/** An argument; `name` is absent for positional ones. */
export interface Argument {
  readonly kind: "Argument";
  readonly span: Span;
  readonly name?: Ident;
  readonly value: Expr;
}

export type BinaryOp = "+" | "-" | "*" | "/";

/** Left-associative; `*` and `/` bind tighter than `+` and `-`. */
export interface BinaryExpr {
  readonly kind: "Binary";
  readonly span: Span;
  readonly op: BinaryOp;
  readonly opSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
}

export interface UnaryExpr {
  readonly kind: "Unary";
  readonly span: Span;
  readonly op: "-";
  readonly operand: Expr;
}

/** Stands where no expression could be read. It has been reported; check stays silent about it. */
export interface ErrorExpr {
  readonly kind: "Error";
  readonly span: Span;
}
