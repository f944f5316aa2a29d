// A plan priced by a sample: the same cells over few layers, and for each layer left out what one more repetition of its cell
// takes at the end of the sample. Equal layers cost alike but for their loads, so that tells candidates apart; the chosen plan
// is priced whole.
import { parametersOf } from "../../cost/index.js";
import { InternalError } from "../../diagnostics/internal-error.js";
import type { LaunchPlan, Role, TimelineEntry } from "../../plan/types.gen.js";
import { pricePlan, simulate, type PriceMemo, type RankTimes } from "../../simulate/index.js";

/** Repetitions of a cell that the sample has: the first fills the streams. */
const MOST_REPETITIONS = 3;

/** What a sample says of a step. */
export interface SampledStep {
  /** About the time of a whole step, in microseconds. */
  readonly time_us: number;
  /** Share of the sample in which the rank that computes longest transfers and computes nothing. */
  readonly exposed_share: number;
}

export function sampledStep(plan: LaunchPlan, memo: PriceMemo): SampledStep {
  const { ranks, makespanUs } = simulate(pricePlan(shortened(plan), parametersOf(plan.machine), memo));
  const further = plan.roles.map((role) =>
    furtherTime(
      plan,
      role,
      [...new Set(ranks)].filter((each) => each.role.role.name === role.name),
    ),
  );
  const exposed = exposedOnBusiest(ranks);
  return {
    time_us: makespanUs + Math.max(0, ...further),
    exposed_share: makespanUs === 0 ? 0 : exposed / makespanUs,
  };
}

function exposedOnBusiest(ranks: readonly RankTimes[]): number {
  let [busiest, exposed] = [-1, 0];
  for (const { computeUs, exposedUs } of ranks)
    if (computeUs > busiest) [busiest, exposed] = [computeUs, exposedUs];
  return exposed;
}

/** The plan with few repetitions of each cell. It is for prices alone: it computes no whole model. */
const shortened = (plan: LaunchPlan): LaunchPlan => ({
  ...plan,
  roles: plan.roles.map((role) => ({
    ...role,
    timeline: role.timeline.map((entry) => ({ ...entry, repeat: kept(entry) })),
  })),
});

const kept = ({ repeat }: TimelineEntry): number => Math.min(repeat, MOST_REPETITIONS);

/** What the repetitions that the sample leaves out would take: as long as those after the first, from one's end to the next's. */
function furtherTime(plan: LaunchPlan, role: Role, ranks: readonly RankTimes[]): number {
  // Entries of rounds do nothing where the expected routing holds: the simulator knows none.
  const lengths = new Map(
    plan.cells.map(({ name, launches }) => [name, launches.filter(({ kind }) => kind !== "rounds").length]),
  );
  let further = 0;
  let begin = 0;
  for (const entry of role.timeline) {
    const length = lengths.get(entry.cell);
    if (length === undefined) throw new InternalError(`there is no cell ${entry.cell}`);
    const repetitions = kept(entry);
    const end = begin + length * repetitions;
    if (entry.repeat > repetitions) {
      const [first, last] = [latestEnd(ranks, begin, begin + length), latestEnd(ranks, end - length, end)];
      further += ((entry.repeat - repetitions) * (last - first)) / (repetitions - 1);
    }
    begin = end;
  }
  if (ranks.some(({ ends }) => ends.length !== begin))
    throw new InternalError(`the sample of role ${role.name} has other launches than were simulated`);
  return further;
}

/** When the last of these launches, by position in the issue order, ends on the last rank. */
function latestEnd(ranks: readonly RankTimes[], begin: number, end: number): number {
  let latest = 0;
  for (const { ends } of ranks)
    for (let launch = begin; launch < end; launch++) latest = Math.max(latest, ends[launch]!);
  return latest;
}
