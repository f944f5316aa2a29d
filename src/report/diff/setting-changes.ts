// What differs in schedule and cluster: what the user declares of them, as far as it is in the plan. What the compiler chose
// there is a decision, and told elsewhere.
import type { LaunchPlan, Machine, Measured } from "../../plan/index.js";
import { counted } from "../units.js";
import { both, type Pair } from "./pair.js";

/** Null where a plan has no such setting. */
export type SettingValue = string | number | null;

export interface SettingChange {
  readonly kind: "schedule_changed" | "cluster_changed";
  /** Numbers are in the unit that ends the name. */
  readonly setting: string;
  readonly values: Pair<SettingValue>;
}

type Settings = ReadonlyMap<string, SettingValue>;

export function settingChanges(plans: Pair<LaunchPlan>): readonly SettingChange[] {
  return [
    ...changed("schedule_changed", both(plans, scheduleSettings)),
    ...otherLoads(plans),
    ...otherMeasurements(plans),
    ...changed("cluster_changed", both(plans, clusterSettings)),
  ];
}

function changed(kind: SettingChange["kind"], [ofA, ofB]: Pair<Settings>): readonly SettingChange[] {
  return [...new Set([...ofA.keys(), ...ofB.keys()])].flatMap((setting) => {
    const values = [ofA.get(setting) ?? null, ofB.get(setting) ?? null] as const;
    return values[0] === values[1] ? [] : [{ kind, setting, values }];
  });
}

function scheduleSettings(plan: LaunchPlan): Settings {
  const { schedule, world, groups, precisions, routing, placements, exchanges, measured } = plan;
  const dimension = (name: string): number | null =>
    plan.dimensions.find((each) => each.name === name)?.value ?? null;
  const sequences = dimension("sequences");
  const groupOf = (name: string): number | null => groups.find((each) => each.name === name)?.size ?? null;
  return new Map<string, SettingValue>([
    ["schedule", schedule.name],
    ["mode", schedule.mode],
    ["ranks", world],
    // The number of micro-batches is a decision; the batch that they make is not.
    ["sequences", sequences === null ? null : sequences * schedule.micro_batches],
    ["length", dimension("length")],
    ["context", dimension("context")],
    ...precisions.map((each) => [`precision.${each.class}`, each.dtype] as const),
    ...routing.map((each) => [`routing of ${each.block}.${each.gate}`, each.distribution] as const),
    ...placements.map((each) => [`slots of ${each.block}.${each.gate}`, each.slots] as const),
    ...(measured === undefined ? [] : [["profile", profileText(measured)] as const]),
    ...exchanges.flatMap(({ block, gate, group, tokens, transport }) => [
      [`ep of ${block}.${gate}`, groupOf(group)] as const,
      [`tokens of ${block}.${gate}`, tokensText(tokens)] as const,
      [`transport of ${block}.${gate}`, transport] as const,
    ]),
  ]);
}

/** As a schedule would write it. */
function tokensText({ policy, factor, bound, overflow }: LaunchPlan["exchanges"][number]["tokens"]): string {
  const parts = [
    ...(factor === undefined ? [] : [String(factor)]),
    ...(bound === undefined ? [] : [`bound: ${String(bound)}`]),
    ...(overflow === undefined ? [] : [`overflow: ${overflow}`]),
  ];
  return parts.length === 0 ? policy : `${policy}(${parts.join(", ")})`;
}

/** `ops.json (14 measurements)`. */
function profileText({ files, times }: Measured): string {
  return `${files.map(({ path }) => path).join(", ")} (${counted(times.length, "measurement")})`;
}

/** As with loads: as many measurements from the same files, that say something else. */
function otherMeasurements([{ measured: a }, { measured: b }]: Pair<LaunchPlan>): readonly SettingChange[] {
  if (a === undefined || b === undefined) return [];
  const [ofA, ofB] = [profileText(a), profileText(b)];
  if (ofA !== ofB || JSON.stringify(a.times) === JSON.stringify(b.times)) return [];
  return [{ kind: "schedule_changed", setting: "profile", values: [ofA, `${ofB}, with other measurements`] }];
}

/** Loads may differ though they come from the same place, such as a file that was measured again. */
function otherLoads([a, b]: Pair<LaunchPlan>): readonly SettingChange[] {
  return a.routing.flatMap(({ block, gate, distribution, loads }) => {
    const other = b.routing.find((each) => each.block === block && each.gate === gate);
    const sameShape = loads.length === other?.loads.length && loads[0]?.length === other.loads[0]?.length;
    if (!sameShape || other.distribution !== distribution) return [];
    if (JSON.stringify(loads) === JSON.stringify(other.loads)) return [];
    const setting = `routing of ${block}.${gate}`;
    return [
      {
        kind: "schedule_changed",
        setting,
        values: [distribution, `${distribution}, with other loads`],
      } as const,
    ];
  });
}

function clusterSettings({ machine }: LaunchPlan): Settings {
  const { name, gpus, gpu, tiers }: Machine = machine;
  const { peak_flops, calibration = {}, ...rest } = gpu;
  return new Map<string, SettingValue>([
    ["cluster", name],
    ["gpus", gpus],
    ...Object.entries(rest).map(([field, value]) => [`gpu.${field}`, value] as const),
    ...Object.entries(peak_flops).map(([dtype, value]) => [`gpu.peak.${dtype}_flops`, value] as const),
    ...Object.entries(calibration).map(([name, value]) => [`gpu.calibration.${name}`, value] as const),
    ...tiers.flatMap(({ name: tier, span: _span, ...fields }) =>
      Object.entries(fields).map(([field, value]) => [`${tier}.${field}`, value] as const),
    ),
  ]);
}
