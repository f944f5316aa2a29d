// An exchange alone: traffic and a cluster in, the plan of the fastest schedule out, with what it was chosen over.
import { Diagnostics } from "../diagnostics/report.js";
import type { Source, Span } from "../diagnostics/span.js";
import { exchangeAlgorithms, scheduleExchange } from "../exchange/schedule.js";
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
export function planExchange(options: ExchangeOptions): PlannedExchange {
  checkOptions(options);
  const found: Found = { diagnostics: new Diagnostics(), sources: [] };
  const problem = askedFor(options, found);
  if (problem === undefined) return found;
  const { algorithm: name } = options;
  if (name !== undefined && !exchangeAlgorithms.includes(name)) {
    const suggestion = `There are: ${exchangeAlgorithms.join(", ")}.`;
    found.diagnostics.report("unknown-algorithm", optionSpan(name), { name, suggestion });
    return found;
  }
  const schedule = scheduleExchange(problem);
  if (schedule.plan === undefined) {
    const pinned = schedule.candidates.find(({ algorithm }) => algorithm === name);
    const reason = pinned?.reason ?? "nothing says why";
    found.diagnostics.report("algorithm-not-applicable", optionSpan(name ?? ""), {
      name: name ?? "",
      reason,
    });
    return found;
  }
  return { ...found, planned: { plan: schedule.plan, report: reportExchange(schedule.plan, schedule) } };
}

const optionSpan = (name: string): Span => ({ source: `--algorithm ${name}`, start: 0, end: 0 });
