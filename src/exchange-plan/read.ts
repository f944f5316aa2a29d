// Reading an exchange plan, or whichever plan a text holds.
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import { launchPlanKind, readDocument, type DocumentKind, type LaunchPlan } from "../plan/index.js";
import type { ExchangePlan } from "./types.gen.js";
import { validate } from "./validate.gen.js";

const exchangePlanKind: DocumentKind<ExchangePlan> = {
  format: "weft.exchange/1",
  schema: "src/exchange-plan/schema.json",
  validate,
};

/** The exchange plan in a text, or undefined after reporting why there is none. */
export const readExchangePlan = (source: Source, diagnostics: Diagnostics): ExchangePlan | undefined =>
  readDocument(source, diagnostics, [exchangePlanKind]);

/** The launch plan or exchange plan in a text, by its `format`; undefined after reporting why there is none. */
export const readAnyPlan = (
  source: Source,
  diagnostics: Diagnostics,
): LaunchPlan | ExchangePlan | undefined =>
  readDocument<LaunchPlan | ExchangePlan>(source, diagnostics, [launchPlanKind, exchangePlanKind]);
