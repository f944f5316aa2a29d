// An exchange alone: traffic and a cluster in, the plan of the fastest schedule out, with what it was chosen over.
import { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import type { ExchangePlan } from "../exchange-plan/index.js";
import { reportExchange, type ExchangeReport } from "../report/exchange/report.js";
import { askedFor } from "./asked.js";
import { checkOptions } from "./check-options.js";
import type { Found } from "./files.js";
import type { ExchangeOptions } from "./options.js";

export interface PlannedExchange {
  /** Absent where a diagnostic says why. */
  readonly planned?: { readonly plan: ExchangePlan; readonly report: ExchangeReport };
  readonly diagnostics: Diagnostics;
  /** The texts that the diagnostics point into. */
  readonly sources: readonly Source[];
}

/** Schedules an exchange. What is wrong with an input is a diagnostic; options of a wrong type or size are a TypeError. */
export async function planExchange(options: ExchangeOptions): Promise<PlannedExchange> {
  checkOptions(options);
  const found: Found = { diagnostics: new Diagnostics(), sources: [] };
  const problem = askedFor(options, found);
  if (problem === undefined) return found;
  const { scheduleExchange } = await import("../exchange/schedule.js");
  const { plan, candidates, bound, timeUs } = scheduleExchange(problem);
  return { ...found, planned: { plan, report: reportExchange(plan, { candidates, bound, timeUs }) } };
}
