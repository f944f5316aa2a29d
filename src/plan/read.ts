// Reading a launch plan.
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import { readDocument, type DocumentKind } from "./document.js";
import type { LaunchPlan } from "./types.gen.js";
import { validate } from "./validate.gen.js";

export const PLAN_FORMAT = "weft.plan/1";

/** How a launch plan is known. */
export const launchPlanKind: DocumentKind<LaunchPlan> = {
  format: PLAN_FORMAT,
  schema: "src/plan/schema.json",
  validate,
};

/** The plan in a text, or undefined after reporting why there is none. */
export const readPlan = (source: Source, diagnostics: Diagnostics): LaunchPlan | undefined =>
  readDocument(source, diagnostics, [launchPlanKind]);
