// One network of a cluster: what it joins, how fast and how late.
import type { Tier } from "../../plan/types.gen.js";
import type { TierDecl } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { Fields, optional } from "../fields.js";
import type { Scope } from "../values/evaluate.js";
import { readQuantity, readReal, readWhole, readWord } from "../values/read.js";

const KINDS = ["switch", "rail"] as const;
const LATER = {
  nics: "State the bandwidth that each GPU has to itself.",
  oversubscription: "Divide the bandwidth by it.",
};

export function readTier(
  declaration: TierDecl,
  isFirst: boolean,
  scope: Scope,
  context: Context,
): Tier | undefined {
  const { name } = declaration;
  const known = ["joins", "kind", "bandwidth", "efficiency", "latency", "message_gap"];
  const fields = new Fields(
    declaration.fields,
    { what: `tier ${name.text}`, known, later: LATER },
    name.span,
    context,
  );
  const joins = optional(fields.require("joins", "8"), (expr) =>
    readWhole(expr, '"joins"', { min: 1 }, scope, context),
  );
  const kindExpr = fields.require("kind", "switch");
  const kind = optional(kindExpr, (expr) => readWord(expr, '"kind" of a tier', KINDS, context));
  const bandwidth = optional(fields.require("bandwidth", "450 GB/s"), (expr) =>
    readQuantity(expr, '"bandwidth"', "bandwidth", scope, context),
  );
  const efficiencyExpr = fields.get("efficiency");
  const efficiency = efficiencyExpr
    ? readReal(efficiencyExpr, '"efficiency"', { min: 0, max: 1, above: true }, scope, context)?.value
    : 1;
  const latency = optional(fields.require("latency", "1.5 us"), (expr) =>
    readQuantity(expr, '"latency"', "time", scope, context, true),
  );
  const gapExpr = fields.get("message_gap");
  const gap = gapExpr ? readQuantity(gapExpr, '"message_gap"', "time", scope, context, true)?.value : 0;
  if (isFirst && kind === "rail" && kindExpr) {
    context.diagnostics.report("rail-without-tier-below", kindExpr.span, { tier: name.text });
    return undefined;
  }
  if (!joins || !kind || !bandwidth || efficiency === undefined || !latency || gap === undefined)
    return undefined;
  return {
    name: name.text,
    kind,
    joins: joins.value,
    bandwidth_bytes_per_s: bandwidth.value,
    efficiency,
    latency_us: latency.value,
    message_gap_us: gap,
    span: context.planSpan(declaration.span),
  };
}
