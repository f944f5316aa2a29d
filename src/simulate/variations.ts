// What a step would take if one thing cost nothing: how much of the step hangs on it. No plan can have these; the plan's own
// launches and order are kept, so a variation says where to look, not what another plan would reach.
import { pricePlan, type PricedPlan, type PricedRole } from "./priced-plan.js";
import { READ, roleProgram, TRANSFER } from "./program.js";
import { simulate } from "./simulate.js";

export interface Variation {
  /**
   * `equal_loads`: every expert is chosen equally often. `free_links`: transfers end when all ranks have come.
   * `free_transfer_sms`: they hold no SMs. `free_host`: issuing launches and reading counts takes no time.
   */
  readonly name: "equal_loads" | "free_links" | "free_transfer_sms" | "free_host";
  readonly stepTimeUs: number;
}

/** Simulates each variation of a plan. */
export function variations(priced: PricedPlan): readonly Variation[] {
  const each = (change: (role: PricedRole) => PricedRole): PricedPlan => ({
    ...priced,
    roles: priced.roles.map(change),
  });
  const plans: Readonly<Record<Variation["name"], PricedPlan>> = {
    equal_loads: withEqualLoads(priced),
    free_links: each((role) => withoutTimesOf(role, TRANSFER)),
    free_transfer_sms: each((role) => ({
      ...role,
      program: { ...role.program, sms: new Int32Array(role.program.sms.length) },
    })),
    free_host: each((role) => ({
      ...withoutTimesOf(role, READ),
      program: roleProgram(priced.index, role.role, {
        ...priced.parameters,
        hostLaunch: 0,
        hostGroup: 0,
        hostMessage: 0,
      }),
    })),
  };
  return Object.entries(plans).map(([name, plan]) => ({
    name: name as Variation["name"],
    stepTimeUs: simulate(plan).makespanUs,
  }));
}

function withEqualLoads({ index: { plan }, parameters, memo, measured }: PricedPlan): PricedPlan {
  const routing = plan.routing.map((each) => ({
    ...each,
    loads: each.loads.map((row) => row.map(() => 1 / row.length)),
  }));
  return pricePlan({ ...plan, routing }, parameters, memo, measured);
}

/** The role with launches of a kind that take no time. A row of prices belongs to launches of one kind. */
function withoutTimesOf(role: PricedRole, kind: number): PricedRole {
  const { program, prices } = role;
  const times = prices.times.slice();
  program.kinds.forEach((each, at) => {
    const begin = prices.rowOf[at]! * prices.columns;
    if (each === kind) times.fill(0, begin, begin + prices.columns);
  });
  return { ...role, prices: { ...prices, times } };
}
