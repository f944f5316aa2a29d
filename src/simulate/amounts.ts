// What a launch does on a rank at the expected counts: FLOPs and bytes of kernels, rows and bytes of transfers, by tier.
// For traces and explanations; the walk needs durations only.
import { evaluate, type ComputeLaunch, type TransferLaunch } from "../plan/index.js";
import type { PricedPlan } from "./priced-plan.js";
import { DeepEpBytes } from "./deepep/bytes.js";
import { deepEpExchange } from "./deepep/exchange.js";
import { Membership } from "./prices.js";
import type { ExchangeTraffic } from "./traffic.js";
import type { PhaseMessage } from "./phase-messages.js";
import { TransferPricer } from "./transfers.js";
import { KernelWork } from "./works.js";

export interface KernelAmounts {
  readonly flops: number;
  /** Bytes of device memory that it must touch. */
  readonly bytes: number;
  /** Rows of its node that it computes. */
  readonly rows: number;
}

/**
 * Rows and bytes of one rank in a transfer. What a rank sends to itself counts as rows, not as bytes on a wire. Where DeepEP moves
 * them, rows are still those of the plan, and bytes those of its kernels, to which one copy of a token serves many experts.
 */
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
  readonly #transfers = new Map<TransferLaunch, TransferParts>();
  readonly #deepEp = new Map<TransferLaunch, DeepEpBytes>();

  constructor(private readonly priced: PricedPlan) {
    this.#members = new Membership(priced.index.plan.groups);
  }

  kernel(launch: ComputeLaunch, layer: number, rank: number): KernelAmounts {
    const { index, traffic } = this.priced;
    const work = this.#works.get(launch) ?? new KernelWork(index, launch);
    this.#works.set(launch, work);
    const counts = launch.exchange === undefined ? undefined : traffic.of(launch.exchange, layer);
    const within = counts === undefined ? rank : this.#members.of(counts.exchange.group, rank)[1];
    const environment = traffic.environment(layer, within, counts);
    const { flops, bytes } = work.on(within, environment, counts);
    const rows = evaluate(launch.rows.end.expr, environment) - evaluate(launch.rows.begin.expr, environment);
    return { flops, bytes, rows };
  }

  transfer(launch: TransferLaunch, layer: number, rank: number): TransferAmounts {
    const parts = this.#transfers.get(launch) ?? new TransferParts(this.priced, launch);
    this.#transfers.set(launch, parts);
    const counts = this.priced.traffic.of(launch.exchange, layer);
    const amounts = parts.amounts(counts, rank);
    const exchange = deepEpExchange(this.priced.index, launch);
    if (exchange === undefined) return amounts;
    const bytes = this.#deepEp.get(launch) ?? new DeepEpBytes(this.priced, exchange, launch);
    this.#deepEp.set(launch, bytes);
    return { ...amounts, ...bytes.of(counts, rank) };
  }
}

/** A message as one rank sees it. */
interface Part {
  readonly message: PhaseMessage;
  readonly sends: boolean;
  readonly receives: boolean;
  /** Tiers over which it leaves the rank, and over which it reaches it. */
  readonly out: readonly number[];
  readonly into: readonly number[];
}

/** Which messages of a transfer concern which rank. */
class TransferParts {
  readonly #pricer: TransferPricer;
  readonly #byRank = new Map<number, Part[]>();
  readonly #known = new Map<ExchangeTraffic, Map<number, TransferAmounts>>();
  readonly #tiers: number;

  constructor({ index, parameters, topology, memo }: PricedPlan, launch: TransferLaunch) {
    this.#pricer = new TransferPricer(index, launch, memo, parameters);
    this.#tiers = topology.machine.tiers.length;
    for (const ranks of index.group(index.exchange(launch.exchange).group).instances)
      for (const message of this.#pricer.messages) {
        const [source, destination] = [ranks[message.source]!, ranks[message.destination]!];
        const hops = topology.route(source, destination);
        for (const rank of new Set([source, destination, ...hops.map(({ to }) => to)]))
          this.#add(rank, {
            message,
            sends: rank === source,
            receives: rank === destination,
            out: hops.filter(({ from }) => from === rank).map(({ tier }) => tier),
            into: hops.filter(({ to }) => to === rank).map(({ tier }) => tier),
          });
      }
  }

  amounts(counts: ExchangeTraffic, rank: number): TransferAmounts {
    const byRank = this.#known.get(counts) ?? new Map<number, TransferAmounts>();
    this.#known.set(counts, byRank);
    const amounts = byRank.get(rank) ?? this.#sum(counts, rank);
    byRank.set(rank, amounts);
    return amounts;
  }

  #add(rank: number, part: Part): void {
    const parts = this.#byRank.get(rank) ?? [];
    this.#byRank.set(rank, parts);
    parts.push(part);
  }

  #sum(counts: ExchangeTraffic, rank: number): TransferAmounts {
    const out = new Array<number>(this.#tiers).fill(0);
    const into = new Array<number>(this.#tiers).fill(0);
    let [sentRows, receivedRows] = [0, 0];
    for (const part of this.#byRank.get(rank) ?? []) {
      const { rows, bytes } = this.#pricer.sizeOf(part.message, counts);
      if (part.sends) sentRows += rows;
      if (part.receives) receivedRows += rows;
      for (const tier of part.out) out[tier] = out[tier]! + bytes;
      for (const tier of part.into) into[tier] = into[tier]! + bytes;
    }
    return { sentRows, receivedRows, out, into };
  }
}
