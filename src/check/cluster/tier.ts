// One network of a cluster: what it joins, how fast and how late, and what the GPUs of a unit below it share.
import type { Tier } from "../../plan/types.gen.js";
import type { TierDecl } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { Fields, optional } from "../fields.js";
import type { Scope } from "../values/evaluate.js";
import { readQuantity, readReal, readWhole, readWord } from "../values/read.js";

const KINDS = ["switch", "rail"] as const;
const KNOWN = [
  ...["joins", "kind", "bandwidth", "efficiency", "latency", "message_gap"],
  ...["nics", "oversubscription"],
];

/** What lies below a tier: nothing below the first, else units of so many GPUs, of any number where that could not be read. */
export type Below = "nothing" | { readonly gpus: number | undefined };

export function readTier(
  declaration: TierDecl,
  below: Below,
  scope: Scope,
  context: Context,
): Tier | undefined {
  const { name } = declaration;
  const what = `tier ${name.text}`;
  const fields = new Fields(declaration.fields, { what, known: KNOWN }, name.span, context);
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
  const shared = readShared(fields, name.text, below, scope, context);
  if (below === "nothing" && kind === "rail" && kindExpr) {
    context.diagnostics.report("rail-without-tier-below", kindExpr.span, { tier: name.text });
    return undefined;
  }
  if (!joins || !kind || !bandwidth || efficiency === undefined || !latency || gap === undefined || !shared)
    return undefined;
  return {
    name: name.text,
    kind,
    joins: joins.value,
    bandwidth_bytes_per_s: bandwidth.value,
    efficiency,
    latency_us: latency.value,
    message_gap_us: gap,
    ...shared,
    span: context.planSpan(declaration.span),
  };
}

/**
 * What GPUs of a unit of the tier below share: their adapters, and what the unit sends as a whole. A value that changes nothing is left
 * out. Undefined after reporting an error.
 */
function readShared(
  fields: Fields,
  tier: string,
  below: Below,
  scope: Scope,
  context: Context,
): Pick<Tier, "nics" | "oversubscription"> | undefined {
  const [nicsExpr, ratioExpr] = [fields.get("nics"), fields.get("oversubscription")];
  if (below === "nothing") {
    for (const field of ["nics", "oversubscription"]) {
      const span = fields.spanOf(field);
      if (span) context.diagnostics.report("sharing-without-tier-below", span, { tier, field });
    }
    return nicsExpr || ratioExpr ? undefined : {};
  }
  const { gpus } = below;
  const range = gpus === undefined ? { min: 1 } : { min: 1, max: gpus };
  const nics = optional(nicsExpr, (expr) => readWhole(expr, '"nics"', range, scope, context));
  const ratio = optional(ratioExpr, (expr) =>
    readReal(expr, '"oversubscription"', { min: 1 }, scope, context),
  );
  if ((nicsExpr && !nics) || (ratioExpr && !ratio)) return undefined;
  return {
    ...(nics && nics.value !== gpus ? { nics: nics.value } : {}),
    ...(ratio && ratio.value > 1 ? { oversubscription: ratio.value } : {}),
  };
}
