// A plan with the expected counts and every launch priced: what simulation and lower bound start from.
import { parametersOf, type CostParameters, type Topology } from "../cost/index.js";
import { PlanIndex, type LaunchPlan, type Role } from "../plan/index.js";
import { MeasuredTimes } from "./measured/measured-times.js";
import { PriceMemo } from "./price-memo.js";
import { priceTable, type PriceTable } from "./prices.js";
import { roleProgram, type RoleProgram } from "./program.js";
import { Traffic } from "./traffic.js";

export interface PricedPlan {
  readonly index: PlanIndex;
  /** What it was priced with. */
  readonly parameters: CostParameters;
  readonly topology: Topology;
  readonly traffic: Traffic;
  readonly roles: readonly PricedRole[];
  /** What the user measured, in place of the models. */
  readonly measured: MeasuredTimes | undefined;
  readonly memo: PriceMemo;
}

export interface PricedRole {
  readonly role: Role;
  readonly program: RoleProgram;
  readonly prices: PriceTable;
}

/**
 * Compiles and prices a plan. `memo`: what prices of other plans have worked out, and what these add to it. `standing`: the
 * measured ratios of the same launches on the machine that they were measured on, where the plan's is a changed one.
 */
export function pricePlan(
  plan: LaunchPlan,
  parameters: CostParameters = parametersOf(plan.machine),
  memo = new PriceMemo(),
  standing?: MeasuredTimes,
): PricedPlan {
  const index = new PlanIndex(plan);
  const topology = memo.topology(plan.machine);
  const traffic = new Traffic(index, memo.traffic);
  const measured =
    standing ?? (plan.measured && new MeasuredTimes(index, plan.measured.times, parameters, memo));
  const roles = plan.roles.map((role) => {
    const program = roleProgram(index, role, parameters);
    return { role, program, prices: priceTable(index, traffic, program, parameters, memo, measured) };
  });
  return { index, parameters, topology, traffic, roles, measured, memo };
}
