// `exchange = auto(tokens: dropless(bound: 2.0, overflow: abort))`: how dispatch and combine travel, and what happens
// where a rank gets more than its mean.
import type { Span } from "../../diagnostics/span.js";
import type { Expr } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import type { ScheduleSpec, TokenSpec } from "../program.js";
import { noScope } from "../values/evaluate.js";
import { optional } from "../fields.js";
import { readReal, readWord } from "../values/read.js";
import { readCapacity } from "./capacity.js";
import { auto, fieldsOf, pinned, readForm } from "./form.js";
import type { Given } from "./settings.js";

/** Algorithms that a schedule may pin. */
export const ALGORITHMS = ["direct_by_peer", "direct_by_slot", "gather", "node_aware"] as const;

const TRANSPORTS = ["nccl", "deepep"] as const;

export function readExchange(given: Given, context: Context): ScheduleSpec["exchange"] | undefined {
  const form = readForm(given.value, '"exchange"', ["auto", ...ALGORITHMS], context);
  if (!form) return undefined;
  const fields = fieldsOf(form, ["tokens", "partial_sums", "transport"], context);
  const expr = fields.get("tokens");
  const tokens = expr ? readTokens(expr, context) : dropless(given.span);
  const algorithm = form.word === "auto" ? auto(given.span) : pinned(form.word, given.span);
  const sums = optional(fields.get("partial_sums"), (each) =>
    readWord(each, '"partial_sums"', ["true", "false"], context),
  );
  const transport = optional(fields.get("transport"), (each) =>
    readWord(each, '"transport"', TRANSPORTS, context),
  );
  return (
    tokens && {
      algorithm,
      tokens,
      partialSums: sums === "true",
      transport: transport ?? "nccl",
      span: given.span,
    }
  );
}

export const dropless = (span: Span): TokenSpec => ({ policy: "dropless", span });

function readTokens(expr: Expr, context: Context): TokenSpec | undefined {
  const form = readForm(expr, '"tokens"', ["dropless", "capacity"], context);
  if (!form) return undefined;
  if (form.word === "capacity") return readCapacity(form, context);
  const fields = fieldsOf(form, ["bound", "overflow"], context);
  if (form.args.length === 0) return dropless(expr.span);
  const boundExpr = fields.require("bound", "2.0");
  const bound = boundExpr && readReal(boundExpr, '"bound"', { min: 1 }, noScope, context);
  const overflowExpr = fields.require("overflow", "abort");
  const overflow = overflowExpr && readForm(overflowExpr, '"overflow"', ["abort", "rounds"], context);
  if (!bound || !overflow) return undefined;
  return { policy: "dropless", bound: bound.value, overflow: overflow.word, span: expr.span };
}
