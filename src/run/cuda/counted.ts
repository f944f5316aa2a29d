// What an emitted program executed, counted from the experts that its tokens chose: messages and their bytes, rows that ranks
// received, copies for other nodes, and what was done in rounds. All of the plan has been executed; the program keeps no such books.
import { expandTimeline, type Exchange, type LaunchInstance, type Rounds } from "../../plan/index.js";
import { messagesWithRows } from "../amounts.js";
import type { Executed } from "../compose-result.js";
import type { ExecutionContext } from "../context.js";
import type { Amounts } from "../executor.js";
import { chosenSlots } from "../oracle/chosen-slots.js";
import type { RowCounts } from "../result.js";
import { exceedsBound, rowsOfUse, type RowsOfUse, type Use } from "./rows-of-use.js";

/** The executed choice of a gate, of all tokens of a layer. */
export type ChoiceOf = (layer: number, gate: string) => Uint32Array;

/** What one communicator instance moves: at once, or in rounds. */
interface CountedUse {
  readonly ranks: readonly number[];
  readonly whole: RowsOfUse;
  readonly rounds: readonly RowsOfUse[];
}

export function countedBy(context: ExecutionContext, choiceOf: ChoiceOf): Executed {
  const book = new Book(context, choiceOf);
  for (const role of context.plan.roles) {
    const timeline = expandTimeline(context.plan, role);
    const rounds = new Map(
      timeline.flatMap((instance) =>
        instance.launch.kind === "rounds"
          ? [[keyOf(instance.launch.exchange, instance), instance.launch]]
          : [],
      ),
    );
    /** Exchanges in use whose counts hosts have read: what comes before that is made in any case. */
    const read = new Set<string>();
    for (const instance of timeline) {
      const { launch } = instance;
      if (launch.kind === "rounds") continue;
      const use = keyOf(launch.exchange ?? "", instance);
      book.add(instance, role.ranks, rounds.get(use), !read.has(use));
      if (launch.kind === "read_counts") read.add(use);
    }
  }
  return book;
}

const keyOf = (
  exchange: string,
  { layer, microBatch }: Pick<LaunchInstance, "layer" | "microBatch">,
): string => `${exchange}/${layer}/${microBatch}`;

class Book implements Executed {
  readonly amounts: Amounts = { launches: 0, transfers: 0, bytes: 0 };
  readonly #rounds = { exchanges: 0, rounds: 0, launches: 0, transfers: 0, bytes: 0 };
  readonly #uses = new Map<string, readonly CountedUse[]>();
  /** By exchange and layer. */
  readonly #slots = new Map<string, Uint32Array>();

  constructor(
    readonly context: ExecutionContext,
    readonly choiceOf: ChoiceOf,
  ) {}

  /** `entry`: the rounds of the launch's exchange; `anyway`: whether the launch is made even where there are rounds. */
  add(instance: LaunchInstance, ranks: readonly number[], entry: Rounds | undefined, anyway: boolean): void {
    const { launch } = instance;
    if (launch.exchange === undefined) {
      this.amounts.launches += ranks.length;
      return;
    }
    const exchange = this.context.index.exchange(launch.exchange);
    for (const use of this.#usesOf(exchange, instance, entry)) {
      const own = new Set(use.ranks.filter((rank) => ranks.includes(rank)));
      const again = entry?.launches.includes(launch.id) === true ? use.rounds : [];
      if (again.length === 0 || anyway) this.#add(this.amounts, instance, own, use.whole);
      for (const rows of again)
        for (const amounts of [this.amounts, this.#rounds]) this.#add(amounts, instance, own, rows);
    }
  }

  #add(
    amounts: Amounts,
    { launch, layer }: LaunchInstance,
    ranks: ReadonlySet<number>,
    rows: RowsOfUse,
  ): void {
    amounts.launches += ranks.size;
    if (launch.kind !== "transfer") return;
    const { transfers, bytes } = messagesWithRows(this.context.index, ranks, launch, layer, rows.mean);
    amounts.transfers += transfers;
    amounts.bytes += Math.round(bytes);
  }

  inRounds(): ReturnType<Executed["inRounds"]> {
    return this.#rounds.exchanges === 0 ? {} : { in_rounds: this.#rounds };
  }

  receivedRows(layer?: number): { received_rows?: RowCounts } {
    const received = this.#read(layer).flatMap((each) => each.received);
    if (received.length === 0) return {};
    const min = received.reduce((least, each) => Math.min(least, each));
    return { received_rows: { min, max: received.reduce((most, each) => Math.max(most, each)) } };
  }

  copiesAway(layer?: number): number | undefined {
    const copies = this.#read(layer).flatMap(({ copiesAway }) => copiesAway ?? []);
    return copies.length === 0 ? undefined : copies.reduce((sum, each) => sum + each, 0);
  }

  /** What hosts read of counts: nothing where every atom has the same rows. */
  #read(layer: number | undefined): readonly RowsOfUse[] {
    const { plan } = this.context;
    return plan.exchanges
      .filter(({ atom_rows }) => atom_rows === undefined)
      .flatMap(({ name }) =>
        [...this.#uses].flatMap(([key, uses]) => (key.startsWith(`${name}/`) ? uses : [])),
      )
      .flatMap(({ whole, rounds }) => (rounds.length === 0 ? [whole] : rounds))
      .filter((each) => layer === undefined || each.layer === layer);
  }

  #usesOf(exchange: Exchange, instance: LaunchInstance, entry: Rounds | undefined): readonly CountedUse[] {
    const key = keyOf(exchange.name, instance);
    let uses = this.#uses.get(key);
    if (uses === undefined) {
      const { layer, microBatch } = instance;
      const slots = this.#slotsOf(exchange, layer);
      const { instances } = this.context.index.group(exchange.group);
      uses = instances.map((ranks) => this.#count({ exchange, layer, microBatch, ranks, slots }, entry));
      this.#uses.set(key, uses);
    }
    return uses;
  }

  #count(use: Use, entry: Rounds | undefined): CountedUse {
    const { tokens } = this.context.captures;
    const whole = rowsOfUse(this.context, use, { begin: 0, end: tokens });
    if (entry === undefined || !exceedsBound(use.exchange, whole))
      return { ranks: use.ranks, whole, rounds: [] };
    const each = entry.tokens.value;
    const rounds = Array.from({ length: Math.ceil(tokens / each) }, (_, round) =>
      rowsOfUse(this.context, use, { begin: round * each, end: Math.min(tokens, (round + 1) * each) }),
    );
    this.#rounds.exchanges++;
    this.#rounds.rounds += rounds.length;
    return { ranks: use.ranks, whole, rounds };
  }

  #slotsOf(exchange: Exchange, layer: number): Uint32Array {
    const key = `${exchange.name}/${layer}`;
    let slots = this.#slots.get(key);
    if (slots === undefined) {
      slots = chosenSlots(this.context, exchange, layer, this.choiceOf(layer, exchange.gate));
      this.#slots.set(key, slots);
    }
    return slots;
  }
}
