// Times of an exchange that DeepEP moves, at the expected counts. All phases of one direction are one kernel, whose time they
// share by what they put on the tiers that they cross; each chunk is a kernel of its own, with a start of its own.
import {
  computeTime,
  hostReadTime,
  lowLatencyTime,
  notifyTime,
  portTimesOf,
  throughputTime,
  type ComputeWork,
  type CostParameters,
  type DeepEpLoad,
} from "../../cost/index.js";
import {
  evaluate,
  type ComputeLaunch,
  type Exchange,
  type PlanIndex,
  type TransferLaunch,
} from "../../plan/index.js";
import { deepEpExchange, kernelsOf, deepEpPart, phasesBeside } from "./exchange.js";
import { instanceOn, lowLatencyLoadOf, throughputLoadOf, type Instance } from "./load.js";
import type { PriceMemo } from "../price-memo.js";
import type { ExchangeTraffic } from "../traffic.js";
import { rowBytes } from "../transfers.js";
import { wireRowBytes, type Direction } from "../wire.js";

/** Prices the transfers of one launch. */
export class DeepEpTransferPricer {
  readonly #instances: readonly Instance[];
  readonly #direction: Direction;
  readonly #lowLatency: boolean;
  readonly #tokens: number;
  readonly #bytesEach: number;
  readonly #phases: readonly string[];
  readonly #known = new Map<ExchangeTraffic, readonly Float64Array[]>();

  constructor(
    private readonly index: PlanIndex,
    private readonly exchange: Exchange,
    private readonly launch: TransferLaunch,
    private readonly memo: PriceMemo,
    private readonly parameters: CostParameters,
  ) {
    const { tiers } = index.plan.machine;
    const nodeSize = tiers[0]?.joins ?? 1;
    this.#instances = index.group(exchange.group).instances.map((ranks) => instanceOn(ranks, nodeSize));
    this.#direction = launch.node === exchange.dispatch ? "dispatch" : "combine";
    this.#lowLatency = kernelsOf(index) === "low_latency";
    this.#tokens = tokensOf(index, exchange);
    this.#bytesEach = wireRowBytes(index, exchange, this.#direction);
    this.#phases = phasesBeside(index, exchange, launch);
  }

