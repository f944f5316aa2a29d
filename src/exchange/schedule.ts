// The best schedule of an all-to-all among all that are known, with what it was chosen over.
import type { ExchangeCandidate, ExchangePlan } from "../exchange-plan/index.js";
import type { ExchangeProblem } from "./problem.js";

/** No schedule takes less. Times in microseconds. */
export interface ExchangeBound {
  readonly us: number;
  /** What it is: of all tiers and cuts the busiest, of all GPUs, or the latency. */
  readonly of: string;
}

export interface ExchangeSchedule {
  /** The chosen plan; its `why` has every candidate with its price. */
  readonly plan: ExchangePlan;
  readonly candidates: readonly ExchangeCandidate[];
  readonly bound: ExchangeBound;
  readonly timeUs: number;
}

/**
 * Prices every candidate and makes the plan of the fastest.
 * @throws {InternalError} where the problem's tables do not have the sizes that its machine says
 */
export declare function scheduleExchange(problem: ExchangeProblem): ExchangeSchedule;
