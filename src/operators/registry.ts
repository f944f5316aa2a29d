// All operators of the language, by name.
import { InternalError } from "../diagnostics/internal-error.js";
import { add } from "./add/operator.js";
import { combine } from "./combine/operator.js";
import { dispatch } from "./dispatch/operator.js";
import { embedding } from "./embedding/operator.js";
import { gqa } from "./gqa/operator.js";
import { linear } from "./linear/operator.js";
import { mla } from "./mla/operator.js";
import { norm } from "./norm/operator.js";
import type { Operator } from "./operator.js";
import { route } from "./route/operator.js";
import { swiglu } from "./swiglu/operator.js";

export const operators: ReadonlyMap<string, Operator> = new Map(
  [embedding, norm, linear, gqa, mla, swiglu, route, dispatch, combine, add].map((each) => [each.name, each]),
);

/** The operator of a checked node; where a name may be the user's mistake, ask `operators`. */
export function operatorNamed(name: string): Operator {
  const operator = operators.get(name);
  if (operator === undefined) throw new InternalError(`there is no operator \`${name}\``);
  return operator;
}
