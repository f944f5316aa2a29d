// The duration of every launch of a role on each of its ranks, as tables for the event walk. Launches that differ only by
// layer share a row where nothing that their price depends on differs.
import {
  computeTime,
  hostReadTime,
  idealTime,
  type ComputeWork,
  type CostParameters,
  type Topology,
} from "../cost/index.js";
import { InternalError } from "../diagnostics/internal-error.js";
import {
  evaluate,
  namesIn,
  type ComputeLaunch,
  type Environment,
  type GemmShape,
  type Group,
  type LaunchInstance,
  type PlanIndex,
} from "../plan/index.js";
import type { RoleProgram } from "./program.js";
import type { ExchangeTraffic, Traffic } from "./traffic.js";
import { transferPrices } from "./transfers.js";

/** Durations by row and rank of the role (column). */
export interface PriceTable {
  readonly columns: number;
  /** Row of each launch of the role's issue order. */
  readonly rowOf: Int32Array;
  /** [row * columns + column]: microseconds with the whole GPU. */
  readonly times: Float64Array;
  /** [row * columns + column]: microseconds at peak rates, for kernels; 0 for what is not a kernel. */
  readonly ideal: Float64Array;
  /** Numbers of SMs that communicators may take from kernels, ascending from 0. */
  readonly levels: readonly number[];
  /** [(row * columns + column) * levels + level]: speed of a kernel that has lost these SMs, over its speed with all. */
  readonly speeds: Float64Array;
}

/** Prices a role. `traffic` gives the expected counts. */
export function priceTable(
  index: PlanIndex,
  topology: Topology,
  traffic: Traffic,
  program: RoleProgram,
  parameters: CostParameters,
): PriceTable {
  const { gpu } = index.plan.machine;
  const ranks = program.role.ranks;
  const levels = smLevels(index.plan.groups, program);
  const members = new Membership(index.plan.groups);
  const times: number[] = [];
  const ideal: number[] = [];
  const speeds: number[] = [];

  const addRow = ({ launch, layer }: LaunchInstance): void => {
    if (launch.kind === "compute") {
      for (const rank of ranks) {
        const work = evaluateWork(index, traffic, members, launch, layer, rank);
        const whole = computeTime(gpu, work, gpu.sms, parameters);
        times.push(whole);
        ideal.push(idealTime(gpu, work));
        for (const taken of levels)
          speeds.push(taken === 0 ? 1 : whole / computeTime(gpu, work, gpu.sms - taken, parameters));
      }
      return;
    }
    const prices =
      launch.kind === "transfer"
        ? transferPrices(index, topology, traffic, launch, layer, parameters)
        : undefined;
    const group = prices === undefined ? undefined : index.exchange(launch.exchange).group;
    for (const rank of ranks) {
      const [instance, within] = group === undefined ? [0, 0] : members.of(group, rank);
      times.push(prices === undefined ? hostReadTime(parameters) : prices[instance]![within]!);
      ideal.push(0);
      for (const _ of levels) speeds.push(1);
    }
  };

  const known = new Map<unknown, Map<unknown, number>>();
  const rowOf = Int32Array.from(program.launches, (instance) => {
    const { launch, layer } = instance;
    const rows = known.get(launch) ?? new Map<unknown, number>();
    known.set(launch, rows);
    const depends = dependsOn(instance, traffic, layer);
    const row = rows.get(depends);
    if (row !== undefined) return row;
    const fresh = times.length / Math.max(1, ranks.length);
    rows.set(depends, fresh);
    addRow(instance);
    return fresh;
  });
  return {
    columns: ranks.length,
    rowOf,
    times: Float64Array.from(times),
    ideal: Float64Array.from(ideal),
    levels,
    speeds: Float64Array.from(speeds),
  };
}

/** What tells apart the layers that must be priced each for itself: the layer, or the traffic of the launch's exchange. */
function dependsOn(
  { launch }: LaunchInstance,
  traffic: Traffic,
  layer: number,
): number | ExchangeTraffic | undefined {
  if (launch.kind === "compute" && mentionsLayer(launch)) return layer;
  if (launch.kind === "read_counts" || launch.exchange === undefined) return undefined;
  return traffic.of(launch.exchange, layer);
}

const mentions = new WeakMap<ComputeLaunch, boolean>();
function mentionsLayer(launch: ComputeLaunch): boolean {
  const known = mentions.get(launch);
  if (known !== undefined) return known;
  const { flops, bytes, gemm } = launch.work;
  const sizes = [flops, bytes, ...(gemm === undefined ? [] : [gemm.m, gemm.n, gemm.k, gemm.groups])];
  const found = sizes.some((each) => namesIn(each.expr).includes("layer"));
  mentions.set(launch, found);
  return found;
}

/** A launch's work on one rank, at the expected counts. */
function evaluateWork(
  index: PlanIndex,
  traffic: Traffic,
  members: Membership,
  launch: ComputeLaunch,
  layer: number,
  rank: number,
): ComputeWork {
  const counts = launch.exchange === undefined ? undefined : traffic.of(launch.exchange, layer);
  const within = counts === undefined ? rank : members.of(counts.exchange.group, rank)[1];
  const environment = traffic.environment(layer, within, counts);
  const { work } = launch;
  return {
    class: work.class,
    flops: evaluate(work.flops.expr, environment),
    bytes: evaluate(work.bytes.expr, environment),
    ...(work.dtype === undefined ? {} : { dtype: work.dtype }),
    ...(work.gemm === undefined
      ? {}
      : { gemm: evaluateGemm(work.gemm, environment, counts?.rowsOfSlots(within)) }),
  };
}

/** Groups that are the rank's slots have their slots' share of the rows, other groups equal ones. */
function evaluateGemm(
  gemm: GemmShape,
  environment: Environment,
  slotRows: readonly number[] | undefined,
): NonNullable<ComputeWork["gemm"]> {
  const rows = evaluate(gemm.m.expr, environment);
  const groups = evaluate(gemm.groups.expr, environment);
  const known = slotRows?.length === groups ? slotRows : new Array<number>(groups).fill(1);
  const all = known.reduce((sum, each) => sum + each, 0);
  return {
    groupRows: known.map((each) => (all === 0 ? 0 : (rows * each) / all)),
    n: evaluate(gemm.n.expr, environment),
    k: evaluate(gemm.k.expr, environment),
  };
}

/** Which instance of a group a world rank belongs to, and as which of its ranks. */
class Membership {
  readonly #of: ReadonlyMap<string, ReadonlyMap<number, readonly [instance: number, rank: number]>>;

  constructor(groups: readonly Group[]) {
    this.#of = new Map(
      groups.map(({ name, instances }) => [
        name,
        new Map(instances.flatMap((ranks, at) => ranks.map((rank, within) => [rank, [at, within]]))),
      ]),
    );
  }

  of(group: string, rank: number): readonly [instance: number, rank: number] {
    const found = this.#of.get(group)?.get(rank);
    if (found === undefined) throw new InternalError(`rank ${String(rank)} is not in group ${group}`);
    return found;
  }
}

/** Every number of SMs that the communicators in use can hold at once. */
function smLevels(groups: readonly Group[], program: RoleProgram): readonly number[] {
  const sums = new Set([0]);
  for (const group of new Set(program.groups))
    if (group >= 0) for (const sum of [...sums]) sums.add(sum + groups[group]!.sms);
  return [...sums].sort((left, right) => left - right);
}
