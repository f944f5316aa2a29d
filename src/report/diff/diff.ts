// What differs between two plans, as data: tagged records of what is computed, mapped and decided otherwise, and what a step
// costs on either side. How that is shown is decided by the render-*.ts files.
import type { LaunchPlan, Prediction } from "../../plan/index.js";
import { rounded } from "../explain/rounded.js";
import { memoryParts } from "../memory-parts.js";
import type { SimulatedPlan } from "../simulated-plan.js";
import { title } from "../summary.js";
import { decisionChanges, type DecisionChange } from "./decision-changes.js";
import { judge, type JudgedLimit, type Limit } from "./limits.js";
import { measure } from "./measured.js";
import { measureNames, measures, type MeasureName, type Unit } from "./measures.js";
import { modelChanges, type ModelChange } from "./model-changes.js";
import { both, type Pair } from "./pair.js";
import { settingChanges, type SettingChange } from "./setting-changes.js";

/** One of the two plans. */
export interface Side {
  /** As the user knows it: a path, with the options that concern it alone. */
  readonly name: string;
  readonly simulated: SimulatedPlan;
}

export interface SideTitle {
  readonly name: string;
  readonly title: string;
  /** Whether the plan says why it is as it is: without that its decisions are not known. */
  readonly has_decisions: boolean;
}

export interface MeasureDiff {
  readonly name: MeasureName;
  readonly unit: Unit;
  /** Null where a plan has no such quantity. */
  readonly values: Pair<number | null>;
}

/** Printed by --json as it is. Times in microseconds, for one step; amounts of messages and bytes are means over ranks. */
export interface PlanDiff {
  readonly plans: Pair<SideTitle>;
  /**
   * `plans`: they are equal but for their sources and reasons. `compared`: they differ, but in nothing that stands here, such as
   * the order of launches. `no`: something here differs.
   */
  readonly equal: "plans" | "compared" | "no";
  readonly model_changes: readonly ModelChange[];
  readonly setting_changes: readonly SettingChange[];
  /** Those that came out otherwise. Empty where one plan does not tell its decisions. */
  readonly decisions: readonly DecisionChange[];
  readonly unchanged_decisions: readonly string[];
  readonly step_time_us: Pair<number>;
  readonly tokens_per_second: Pair<number>;
  readonly exposed_communication_us: Pair<number>;
  readonly communication_us: Pair<number>;
  readonly compute_us: Pair<number>;
  readonly lower_bound_us: Pair<number>;
  readonly bound_by: Pair<string>;
  /** Whole, with the share of each cost. */
  readonly predictions: Pair<Prediction>;
  readonly peak_memory_bytes: Pair<number>;
  readonly memory_parts: readonly { readonly part: string; readonly bytes: Pair<number> }[];
  readonly bytes_per_tier: readonly { readonly tier: string; readonly bytes: Pair<number | null> }[];
  readonly tokens_per_step: Pair<number | null>;
  /** Every compared quantity, in the order of reports. */
  readonly measures: readonly MeasureDiff[];
  readonly limits: readonly JudgedLimit[];
}

export function diffPlans(sides: Pair<Side>, limits: readonly Limit[]): PlanDiff {
  const plans = both(sides, ({ simulated }) => simulated.plan);
  const measuredPlans = both(sides, ({ simulated }) => measure(simulated));
  const measured = both(measuredPlans, (each) => each.measured);
  const decided = both(plans, ({ why }) => why?.decisions.filter(({ placed }) => placed === undefined));
  const [ofA, ofB] = decided;
  const decisions =
    ofA === undefined || ofB === undefined ? { changes: [], unchanged: [] } : decisionChanges([ofA, ofB]);
  const value = (name: MeasureName): Pair<number> => both(measured, (each) => each[name] ?? 0);
  const differences = {
    model_changes: modelChanges(both(sides, ({ simulated }) => simulated.priced.index)),
    setting_changes: settingChanges(plans),
    decisions: decisions.changes,
    measures: measureNames.map((name): MeasureDiff => {
      const { unit } = measures[name];
      return { name, unit, values: both(measured, (each) => each[name]) };
    }),
    memory_parts: memoryPartPairs(plans),
  };
  return rounded({
    plans: both(sides, (side) => titleOf(side)),
    equal: equality(plans, differences),
    ...differences,
    unchanged_decisions: decisions.unchanged,
    step_time_us: value("step_time"),
    tokens_per_second: value("tokens_per_second"),
    exposed_communication_us: value("exposed_communication"),
    communication_us: value("communication"),
    compute_us: value("compute"),
    lower_bound_us: value("lower_bound"),
    bound_by: both(measuredPlans, ({ prediction }) => prediction.bound_by),
    predictions: both(measuredPlans, ({ prediction }) => prediction),
    peak_memory_bytes: value("memory"),
    bytes_per_tier: tierPairs(both(measuredPlans, ({ tierBytes }) => new Map(tierBytes))),
    tokens_per_step: both(plans, tokensPerStep),
    limits: limits.map((each) => judge(each, measured)),
  });
}

const titleOf = ({ name, simulated: { plan } }: Side): SideTitle => ({
  name,
  title: title(plan),
  has_decisions: plan.why !== undefined,
});

const tokensPerStep = ({ dimensions, world, schedule }: LaunchPlan): number | null => {
  const tokens = dimensions.find(({ name }) => name === "tokens")?.value;
  return tokens === undefined ? null : tokens * world * schedule.micro_batches;
};

type Differences = Pick<
  PlanDiff,
  "model_changes" | "setting_changes" | "decisions" | "measures" | "memory_parts"
>;

function equality(plans: Pair<LaunchPlan>, found: Differences): PlanDiff["equal"] {
  const [a, b] = both(plans, essence);
  if (a === b && found.decisions.length === 0) return "plans";
  const changes = [...found.model_changes, ...found.setting_changes, ...found.decisions];
  const values = [
    ...found.measures.map((each) => each.values),
    ...found.memory_parts.map((each) => each.bytes),
  ];
  return changes.length === 0 && values.every(([one, other]) => one === other) ? "compared" : "no";
}

/** A plan without where it comes from and why it is so: equal for plans that do the same. */
const essence = ({ why: _why, sources: _sources, generator: _generator, ...plan }: LaunchPlan): string =>
  JSON.stringify(plan, (key, value: unknown) => (key === "span" ? undefined : value));

/** Largest first, by the larger of both. */
function memoryPartPairs(plans: Pair<LaunchPlan>): PlanDiff["memory_parts"] {
  const [ofA, ofB] = both(
    plans,
    (plan) => new Map(memoryParts(plan).map(({ name, bytes }) => [name, bytes])),
  );
  return [...new Set([...ofA.keys(), ...ofB.keys()])]
    .map((part) => ({ part, bytes: [ofA.get(part) ?? 0, ofB.get(part) ?? 0] as const }))
    .sort((one, other) => Math.max(...other.bytes) - Math.max(...one.bytes));
}

/** From the fastest tier to the slowest. Null where a cluster has no tier of that name. */
const tierPairs = ([ofA, ofB]: Pair<ReadonlyMap<string, number>>): PlanDiff["bytes_per_tier"] =>
  [...new Set([...ofA.keys(), ...ofB.keys()])].map((tier) => ({
    tier,
    bytes: [ofA.get(tier) ?? null, ofB.get(tier) ?? null],
  }));
