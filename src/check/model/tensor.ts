// Values that blocks compute with, as check sees them: which node gives them and of what type.
import type { Environment } from "../../plan/expression.js";
import { evaluate } from "../../plan/expression.js";
import type { Expr, TensorType } from "../../plan/types.gen.js";
import type { Span } from "../../diagnostics/span.js";

/** A value in a block. Its type is absent after an error, which has been reported: then nothing more is said. */
export interface Tensor {
  /** The node's id, or the block input's name. */
  readonly id: string;
  readonly type: TensorType | undefined;
  /** The expression that computes it. */
  readonly span: Span;
}

/** A value that came out of an error. */
export const unknownTensor = (span: Span): Tensor => ({ id: "", type: undefined, span });

/** Whether values of this type are rows of some width. */
export const hasRows = (type: TensorType): boolean => type.kind === "tokens" || type.kind === "routed";

/** The width of rows, as an expression in dimensions. */
export function widthOf(type: TensorType): Expr | undefined {
  return hasRows(type) ? type.shape.at(-1) : undefined;
}

/** Its value. */
export function widthValue(type: TensorType, environment: Environment): number | undefined {
  const width = widthOf(type);
  return width === undefined ? undefined : evaluate(width, environment);
}

/** "tokens of width 4096", for messages. */
export function describeType(type: TensorType, environment: Environment): string {
  switch (type.kind) {
    case "ids":
      return "token ids";
    case "tokens":
      return `tokens of width ${widthValue(type, environment) ?? 0}`;
    case "gate":
      return "a gate (the routing decision of route)";
    case "routed":
      return `dispatched rows of width ${widthValue(type, environment) ?? 0}`;
  }
}

const kindNames: Readonly<Record<TensorType["kind"], string>> = {
  ids: "token ids",
  tokens: "tokens",
  gate: "a gate",
  routed: "dispatched rows",
};

/** "tokens or dispatched rows", for what a port accepts. */
export const describeKinds = (kinds: readonly TensorType["kind"][]): string =>
  kinds.map((kind) => kindNames[kind]).join(" or ");

/** The operator as the language writes it: `add` is `+`. */
export const written = (operator: { readonly name: string }): string =>
  operator.name === "add" ? "+" : operator.name;
