// Run-time counts as the host of each rank has read them: how many rows each atom of an exchange has.
import { countBefore, extend, type AtomSpace, type Environment, type Exchange } from "../plan/index.js";
import type { CountTable } from "./count-table.js";
import { ExecutionFailure } from "./failure.js";

/** Counts of one rank in one exchange. Columns are slots, and behind them nodes for copies. */
export class HostCounts {
  /** Rows that arrive. */
  readonly received: number;
  #totals: Readonly<Record<string, number>> | undefined;

  /**
   * `sent` [column]: what the rank sends, with copies where there are nodes. `table`: what it knows of all sources, laid out as
   * `layout` says. `self` is its index in the communicator. `chunkStarts`: slots that chunks begin with, but for the first.
   */
  constructor(
    readonly space: AtomSpace,
    readonly self: number,
    readonly sent: Uint32Array,
    readonly table: Uint32Array,
    readonly layout: CountTable,
    readonly chunkStarts: readonly number[] = [],
  ) {
    const own = space.slotsOf([self], undefined);
    this.received = this.#sum(allRanks(space), own);
  }

  /** Rows of an atom, or copies for a node, as the rank knows them; undefined where it does not. */
  rowsOf(source: number, column: number): number | undefined {
    const at = this.wordOf(column);
    if (at === undefined) return source === this.self ? this.sent[column] : undefined;
    const { stride, byRail } = this.layout;
    return this.table[(byRail ? this.space.byRail(source) : source) * stride + at];
  }

  /** Where the table has a column, among the counts of a source; undefined where it tells of others. */
  wordOf(column: number): number | undefined {
    const { space, self } = this;
    const { stride, first, copies, isGathered } = this.layout;
    if (isGathered) return copies === undefined ? column : space.toldAt(column);
    if (column >= space.slots) return column - space.slots === space.nodeOf(self) ? copies : undefined;
    const at = column - (space.placement.slot_begin[self] ?? 0) + first;
    return at >= 0 && at < (copies ?? stride) ? at : undefined;
  }

  /** The run-time counts that expressions name, without the exchange's name. */
  get totals(): Readonly<Record<string, number>> {
    return (this.#totals ??= this.#count());
  }

  #count(): Record<string, number> {
    const { slots, columns } = this.space;
    const sent = total(this.sent.subarray(0, slots));
    if (this.sent.length < columns) return { sent, received: this.received, ...this.#beforeChunks() };
    return {
      sent,
      received: this.received,
      copies_sent: total(this.sent.subarray(slots)),
      copies_received: this.#sum(this.#rail(), [slots + this.space.nodeOf(this.self)]),
      forwarded: this.forwarded,
    };
  }

  /** Rows that arrive for the slots before each chunk. */
  #beforeChunks(): Record<string, number> {
    const { space, self } = this;
    return Object.fromEntries(
      this.chunkStarts.map((slot) => [
        countBefore(slot),
        this.#sum(allRanks(space), space.slotsOf([self], { first: 0, count: slot })),
      ]),
    );
  }

  /** Copies that the rank sends to other nodes; undefined where the exchange sends none. */
  get copiesAway(): number | undefined {
    const { slots, columns } = this.space;
    if (this.sent.length < columns) return undefined;
    return total(this.sent.subarray(slots)) - this.sent[slots + this.space.nodeOf(this.self)]!;
  }

  /** Rows that the rank forwards; none where the exchange knows no nodes. */
  get forwarded(): number {
    const { space, self } = this;
    if (this.sent.length < space.columns) return 0;
    return this.#sum(this.#rail(), space.slotsOf(space.ranksOfNode(space.nodeOf(self)), undefined));
  }

  /** Ranks of equal index in all nodes. */
  #rail(): readonly number[] {
    const { nodes, ranksPerNode } = this.space;
    return Array.from({ length: nodes }, (_, node) => (this.self % ranksPerNode) + node * ranksPerNode);
  }

  #sum(sources: readonly number[], columns: readonly number[]): number {
    let sum = 0;
    for (const source of sources) for (const column of columns) sum += this.rowsOf(source, column) ?? 0;
    return sum;
  }
}

const allRanks = ({ ranks }: AtomSpace): readonly number[] =>
  Array.from({ length: ranks }, (_, rank) => rank);

/** One use of an exchange by one rank. */
export interface ExchangeUse {
  readonly rank: number;
  readonly layer: number;
  readonly microBatch: number;
}

const total = (counts: Uint32Array): number => counts.reduce((sum, each) => sum + each, 0);

/** Layers whose counts are kept: launches of a layer are issued beside those of the next, but of none so far ahead. */
const LAYERS_KEPT = 8;

export class RunTimeCounts {
  readonly #counts = new Map<string, HostCounts>();

  /** `fixed` gives the counts that are known before the step. */
  constructor(readonly fixed: (exchange: string, rank: number) => HostCounts | undefined = () => undefined) {}

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
    exceedsBound: (counts: HostCounts) => boolean,
  ): boolean {
    const place = { rank: use.rank, layer: use.layer, micro_batch: use.microBatch, node: exchange.dispatch };
    const where = `in layer ${use.layer}, micro-batch ${use.microBatch}`;
    // Sums of what the rank goes by: the table of all ranks may be large, and one word that nobody has written exceeds them.
    const most = mostSent * counts.space.ranks;
    if (counts.sent.some((rows) => rows > mostSent) || counts.received > most || counts.forwarded > most)
      throw new ExecutionFailure({
        kind: "non_finite",
        ...place,
        message: `rank ${use.rank} reads counts of ${exchange.name} that nobody has written ${where}`,
      });
    if (exceedsBound(counts)) return false;
    for (const [what, rows] of [
      ["receive", counts.received],
      ["forward", counts.forwarded],
    ] as const)
      if (rows > exchange.capacity_rows.value)
        throw new ExecutionFailure({
          kind: exchange.tokens.overflow === "abort" ? "aborted" : "over_capacity",
          ...place,
          message: `rank ${use.rank} would ${what} ${rows} rows in ${exchange.name} ${where}; ${exchange.capacity_rows.value} fit`,
        });
    this.#counts.set(keyOf(exchange.name, use), counts);
    this.#counts.delete(keyOf(exchange.name, { ...use, layer: use.layer - LAYERS_KEPT }));
    return true;
  }

  get(exchange: string, use: ExchangeUse): HostCounts | undefined {
    return this.#counts.get(keyOf(exchange, use)) ?? this.fixed(exchange, use.rank);
  }

  /** `outer` with the counts of the exchanges that the host has read. */
  environment(outer: Environment, exchanges: readonly Exchange[], use: ExchangeUse): Environment {
    const known: Record<string, number> = {};
    for (const { name } of exchanges) {
      const counts = this.get(name, use);
      if (counts === undefined) continue;
      for (const [count, value] of Object.entries(counts.totals)) known[`${name}.${count}`] = value;
    }
    return extend(outer, known);
  }
}

const keyOf = (exchange: string, { rank, layer, microBatch }: ExchangeUse): string =>
  `${exchange}/${rank}/${layer}/${microBatch}`;
