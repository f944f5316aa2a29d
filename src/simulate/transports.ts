// What a plan would take if another library moved its rows: the same launches, placement and order, priced again, with as many
// SMs for its communicators as suit that library. A plan that is compiled for it may be faster still.
import type { Exchange, LaunchPlan } from "../plan/index.js";
import { pricePlan, type PricedPlan } from "./priced-plan.js";
import { simulate } from "./simulate.js";

export interface TransportPrice {
  readonly transport: Exchange["transport"];
  /** SMs of a communicator. */
  readonly communicatorSms: number;
  readonly stepTimeUs: number;
}

const TRANSPORTS: readonly Exchange["transport"][] = ["nccl", "deepep"];
/** Tried besides those of the plan. */
const COMMUNICATOR_SMS = [8, 16, 32];

/** The step with each transport, that of the plan first, as it is; none for a plan in which no rows travel. */
export function transportPrices(priced: PricedPlan): readonly TransportPrice[] {
  const { plan } = priced.index;
  const own = plan.exchanges[0];
  if (own === undefined) return [];
  const sms = priced.index.group(own.group).sms;
  const stepOf = (each: PricedPlan): number => simulate(each).makespanUs;
  const others = TRANSPORTS.filter((each) => each !== own.transport).map((transport) => {
    const counts = new Set([sms, ...COMMUNICATOR_SMS.filter((each) => each < plan.machine.gpu.sms)]);
    const tried = [...counts].map((communicatorSms): TransportPrice => {
      const moved = movedBy(plan, transport, communicatorSms);
      return {
        transport,
        communicatorSms,
        stepTimeUs: stepOf(pricePlan(moved, priced.parameters, priced.memo)),
      };
    });
    return tried.reduce((best, each) => (each.stepTimeUs < best.stepTimeUs ? each : best));
  });
  return [{ transport: own.transport, communicatorSms: sms, stepTimeUs: stepOf(priced) }, ...others];
}

const movedBy = (plan: LaunchPlan, transport: Exchange["transport"], sms: number): LaunchPlan => ({
  ...plan,
  groups: plan.groups.map((each) => ({ ...each, sms })),
  exchanges: plan.exchanges.map((each) => ({ ...each, transport })),
});
