// What a launch does on a rank at the expected counts: FLOPs and bytes of kernels, rows and bytes of transfers, by tier.
// For traces and explanations; the walk needs durations only.
import { defaultParameters } from "../cost/index.js";
import { evaluate, type ComputeLaunch, type TransferLaunch } from "../plan/index.js";
import type { PricedPlan } from "./priced-plan.js";
import { Membership } from "./prices.js";
import type { ExchangeTraffic } from "./traffic.js";
import { TransferPricer } from "./transfers.js";
import { KernelWork } from "./works.js";

export interface KernelAmounts {
  readonly flops: number;
  /** Bytes of device memory that it must touch. */
  readonly bytes: number;
  /** Rows of its node that it computes. */
  readonly rows: number;
}

/** Rows and bytes of one rank in a transfer. What a rank sends to itself counts as rows, not as bytes on a wire. */
export interface TransferAmounts {
  readonly sentRows: number;
  readonly receivedRows: number;
  /** By tier of the machine, bytes that leave the rank and that reach it. Bytes it forwards for others count for it. */
  readonly out: readonly number[];
  readonly into: readonly number[];
}

/** Amounts of the launches of a plan. */
export class Amounts {
  readonly #members: Membership;
  readonly #works = new Map<ComputeLaunch, KernelWork>();
  readonly #pricers = new Map<TransferLaunch, TransferPricer>();
  readonly #transfers = new Map<TransferLaunch, Map<ExchangeTraffic, Map<number, TransferAmounts>>>();

  constructor(private readonly priced: PricedPlan) {
    this.#members = new Membership(priced.index.plan.groups);
  }

  /** Counts of the exchange that a launch belongs to, and the rank's index in its communicator. */
  #counts(exchange: string, layer: number, rank: number): readonly [ExchangeTraffic, number] {
    const counts = this.priced.traffic.of(exchange, layer);
    return [counts, this.#members.of(counts.exchange.group, rank)[1]];
  }

  kernel(launch: ComputeLaunch, layer: number, rank: number): KernelAmounts {
    const { index, traffic } = this.priced;
    const work = this.#works.get(launch) ?? new KernelWork(index, launch);
    this.#works.set(launch, work);
    const [counts, within] =
      launch.exchange === undefined ? [undefined, rank] : this.#counts(launch.exchange, layer, rank);
    const environment = traffic.environment(layer, within, counts);
    const { flops, bytes } = work.on(within, environment, counts);
    const rows = evaluate(launch.rows.end.expr, environment) - evaluate(launch.rows.begin.expr, environment);
    return { flops, bytes, rows };
  }

  transfer(launch: TransferLaunch, layer: number, rank: number): TransferAmounts {
    const counts = this.priced.traffic.of(launch.exchange, layer);
    const byTraffic = this.#transfers.get(launch) ?? new Map<ExchangeTraffic, Map<number, TransferAmounts>>();
    this.#transfers.set(launch, byTraffic);
    const known = byTraffic.get(counts) ?? this.#sum(launch, counts);
    byTraffic.set(counts, known);
    return known.get(rank) ?? nothing(this.priced.topology.machine.tiers.length);
  }

  /** Sums the messages of a transfer by world rank. */
  #sum(launch: TransferLaunch, counts: ExchangeTraffic): Map<number, TransferAmounts> {
    const { index, topology } = this.priced;
    const pricer =
      this.#pricers.get(launch) ?? new TransferPricer(index, topology, launch, defaultParameters);
    this.#pricers.set(launch, pricer);
    const messages = pricer.messages(counts);
    const tiers = topology.machine.tiers.length;
    const sums = new Map<number, Sum>();
    const sumOf = (rank: number): Sum => {
      const known = sums.get(rank) ?? nothing(tiers);
      sums.set(rank, known);
      return known;
    };
    for (const ranks of index.group(counts.exchange.group).instances)
      for (const { source, destination, bytes, rows } of messages) {
        const [from, to] = [ranks[source]!, ranks[destination]!];
        sumOf(from).sentRows += rows;
        sumOf(to).receivedRows += rows;
        for (const hop of topology.route(from, to)) {
          const [out, into] = [sumOf(hop.from).out, sumOf(hop.to).into];
          out[hop.tier] = out[hop.tier]! + bytes;
          into[hop.tier] = into[hop.tier]! + bytes;
        }
      }
    return sums;
  }
}

interface Sum extends TransferAmounts {
  sentRows: number;
  receivedRows: number;
  readonly out: number[];
  readonly into: number[];
}

const nothing = (tiers: number): Sum => ({
  sentRows: 0,
  receivedRows: 0,
  out: new Array<number>(tiers).fill(0),
  into: new Array<number>(tiers).fill(0),
});
