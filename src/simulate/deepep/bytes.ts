// Bytes that DeepEP's kernels put on each tier, by rank and direction. All phases that one kernel moves keep all tiers busy
// together, so each has the same part of the bytes as of the kernel's time.
import type { Exchange, TransferLaunch } from "../../plan/index.js";
import { lowLatencyCopies, throughputCopies, type CopiesOfRank } from "./copies.js";
import { kernelsOf } from "./exchange.js";
import { instanceOn, type Instance } from "./load.js";
import { DeepEpTransferPricer } from "./prices.js";
import type { PricedPlan } from "../priced-plan.js";
import type { ExchangeTraffic } from "../traffic.js";
import { wireRowBytes } from "../wire.js";

/** By tier of the machine, bytes that leave a rank and that reach it. */
export interface TierBytes {
  readonly out: readonly number[];
  readonly into: readonly number[];
}

/** Bytes of the transfers of one launch. */
export class DeepEpBytes {
  readonly #pricer: DeepEpTransferPricer;
  /** By world rank: its instance, and its place there. */
  readonly #places = new Map<number, readonly [instance: number, within: number]>();
  readonly #ranksOf: readonly (readonly number[])[];
  readonly #instances: readonly Instance[];
  readonly #bytesEach: number;
  readonly #combines: boolean;

  constructor(
    private readonly priced: PricedPlan,
    exchange: Exchange,
    private readonly launch: TransferLaunch,
  ) {
    const { index, memo, parameters, topology } = priced;
    this.#pricer = new DeepEpTransferPricer(index, exchange, launch, memo, parameters);
    this.#ranksOf = index.group(exchange.group).instances;
    this.#ranksOf.forEach((ranks, at) => {
      ranks.forEach((rank, within) => this.#places.set(rank, [at, within]));
    });
    const nodeSize = topology.unitSizes[0] ?? 1;
    this.#instances = this.#ranksOf.map((ranks) => instanceOn(ranks, nodeSize));
    this.#combines = launch.node === exchange.combine;
    this.#bytesEach = wireRowBytes(index, exchange, this.#combines ? "combine" : "dispatch");
  }

  /** Those of a rank of the world; none where it has no part in the exchange. */
  of(counts: ExchangeTraffic, worldRank: number): TierBytes {
    const { topology } = this.priced;
    const place = this.#places.get(worldRank);
    if (place === undefined) {
      const none = topology.unitSizes.map(() => 0);
      return { out: none, into: none };
    }
    const [at, rank] = place;
    const instance = this.#instances[at]!;
    const ranks = this.#ranksOf[at]!;
    const copies = this.#copies(counts, instance)(rank);
    const bytesEach = this.#bytesEach * this.#pricer.shareOn(counts, instance);
    const out = topology.unitSizes.map(() => 0);
    const into = topology.unitSizes.map(() => 0);
    const add = (tier: number, sent: number, received: number): void => {
      out[tier] = out[tier]! + bytesEach * sent;
      into[tier] = into[tier]! + bytesEach * received;
    };
    add(0, copies.nvlinkOut, copies.nvlinkIn);
    instance.sizes.forEach((_, node) => {
      if (node === instance.nodeOf[rank]) return;
      const tier = topology.tierOf(worldRank, ranks[instance.nodeOf.indexOf(node)]!);
      add(tier, copies.networkOut[node]!, copies.networkIn[node]!);
    });
    return this.#combines ? { out: into, into: out } : { out, into };
  }

  #copies(counts: ExchangeTraffic, instance: Instance): CopiesOfRank {
    const { index, memo } = this.priced;
    const { slots } = this.launch;
    const copiesOf = kernelsOf(index) === "low_latency" ? lowLatencyCopies : throughputCopies;
    const keys = [counts, instance.nodeOf.join(), slots?.first, slots?.count, copiesOf] as const;
    return memo.deepEpCopies.of(keys, () => copiesOf(counts, instance, slots));
  }
}
