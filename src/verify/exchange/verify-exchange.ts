// Proves an exchange plan from the plan alone. It shares nothing with the search that made it, and works out by itself what routes
// mean: whoever wrote the plan need not be trusted.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import type { PropertyName, PropertyResult, Verdict, VerifyResult } from "../result.js";
import { delivery } from "./delivery.js";
import { limits } from "./limits.js";
import { memory } from "./memory.js";
import { progress } from "./progress.js";
import { races } from "./races.js";
import { wellformed } from "./wellformed.js";

/** Every property of a well-formed exchange plan, with its check. Nothing is computed, so none is of faithfulness. */
const properties: readonly (readonly [PropertyName, (plan: ExchangePlan) => Verdict])[] = [
  ["delivery", delivery],
  ["progress", progress],
  ["races", races],
  ["memory", memory],
  ["limits", limits],
];

const result = (name: PropertyName, verdict: Verdict): PropertyResult => ({
  name,
  ok: verdict.counterexample === undefined,
  ...verdict,
});

/** Checks every property of a plan that has the schema's shape, whatever it says. Never throws for what a plan says. */
export function verifyExchange(plan: ExchangePlan): VerifyResult {
  const form = result("wellformed", wellformed(plan));
  if (!form.ok)
    return {
      ok: false,
      properties: [
        form,
        ...properties.map(([name]) => ({
          name,
          ok: false,
          checked: "nothing, because the plan is not well-formed",
          assumptions: [],
        })),
      ],
    };
  const results = [form, ...properties.map(([name, check]) => result(name, check(plan)))];
  return { ok: results.every((each) => each.ok), properties: results };
}
