// Run-time counts as the host of each rank has read them: how many rows each atom of an exchange has.
import { extend, slotsOfRank, type Environment, type Exchange, type Placement } from "../plan/index.js";
import { ExecutionFailure } from "./failure.js";

/** Counts of one rank in one exchange. */
export class HostCounts {
  /** [source][slot of this rank] rows that arrive. */
  readonly received: Uint32Array;

  /**
   * `sent` [slot]: rows for each slot of the group. `table`: what the rank knows of all sources, `stride` words each, its own
   * `ownSlots` slots from word `first` on.
   */
  constructor(
    readonly sent: Uint32Array,
    readonly table: Uint32Array,
    readonly stride: number,
    readonly first: number,
    ownSlots: number,
  ) {
    const sources = stride === 0 ? 0 : table.length / stride;
    this.received = Uint32Array.from(
      { length: sources * ownSlots },
      (_, atom) => table[Math.floor(atom / ownSlots) * stride + first + (atom % ownSlots)]!,
    );
  }
}

/** One use of an exchange by one rank. */
export interface ExchangeUse {
  readonly rank: number;
  readonly layer: number;
  readonly microBatch: number;
}

export const total = (counts: Uint32Array): number => counts.reduce((sum, each) => sum + each, 0);

export class RunTimeCounts {
  readonly #counts = new Map<string, HostCounts>();

  /**
   * Stores what the host read; no atom has more than `mostSent` rows. Gives whether the rank may go on with them: not where
   * `exceeds` says that the exchange must be made in rounds.
   * @throws {ExecutionFailure} where more rows arrive than fit, or where nobody had written the counts
   */
  store(
    exchange: Exchange,
    use: ExchangeUse,
    counts: HostCounts,
    mostSent: number,
    exceeds: (counts: HostCounts) => boolean,
  ): boolean {
    const place = { rank: use.rank, layer: use.layer, micro_batch: use.microBatch, node: exchange.dispatch };
    const where = `in layer ${use.layer}, micro-batch ${use.microBatch}`;
    const tooMany = (rows: number) => rows > mostSent;
    if (counts.sent.some(tooMany) || counts.table.some(tooMany))
      throw new ExecutionFailure({
        kind: "non_finite",
        ...place,
        message: `rank ${use.rank} reads counts of ${exchange.name} that nobody has written ${where}`,
      });
    if (exceeds(counts)) return false;
    const received = total(counts.received);
    if (received > exchange.capacity_rows.value)
      throw new ExecutionFailure({
        kind: exchange.tokens.overflow === "abort" ? "aborted" : "over_capacity",
        ...place,
        message: `rank ${use.rank} would receive ${received} rows in ${exchange.name} ${where}; ${exchange.capacity_rows.value} fit`,
      });
    this.#counts.set(keyOf(exchange.name, use), counts);
    return true;
  }

  get(exchange: string, use: ExchangeUse): HostCounts | undefined {
    return this.#counts.get(keyOf(exchange, use));
  }

  /** `outer` with `EXCHANGE.sent` and `EXCHANGE.received` of the exchanges that the host has read. */
  environment(outer: Environment, exchanges: readonly Exchange[], use: ExchangeUse): Environment {
    const known: Record<string, number> = {};
    for (const { name } of exchanges) {
      const counts = this.get(name, use);
      if (counts === undefined) continue;
      known[`${name}.sent`] = total(counts.sent);
      known[`${name}.received`] = total(counts.received);
    }
    return extend(outer, known);
  }
}

/** Rows of atom (source, slot) as rank `self` of the group knows them; undefined where it does not. */
export function rowsOfAtom(
  placement: Placement,
  counts: HostCounts,
  self: number,
  source: number,
  slot: number,
): number | undefined {
  const [firstSlot] = slotsOfRank(placement, self);
  const at = slot - firstSlot + counts.first;
  if (at >= 0 && at < counts.stride) return counts.table[source * counts.stride + at];
  return source === self ? counts.sent[slot] : undefined;
}

const keyOf = (exchange: string, { rank, layer, microBatch }: ExchangeUse): string =>
  `${exchange}/${rank}/${layer}/${microBatch}`;
