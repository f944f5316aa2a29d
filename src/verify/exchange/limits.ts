// Law: the plan asks for no more than NCCL gives: CTAs of the communicator, and sends and receives in a group, counting every message
// that may carry something for some traffic.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import { count, grouped, type Counterexample, type Verdict } from "../result.js";
import { aboutPlan } from "../story.js";
import { operationsOf } from "./operations.js";

/** NCCL refuses groups of more operations. Source: NCCL user guide, group calls ("up to 2048 NCCL operations"). */
const MOST_GROUP_OPERATIONS = 2048;
/** NCCL_MAX_CTAS is at most 64. Source: NCCL user guide, environment variables. */
const MOST_COMMUNICATOR_SMS = 64;

export function limits(plan: ExchangePlan): Verdict {
  const groups = operationsOf(plan);
  const largest = groups.reduce((most, { sends, receives }) => Math.max(most, sends + receives), 0);
  const checked = `${count(groups.length, "group")} of at most ${count(largest, "operation")}, of ${grouped(MOST_GROUP_OPERATIONS)}; a communicator of ${count(plan.communicator.sms, "SM")}`;
  const assumptions = ["NCCL 2.x accepts what its user guide says it accepts"];
  const counterexample = communicatorFault(plan) ?? groupFault(plan, groups);
  return { checked, assumptions, ...(counterexample === undefined ? {} : { counterexample }) };
}

function communicatorFault({ communicator, machine }: ExchangePlan): Counterexample | undefined {
  const { name, sms } = communicator;
  const takes = `communicator \`${name}\` takes ${count(sms, "SM")}`;
  if (sms !== 0 && (!Number.isInteger(Math.log2(sms)) || sms > MOST_COMMUNICATOR_SMS))
    return aboutPlan([`${takes}; NCCL takes a power of two up to ${MOST_COMMUNICATOR_SMS}`]);
  return sms > machine.gpu.sms ? aboutPlan([`${takes}; the GPU has ${machine.gpu.sms}`]) : undefined;
}

function groupFault(plan: ExchangePlan, groups: ReturnType<typeof operationsOf>): Counterexample | undefined {
  for (const [launch, { node, sends, receives }] of groups.entries())
    if (sends + receives > MOST_GROUP_OPERATIONS)
      return aboutPlan([
        `in launch \`${plan.launches[launch]!.name}\` rank ${node * plan.ranks_per_node} may send to ${count(sends, "rank")} and receive from ${grouped(receives)}`,
        `these are ${count(sends + receives, "operation")}; NCCL takes ${grouped(MOST_GROUP_OPERATIONS)} in one group`,
      ]);
  return undefined;
}
