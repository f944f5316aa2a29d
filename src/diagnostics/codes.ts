// Every diagnostic code, merged from one table for each stage. Each code has a page in pages/.
import { checkCodes } from "./codes/check.js";
import { commandCodes } from "./codes/command.js";
import { exchangeCodes } from "./codes/exchange.js";
import { fileCodes } from "./codes/files.js";
import { placementCodes } from "./codes/placement.js";
import { planCodes } from "./codes/plan.js";
import { scheduleCodes } from "./codes/schedule.js";
import { syntaxCodes } from "./codes/syntax.js";
import type { ParamNames } from "./define.js";
import type { ParamValue } from "./param-message.js";

export const codes = {
  ...fileCodes,
  ...syntaxCodes,
  ...checkCodes,
  ...scheduleCodes,
  ...planCodes,
  ...placementCodes,
  ...exchangeCodes,
  ...commandCodes,
};

export type Code = keyof typeof codes;

/** The parameters that a report of this code must give. */
export type Params<C extends Code> = Readonly<Record<ParamNames<(typeof codes)[C]>, ParamValue>>;

export function isCode(text: string): text is Code {
  return Object.hasOwn(codes, text);
}
