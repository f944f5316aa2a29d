// How much a step's time moves when a figure of the model does: every launch that the step hangs on is priced anew, once, with
// the other figure, and the step changes by what is charged to it in proportion. The order of events stays as it was, so this
// is exact for small changes, and near what a simulation with the other figure would give for a tenth.
import type { Launch, Sensitivity } from "../../plan/index.js";
import { pricePlan, type PricedPlan, type PricedRole } from "../priced-plan.js";
import { READ } from "../program.js";
import type { Simulation } from "../simulate.js";
import { criticalPath, type CriticalPath, type LaunchCharge } from "./critical-path.js";
import { figuresOf, type Model } from "./figures.js";

/** By how much figures change: a tenth more, or less where a share would exceed 1. */
const CHANGE = 0.1;
/** A smaller change of the step is none. */
const LEAST = 1e-6;

/** The change of the step for each figure that moves it, the largest first. */
export function sensitivities(priced: PricedPlan, simulation: Simulation): readonly Sensitivity[] {
  const { index, parameters } = priced;
  if (simulation.makespanUs === 0) return [];
  const path = criticalPath(priced, simulation);
  const model = { machine: index.plan.machine, parameters };
  const prices = new SamplePrices(priced, path);
  const before = prices.of(model);
  return figuresOf(model)
    .filter(({ name }) => concerns(name, priced))
    .map(({ name, value, most, replaced }): Sensitivity => {
      const change = value * (1 + CHANGE) <= most ? CHANGE : -CHANGE;
      const moved = movedBy(path, before, prices.of(replaced(value * (1 + change))));
      return {
        parameter: name,
        change,
        step_time_change: Math.round(moved / simulation.makespanUs / LEAST) * LEAST,
      };
    })
    .filter(({ step_time_change: moved }) => moved !== 0)
    .sort(
      (one, other) =>
        Math.abs(other.step_time_change) - Math.abs(one.step_time_change) ||
        (one.parameter < other.parameter ? -1 : 1),
    );
}

/** Whether a figure can move the prices of a plan: those of DeepEP where it moves rows. */
const concerns = (name: string, { index }: PricedPlan): boolean =>
  !name.startsWith("deepep_") || index.plan.exchanges.some(({ transport }) => transport === "deepep");

/** What a launch of the sample costs. */
interface SamplePrice {
  readonly timeUs: number;
  readonly issueUs: number;
  /** By level of SMs that transfers hold. */
  readonly speeds: Float64Array;
}

/** Microseconds by which the step grows where launches have other prices. */
function movedBy({ charges }: CriticalPath, before: Prices, after: Prices): number {
  let moved = 0;
  charges.forEach((launches, role) => {
    for (const [launch, charge] of launches) {
      const [old, other] = [before[role]?.get(launch), after[role]?.get(launch)];
      if (old !== undefined && other !== undefined) moved += movedByLaunch(charge, old, other);
    }
  });
  return moved;
}

function movedByLaunch(
  { work, atLevel, issues }: LaunchCharge,
  old: SamplePrice,
  other: SamplePrice,
): number {
  let moved = issues * (other.issueUs - old.issueUs);
  if (old.timeUs > 0) moved += work * (other.timeUs / old.timeUs - 1);
  atLevel.forEach((us, level) => (moved -= us * (other.speeds[level]! - old.speeds[level]!)));
  return moved;
}

/** By index of the role, and by launch. */
type Prices = readonly ReadonlyMap<Launch, SamplePrice>[];

/** Prices every launch once: in the middle layer of its run, on the rank of its role that the step hangs on most. */
class SamplePrices {
  readonly #roles: readonly PricedPlan["roles"][number]["role"][];
  /** For each role of the sample, its index among the plan's. */
  readonly #at: readonly number[];

  constructor(
    private readonly priced: PricedPlan,
    { ranks }: CriticalPath,
  ) {
    this.#at = ranks.flatMap((rank, at) => (rank === undefined ? [] : [at]));
    this.#roles = this.#at.map((at) => {
      const { role } = priced.roles[at]!;
      const longest = new Map<string, (typeof role.timeline)[number]>();
      for (const entry of role.timeline)
        if (entry.repeat > (longest.get(entry.cell)?.repeat ?? 0)) longest.set(entry.cell, entry);
      return {
        ...role,
        ranks: [ranks[at]!],
        timeline: [...longest.values()].map((entry) => ({
          ...entry,
          layer: entry.layer + (entry.repeat >> 1),
          repeat: 1,
        })),
      };
    });
  }

  /** What was measured was so on the machine as it stands: its ratios stay while a figure changes. */
  of({ machine, parameters }: Model): Prices {
    const { index, memo, measured } = this.priced;
    const plan = { ...index.plan, machine, roles: [...this.#roles] };
    const { roles } = pricePlan(plan, parameters, memo, measured);
    const prices = this.priced.roles.map(() => new Map<Launch, SamplePrice>());
    roles.forEach((role, at) => {
      role.program.launches.forEach(({ launch }, position) =>
        prices[this.#at[at]!]!.set(launch, priceIn(role, position)),
      );
    });
    return prices;
  }
}

function priceIn({ program, prices }: PricedRole, at: number): SamplePrice {
  const row = prices.rowOf[at]!;
  const levels = prices.levels.length;
  // Offsets count from the last read, at which the host goes on from nothing.
  const before = at === 0 || program.kinds[at - 1] === READ ? 0 : program.issueOffsets[at - 1]!;
  return {
    timeUs: prices.times[row]!,
    issueUs: program.issueOffsets[at]! - before,
    speeds: prices.speeds.slice(row * levels, (row + 1) * levels),
  };
}
