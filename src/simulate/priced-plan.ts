// A plan with the expected counts and every launch priced: what simulation and lower bound start from.
import { defaultParameters, Topology, type CostParameters } from "../cost/index.js";
import { PlanIndex, type LaunchPlan, type Role } from "../plan/index.js";
import { priceTable, type PriceTable } from "./prices.js";
import { roleProgram, type RoleProgram } from "./program.js";
import { Traffic } from "./traffic.js";

export interface PricedPlan {
  readonly index: PlanIndex;
  readonly topology: Topology;
  readonly traffic: Traffic;
  readonly roles: readonly PricedRole[];
}

export interface PricedRole {
  readonly role: Role;
  readonly program: RoleProgram;
  readonly prices: PriceTable;
}

/** Compiles and prices a plan. */
export function pricePlan(plan: LaunchPlan, parameters: CostParameters = defaultParameters): PricedPlan {
  const index = new PlanIndex(plan);
  const topology = new Topology(plan.machine);
  const traffic = new Traffic(index);
  const roles = plan.roles.map((role) => {
    const program = roleProgram(index, role, parameters);
    return { role, program, prices: priceTable(index, topology, traffic, program, parameters) };
  });
  return { index, topology, traffic, roles };
}
