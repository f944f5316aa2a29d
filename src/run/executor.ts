// Gives the launches of a plan their effect on a backend: addresses, kernel arguments, messages, run-time counts, poison
// and captures. When each of them happens is the order's affair.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Part } from "../operators/operator.js";
import {
  chunkStarts,
  evaluate,
  isRunTimeCount,
  namesIn,
  UnknownNameError,
  type ComputeLaunch,
  type Launch,
  type LaunchInstance,
  type RowRange,
} from "../plan/index.js";
import type { Backend, WordRange } from "./backend.js";
import type { ExecutionContext } from "./context.js";
import { countTableOf } from "./count-table.js";
import { HostCounts, RunTimeCounts } from "./counts.js";
import { describeLaunch, ExecutionFailure, placeOf } from "./failure.js";
import { fixedCounts } from "./fixed-counts.js";
import { argumentsOf, partOf, sharesOf, type Rows } from "./kernel-arguments.js";
import { Lives, type Life } from "./lives.js";
import { Messages, operandNamed } from "./messages.js";
import type { RoundLaunch, TokenRange } from "./order/host.js";
import type { Effect, Endpoint, Executor, HostRead } from "./order/task.js";
import { exceedsBound, RoundsOfRun, type RoundAmounts } from "./rounds.js";

/** Looks at memory right after a launch; for finding where a wrong value comes from. */
export type Probe = (
  rank: number,
  instance: LaunchInstance,
  rows: Rows,
  backend: Backend,
) => Promise<void> | undefined;

/** What has been executed. */
export interface Amounts {
  launches: number;
  /** Messages, those of a rank to itself included. */
  transfers: number;
  bytes: number;
}

/** One use of an exchange by one rank. */
export interface Exchanged {
  readonly layer: number;
  /** Rows that the rank received. */
  readonly received: number;
  /** Copies that it sent to other nodes, where the exchange sends copies. */
  readonly copiesAway?: number;
}

export class PlanExecutor implements Executor {
  readonly counts: RunTimeCounts;
  readonly amounts: Amounts = { launches: 0, transfers: 0, bytes: 0 };
  /** What the hosts read of each rank and exchange. */
  readonly exchanged: Exchanged[] = [];
  readonly #rounds: RoundsOfRun;
  readonly #lives: Lives;
  readonly #messages: Messages;

  constructor(
    readonly context: ExecutionContext,
    readonly backend: Backend,
    readonly probe?: Probe,
  ) {
    this.counts = new RunTimeCounts(fixedCounts(context));
    this.#rounds = new RoundsOfRun(context);
    this.#lives = new Lives(context.index);
    this.#messages = new Messages(context, this.counts);
  }

  /** What of it was executed in rounds. */
  get inRounds(): Readonly<RoundAmounts> {
    return this.#rounds.amounts;
  }

  rounds(rank: number, instance: LaunchInstance): readonly RoundLaunch[] | undefined {
    return this.#rounds.of(rank, instance);
  }

  issue(rank: number, instance: LaunchInstance, tokens?: TokenRange): Effect {
    const { launch } = instance;
    if (tokens === undefined && this.#rounds.leavesOut(rank, instance)) return this.#leaveOut(rank, launch);
    const lives = this.#lives.issue(rank, instance);
    switch (launch.kind) {
      case "compute":
        return this.#issueCompute(rank, instance, launch, lives, tokens);
      case "transfer":
        return {
          kind: "transfer",
          ...this.#messages.of(rank, instance, launch),
          start: () => {
            this.#poison(rank, lives);
            this.#countLaunch(tokens);
          },
        };
      case "read_counts":
      case "rounds":
        throw new InternalError(`${launch.id} is not issued to a stream`);
    }
  }

  /** It keeps its place, and does nothing. */
  #leaveOut(rank: number, launch: Launch): Effect {
    if (launch.kind !== "transfer") return { kind: "compute", run: () => undefined };
    const { name } = this.context.groupOf(this.context.index.exchange(launch.exchange), rank);
    return { kind: "transfer", communicator: name, sends: [], receives: [], start: () => {} };
  }

  copy(send: Endpoint, receive: Endpoint, inRound: boolean): void {
    if (send.words > 0) this.backend.copy(send.word, receive.word, send.words);
    for (const amounts of inRound ? [this.amounts, this.#rounds.amounts] : [this.amounts]) {
      amounts.transfers++;
      amounts.bytes += 4 * send.words;
    }
  }

  #countLaunch(tokens: TokenRange | undefined): void {
    this.amounts.launches++;
    if (tokens !== undefined) this.#rounds.amounts.launches++;
  }