  /** For each instance of the communicator, microseconds that each of its ranks spends: all wait for the busiest. */
  prices(counts: ExchangeTraffic): readonly Float64Array[] {
    const known = this.#known.get(counts);
    if (known !== undefined) return known;
    const byShape = new Map<string, number>();
    const prices = this.#instances.map((instance) => {
      const shape = instance.nodeOf.join();
      const time = byShape.get(shape) ?? this.#time(counts, instance);
      byShape.set(shape, time);
      return new Float64Array(counts.ranks).fill(time);
    });
    this.#known.set(counts, prices);
    return prices;
  }

  /** The part of the kernel's time, and so of what it carries, that the launch has on an instance; none where it carries counts. */
  shareOn(counts: ExchangeTraffic, instance: Instance): number {
    return this.#carriesCounts ? 0 : this.#shareOf(this.#load(counts, instance));
  }

  get #carriesCounts(): boolean {
    return this.index.phase(this.launch.exchange, this.launch.phase).carries === "counts";
  }

  #time(counts: ExchangeTraffic, instance: Instance): number {
    if (this.#carriesCounts) {
      const notify = notifyTime(instance.nodes, "dispatch", 0, this.parameters);
      return this.#lowLatency ? 0 : notify / this.#phases.length;
    }
    const load = this.#load(counts, instance);
    return this.#shareOf(load) * (this.#kernel(load, instance) + this.#sorting(counts, load));
  }

  #load(counts: ExchangeTraffic, instance: Instance): DeepEpLoad {
    const { slots } = this.launch;
    const loadOf = this.#lowLatency ? lowLatencyLoadOf : throughputLoadOf;
    const keys = [counts, instance.nodeOf.join(), this.#tokens, slots?.first, slots?.count, loadOf] as const;
    return this.memo.deepEpLoads.of(keys, () => loadOf(counts, instance, this.#tokens, slots));
  }

  /** The kernel that moves tokens, with the barrier that it waits at. */
  #kernel(load: DeepEpLoad, { nodes }: Instance): number {
    const { machine } = this.index.plan;
    const [direction, bytes] = [this.#direction, this.#bytesEach];
    if (this.#lowLatency) {
      const { slots } = this.index.placement(this.exchange.placement);
      return lowLatencyTime(machine, load, direction, bytes, slots, this.parameters);
    }
    const { sms } = this.index.group(this.exchange.group);
    const moves = throughputTime(machine, load, direction, bytes, Math.max(1, sms), this.parameters);
    // On one node the kernel itself is the barrier.
    const barrier =
      direction === "combine" && nodes > 1 ? notifyTime(nodes, direction, moves, this.parameters) : 0;
    return moves + barrier;
  }

  /**
   * Throughput kernels hand over each token once, in order of sources, and take back one sum for each. Where the plan has no
   * kernel that makes rows by expert of them, and sums of those, one is added here.
   */
  #sorting(counts: ExchangeTraffic, load: DeepEpLoad): number {
    if (this.#lowLatency) return 0;
    const part = this.#direction === "dispatch" ? "unpack" : "repack";
    const sorts = this.index.plan.cells.some(({ launches }) =>
      launches.some(
        (each) => each.kind === "compute" && each.node === this.launch.node && each.part === part,
      ),
    );
    if (sorts) return 0;
    const { gpu } = this.index.plan.machine;
    const rows = Math.max(...counts.received);
    const bytes = this.#bytesEach * (rows + Math.min(rows, load.copies));
    const chunks = this.exchange.chunks?.length ?? 1;
    return computeTime(gpu, { class: "memory", flops: 0, bytes: bytes / chunks }, gpu.sms, this.parameters);
  }

  /** The part of the direction's time that the phase has. */
  #shareOf(load: DeepEpLoad): number {
    if (this.launch.slots !== undefined || this.#phases.length === 1) return 1;
    const [nvlink, network] = portTimesOf(this.index.plan.machine, load, this.#bytesEach);
    const weightOf = (name: string): number =>
      this.index.phase(this.exchange.name, name).group === undefined ? nvlink : network;
    const all = this.#phases.reduce((total, name) => total + weightOf(name), 0);
    return all === 0 ? 1 / this.#phases.length : weightOf(this.launch.phase) / all;
  }
}

/** The work of a kernel of the plan under DeepEP: that of the plan where undefined, `none` for what is part of DeepEP's kernels. */
export function deepEpWork(index: PlanIndex, launch: ComputeLaunch): ComputeWork | "none" | undefined {
  const exchange = deepEpExchange(index, launch);
  if (exchange === undefined) return undefined;
  const part = deepEpPart(exchange, kernelsOf(index), launch);
  switch (part) {
    case "outside":
      return undefined;
    case "inside":
      return "none";
    case "cast":
      return castWork(index, exchange);
    default:
      return part satisfies never;
  }
}

/** The cast of a micro-batch's tokens to the number format in which they travel; none where they have it already. */
function castWork(index: PlanIndex, exchange: Exchange): ComputeWork | "none" {
  const { shape } = index.node(exchange.block, exchange.dispatch).output;
  const width = evaluate(shape.at(-1) ?? 0, index.environment);
  const own = rowBytes(index, "activations", width);
  const sent = rowBytes(index, "dispatch", width);
  if (own === sent) return "none";
  return { class: "memory", flops: 0, bytes: tokensOf(index, exchange) * (own + sent) };
}

/** Microseconds that the host waits for counts that are there: low-latency kernels tell it none. */
export const deepEpReadTime = (index: PlanIndex, parameters: CostParameters): number =>
  kernelsOf(index) === "low_latency" ? 0 : hostReadTime(parameters);

/** Tokens of a rank's micro-batch. */
function tokensOf(index: PlanIndex, exchange: Exchange): number {
  const { shape } = index.node(exchange.block, exchange.gate).output;
  return evaluate(shape[0] ?? 0, index.environment);
}
