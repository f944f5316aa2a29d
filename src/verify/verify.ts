// Proves a plan from the plan alone. It shares nothing with the passes: whoever wrote the plan need not be trusted.
import type { LaunchPlan } from "../plan/index.js";
import { delivery } from "./delivery.js";
import { Facts } from "./facts.js";
import { faithfulness } from "./faithfulness.js";
import { limits } from "./limits.js";
import { memory } from "./memory.js";
import { progress } from "./progress.js";
import { races } from "./races.js";
import type { PropertyName, PropertyResult, Verdict, VerifyResult } from "./result.js";
import { wellformed } from "./wellformed/wellformed.js";

/** Every property of a well-formed plan, with its check. */
const properties: readonly (readonly [PropertyName, (facts: Facts) => Verdict])[] = [
  ["delivery", delivery],
  ["progress", progress],
  ["races", races],
  ["memory", memory],
  ["limits", limits],
  ["faithfulness", faithfulness],
];

const result = (name: PropertyName, verdict: Verdict): PropertyResult => ({
  name,
  ok: verdict.counterexample === undefined,
  ...verdict,
});

/** Checks every property of a plan that has the schema's shape, whatever it says. Never throws for what a plan says. */
export function verify(plan: LaunchPlan): VerifyResult {
  const form = result("wellformed", wellformed(plan));
  if (!form.ok) return { ok: false, properties: [form, ...properties.map(([name]) => unchecked(name))] };
  const facts = new Facts(plan);
  const results = [form, ...properties.map(([name, check]) => result(name, check(facts)))];
  return { ok: results.every((each) => each.ok), properties: results };
}

/** Of a plan that is not well-formed nothing else is proved. */
function unchecked(name: PropertyName): PropertyResult {
  return { name, ok: false, checked: "nothing, because the plan is not well-formed", assumptions: [] };
}
