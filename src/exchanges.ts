// The Node API of exchanges alone: schedules of all-to-alls for any traffic, as plans, reports and files for other systems.
// Everything heavy is loaded when it is first needed.
import type { Colors } from "./diagnostics/render-text.js";
import type { EmittedExchange } from "./emit/exchange/index.js";
import type { ExchangePlan } from "./exchange-plan/index.js";
import type { ExchangeOptions } from "./exchanging/options.js";
import type { PlannedExchange } from "./exchanging/plan-exchange.js";
import type { ExchangeReport } from "./report/exchange/report.js";

export type { EmittedExchange } from "./emit/exchange/index.js";
export type { ExchangePlan } from "./exchange-plan/index.js";
export { isSmCount } from "./exchanging/check-options.js";
export type { ExchangeOptions } from "./exchanging/options.js";
export type { PlannedExchange } from "./exchanging/plan-exchange.js";
export type { ExchangeReport } from "./report/exchange/report.js";

/** Schedules one all-to-all: the plan of the fastest of all schedules that are known, and what it was chosen over. */
export async function planExchange(options: ExchangeOptions): Promise<PlannedExchange> {
  const { planExchange: plan } = await import("./exchanging/plan-exchange.js");
  return plan(options);
}

/** An exchange as text for a terminal. */
export async function renderExchange(report: ExchangeReport, colors?: Colors): Promise<string> {
  return (await import("./report/exchange/render-text.js")).renderExchange(report, colors);
}

/** An exchange as a page of its own: its traffic, its schedule and its candidates as pictures. */
export async function exchangePage(report: ExchangeReport, plan: ExchangePlan): Promise<string> {
  return (await import("./report/exchange/page/page.js")).exchangePage(report, plan);
}

/** A plan in a format, as files, or the limit of the format that keeps it from being any. Undefined for unknown formats. */
export async function emittedExchange(
  plan: ExchangePlan,
  format: string,
): Promise<EmittedExchange | undefined> {
  if (format === "plan") {
    const { writeExchangePlan } = await import("./exchange-plan/index.js");
    return { files: [{ path: "plan.json", bytes: writeExchangePlan(plan) }], notes: [] };
  }
  const { exchangeEmitters } = await import("./emit/exchange/index.js");
  const emitters: Readonly<Record<string, (plan: ExchangePlan) => EmittedExchange>> = exchangeEmitters;
  return Object.hasOwn(emitters, format) ? emitters[format]!(plan) : undefined;
}