  async readCounts(reads: readonly HostRead[]): Promise<void> {
    const words = await this.backend.read(reads.flatMap((read) => this.#rangesOf(read)));
    reads.forEach(({ rank, instance, tokens }, index) => {
      const { launch, layer, microBatch } = instance;
      const [sent, table] = words.slice(2 * index);
      if (launch.kind !== "read_counts" || sent === undefined || table === undefined)
        throw new InternalError(`${launch.id} reads no counts`);
      this.#lives.issue(rank, instance);
      const exchange = this.context.index.exchange(launch.exchange);
      const gate = this.context.index.node(exchange.block, exchange.gate);
      const mostSent = this.context.captures.tokens * (this.context.dimsOf(gate)["top_k"] ?? 0);
      const { self } = this.context.groupOf(exchange, rank);
      const layout = countTableOf(this.context, exchange, rank, launch.operands);
      if (layout === undefined) throw new InternalError(`${launch.id} reads no counts`);
      const space = this.context.spaceOf(exchange);
      const byColumn = exchange.ranks_per_node === undefined ? sent : space.byColumn(sent);
      const counts = new HostCounts(space, self, byColumn, table, layout, chunkStarts(exchange));
      const use = { rank, layer, microBatch };
      // Only where all ranks know the counts of all do they agree.
      const exceeds = () =>
        tokens === undefined &&
        exchange.tokens.overflow === "rounds" &&
        layout.isGathered &&
        exceedsBound(exchange, counts);
      if (this.counts.store(exchange, use, counts, mostSent, exceeds)) {
        const { received, copiesAway } = counts;
        this.exchanged.push({ layer, received, ...(copiesAway === undefined ? {} : { copiesAway }) });
      } else this.#rounds.begin(exchange, use);
      this.#countLaunch(tokens);
    });
  }

  /** Where the counts of a rank lie that its host reads: those that it sends, then those of all that it knows of. */
  #rangesOf({ rank, instance: { launch, layer } }: HostRead): [WordRange, WordRange] {
    if (launch.kind !== "read_counts") throw new InternalError(`${launch.id} reads no counts`);
    const exchange = this.context.index.exchange(launch.exchange);
    const { ranks, slots, countStride } = sharesOf(this.context, exchange, rank, launch.operands);
    const range = (name: string, words: number) => ({
      word: this.context.wordOf(rank, operandNamed(launch, name), layer),
      words,
    });
    const { columns } = this.context.spaceOf(exchange);
    const sent = exchange.ranks_per_node === undefined ? slots : columns;
    return [range("sent", sent), range("received", ranks * countStride)];
  }

  #issueCompute(
    rank: number,
    instance: LaunchInstance,
    launch: ComputeLaunch,
    lives: Life[],
    tokens: TokenRange | undefined,
  ): Effect {
    const rows = clipped(this.#rowsOf(rank, instance, launch.rows), launch, tokens);
    const part = partOf(this.context, instance, launch);
    const args = argumentsOf(this.context, rank, instance, launch, rows);
    const touched = launch.operands.map((operand) => ({
      ...this.context.rangeOf(rank, operand, instance.layer),
      access: operand.access,
    }));
    return {
      kind: "compute",
      run: () => {
        this.#poison(rank, lives);
        this.#countLaunch(tokens);
        if (rows.end > rows.begin) {
          this.backend.launch(part.kernel, args, touched);
          this.#capture(rank, instance, launch, part, rows);
        }
        return this.probe?.(rank, instance, rows, this.backend);
      },
    };
  }

  #poison(rank: number, lives: readonly Life[]): void {
    for (const life of lives) {
      if (life.poisoned) continue;
      life.poisoned = true;
      this.backend.poison(rank * this.context.rankWords + life.word, life.words);
    }
  }

  #rowsOf(rank: number, instance: LaunchInstance, { begin, end }: RowRange): Rows {
    const { layer, microBatch } = instance;
    const environment = this.counts.environment(this.context.environment, this.context.plan.exchanges, {
      rank,
      layer,
      microBatch,
    });
    try {
      return { begin: evaluate(begin.expr, environment), end: evaluate(end.expr, environment) };
    } catch (error) {
      if (!(error instanceof UnknownNameError)) throw error;
      throw new ExecutionFailure({
        kind: "counts_not_read",
        ...placeOf(rank, instance),
        message: `${describeLaunch(rank, instance)} is issued before the host has read \`${error.unknownName}\``,
      });
    }
  }

  /** Copies a block's result, a gate's choice and what became of its pairs aside. */
  #capture(rank: number, instance: LaunchInstance, launch: ComputeLaunch, part: Part, rows: Rows): void {
    const { layer, microBatch } = instance;
    const value = this.context.captures.value(layer, launch.node);
    const spec = part.operands.find(
      ({ role, access }) =>
        access !== "read" &&
        (role.kind === "output"
          ? (role.field ?? "experts") === "experts"
          : role.kind === "exchange" && role.buffer === "pair_row"),
    );
    if (value === undefined || spec === undefined) return;
    const operand = operandNamed(launch, spec.name);
    const to = this.context.captures.place(value, rank, microBatch, rows);
    const from = this.context.wordOf(rank, operand, layer) + rows.begin * value.width;
    this.backend.copy(from, to.word, to.words);
  }
}

/** Rows of tokens are those of the round; rows that were received are the round's by its counts. */
function clipped(rows: Rows, { rows: { begin, end } }: ComputeLaunch, tokens: TokenRange | undefined): Rows {
  const byCounts = [begin, end].some(({ expr }) => namesIn(expr).some(isRunTimeCount));
  if (tokens === undefined || byCounts) return rows;
  return { begin: Math.max(rows.begin, tokens.begin), end: Math.min(rows.end, tokens.end) };
}
