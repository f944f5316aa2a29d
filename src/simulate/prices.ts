// The duration of every launch of a role on each of its ranks, as tables for the event walk. Launches that differ only by
// layer share a row where nothing that their price depends on differs.
import {
  hostReadTime,
  idealTime,
  memoryShare,
  type ComputeWork,
  type CostParameters,
} from "../cost/index.js";
import { InternalError } from "../diagnostics/internal-error.js";
import {
  isOnHost,
  type ComputeLaunch,
  type Group,
  type Launch,
  type PlanIndex,
  type TransferLaunch,
} from "../plan/index.js";
import { deepEpExchange } from "./deepep/exchange.js";
import { deepEpReadTime, deepEpWork } from "./deepep/prices.js";
import type { MeasuredTimes } from "./measured/measured-times.js";
import { portSets, type PortSets } from "./port-sets.js";
import type { PriceMemo } from "./price-memo.js";
import type { RoleProgram } from "./program.js";
import type { ExchangeTraffic, Traffic } from "./traffic.js";
import { transferPricer } from "./transfer-pricer.js";
import type { TransferPricer } from "./transfers.js";
import { KernelWork } from "./works.js";

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
  /** [row * columns + column]: share of the memory bandwidth that a kernel needs with the whole GPU; 0 for what is not a kernel. */
  readonly memory: Float64Array;
  /** Which transfers share a rank's ports. */
  readonly ports: PortSets;
  /** How kernels and transfers beside each other slow down. */
  readonly parameters: CostParameters;
}

/** Prices a role. `traffic` gives the expected counts, `measured` what the user measured in place of the models. */
export function priceTable(
  index: PlanIndex,
  traffic: Traffic,
  program: RoleProgram,
  parameters: CostParameters,
  memo: PriceMemo,
  measured?: MeasuredTimes,
): PriceTable {
  const columns = program.role.ranks.length;
  const levels = smLevels(index.plan.groups, program);
  const pricer = new RolePricer(index, traffic, program, levels, parameters, memo, measured);
  const rowOf = Int32Array.from(program.launches, ({ launch, layer }) => pricer.row(launch, layer));
  return {
    columns,
    rowOf,
    times: new Float64Array(pricer.times),
    ideal: new Float64Array(pricer.ideal),
    levels,
    speeds: new Float64Array(pricer.speeds),
    memory: new Float64Array(pricer.memory),
    ports: portSets(index, program, memo),
    parameters,
  };
}

/** Fills the rows of a table. */
class RolePricer {
  readonly times: number[] = [];
  readonly ideal: number[] = [];
  readonly speeds: number[] = [];
  readonly memory: number[] = [];
  readonly #rows = new Map<Launch, Map<number | ExchangeTraffic | undefined, number>>();
  readonly #works = new Map<Launch, KernelWork>();
  readonly #transfers = new Map<Launch, Pick<TransferPricer, "prices">>();
  readonly #members: Membership;
  /** What the works of kernels follow from, in a form that is equal for equal plans. */
  readonly #dimensions: string;
  readonly #ranks: string;

  constructor(
    private readonly index: PlanIndex,
    private readonly traffic: Traffic,
    private readonly program: RoleProgram,
    private readonly levels: readonly number[],
    private readonly parameters: CostParameters,
    private readonly memo: PriceMemo,
    private readonly measured: MeasuredTimes | undefined,
  ) {
    this.#members = new Membership(index.plan.groups);
    this.#dimensions = index.plan.dimensions.map(({ name, value }) => `${name}=${String(value)}`).join(" ");
    this.#ranks = program.role.ranks.join(" ");
  }

