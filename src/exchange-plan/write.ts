// The exchange plan as text.
import { writeDocument } from "../plan/index.js";
import type { ExchangePlan } from "./types.gen.js";

/** Canonical text of an exchange plan, ending in a newline. Keys keep the order in which the plan was built. */
export const writeExchangePlan = (plan: ExchangePlan): string => writeDocument(plan);