  /** The row of a launch in a layer. */
  row(launch: Launch, layer: number): number {
    const rows = this.#rows.get(launch) ?? new Map<number | ExchangeTraffic | undefined, number>();
    this.#rows.set(launch, rows);
    const depends = this.#dependsOn(launch, layer);
    const known = rows.get(depends);
    if (known !== undefined) return known;
    const row = this.times.length / Math.max(1, this.program.role.ranks.length);
    rows.set(depends, row);
    switch (launch.kind) {
      case "compute":
        this.#addKernel(launch, layer);
        break;
      case "transfer":
        this.#addTransfer(launch, layer);
        break;
      case "read_counts":
      case "rounds":
        this.#addToAll(
          deepEpExchange(this.index, launch) === undefined
            ? hostReadTime(this.parameters)
            : deepEpReadTime(this.index, this.parameters),
        );
        break;
      default:
        throw new InternalError(`unknown launch ${JSON.stringify(launch satisfies never)}`);
    }
    return row;
  }

  /** What tells apart the layers that must be priced each for itself: the layer, or the traffic of the launch's exchange. */
  #dependsOn(launch: Launch, layer: number): number | ExchangeTraffic | undefined {
    if (isOnHost(launch)) return undefined;
    if (launch.kind === "transfer") return this.traffic.of(launch.exchange, layer);
    const work = this.#work(launch);
    if (work.dependsOnLayer) return layer;
    return work.constant || launch.exchange === undefined
      ? undefined
      : this.traffic.of(launch.exchange, layer);
  }

  #work(launch: ComputeLaunch): KernelWork {
    const { dimensions } = this.index.plan;
    return this.memo.kernelWorks.of([launch, dimensions], () => new KernelWork(this.index, launch));
  }

  #addKernel(launch: ComputeLaunch, layer: number): void {
    const { machine } = this.index.plan;
    const { gpu } = machine;
    const replaced = deepEpWork(this.index, launch);
    if (replaced === "none") {
      this.#addToAll(0);
      return;
    }
    const works = replaced === undefined ? this.#worksOnRanks(launch, layer) : [replaced];
    const times = this.levels.map((taken) =>
      this.memo.kernels(machine, works, gpu.sms - taken, this.parameters),
    );
    for (let column = 0; column < this.program.role.ranks.length; column++) {
      const at = works.length === 1 ? 0 : column;
      const whole = times[0]![at]!;
      const measured = whole * (this.measured?.ofKernel(launch, works[at]!) ?? 1);
      this.times.push(measured);
      // What was measured is possible, whatever the peak rates are.
      this.ideal.push(Math.min(measured, idealTime(gpu, works[at]!)));
      this.memory.push(memoryShare(gpu, works[at]!, measured, this.parameters));
      for (const slowed of times) {
        // A kernel without work takes no time at any speed.
        this.speeds.push(slowed[at] === 0 ? 1 : whole / slowed[at]!);
      }
    }
  }

  /** The work of a kernel on each rank of the role; one for all where they have the same. */
  #worksOnRanks(launch: ComputeLaunch, layer: number): readonly ComputeWork[] {
    const { ranks } = this.program.role;
    const work = this.#work(launch);
    const counts =
      launch.exchange === undefined || work.constant ? undefined : this.traffic.of(launch.exchange, layer);
    const instances = counts && this.index.group(counts.exchange.group).instances;
    const inLayer = work.dependsOnLayer ? layer : undefined;
    const text = this.#workText(launch);
    return this.memo.works.of([this.#dimensions, this.#ranks, instances, counts, inLayer, text], () =>
      (work.constant ? ranks.slice(0, 1) : ranks).map((rank) => {
        const within = counts === undefined ? rank : this.#members.of(counts.exchange.group, rank)[1];
        return work.on(within, this.traffic.environment(layer, within, counts), counts);
      }),
    );
  }

  #workText(launch: ComputeLaunch): string {
    return this.memo.workTexts.of([launch], () => JSON.stringify([launch.work, launch.slots, launch.rows]));
  }

  #addTransfer(launch: TransferLaunch, layer: number): void {
    const pricer =
      this.#transfers.get(launch) ?? transferPricer(this.index, launch, this.memo, this.parameters);
    this.#transfers.set(launch, pricer);
    const counts = this.traffic.of(launch.exchange, layer);
    const prices = pricer.prices(counts);
    const ratio = this.measured?.ofTransfer(launch) ?? 1;
    for (const rank of this.program.role.ranks) {
      const [instance, within] = this.#members.of(counts.exchange.group, rank);
      this.#add(prices[instance]![within]! * ratio);
    }
  }

  #addToAll(time_us: number): void {
    for (const _ of this.program.role.ranks) this.#add(time_us);
  }

  /** What is not a kernel. */
  #add(time_us: number): void {
    this.times.push(time_us);
    this.ideal.push(0);
    this.memory.push(0);
    for (const _ of this.levels) this.speeds.push(1);
  }
}

/** Which instance of a group a world rank belongs to, and as which of its ranks. */
export class Membership {
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
