// What every rank does in every launch: rows that it packs into its messages as the launch begins, and rows that it unpacks, or
// adds, as the launch ends. The one planning that all backends execute. It does not heed the order of launches: where a launch
// takes what a later one brings, the execution finds poison.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import type { RowTarget, RowWork } from "./memory.js";
import { describeMove, type Move } from "./moves.js";
import type { PlanMemory, PlannedMessage } from "./plan-memory.js";
import { ExchangeFailed } from "./failure.js";

export interface PlannedLaunch {
  readonly messages: readonly PlannedMessage[];
  /** By rank. */
  readonly packs: ReadonlyMap<number, RowWork>;
  readonly unpacks: ReadonlyMap<number, RowWork>;
}

interface Target extends RowTarget {
  readonly from: number[];
}

/**
 * Plans all launches, in the order of execution.
 * @throws {ExchangeFailed} where rows are sent on that never come, or come twice
 */
export function planWork(plan: ExchangePlan, memory: PlanMemory, moves: readonly Move[]): PlannedLaunch[] {
  const byLaunch: number[][] = plan.launches.map(() => []);
  moves.forEach(({ launch }, at) => byLaunch[launch]!.push(at));
  const messages: PlannedMessage[][] = plan.launches.map(() => []);
  for (const message of memory.messages) messages[message.launch]!.push(message);
  /** [rank] words where rows were written in an earlier launch, or are in this one. */
  const written = memory.words.map(() => new Set<number>());
  return byLaunch.map((indices, launch) => {
    const planned = new LaunchWork(plan, memory, moves, written);
    for (const at of indices) planned.add(at);
    return { messages: messages[launch]!, ...planned.done() };
  });
}

class LaunchWork {
  readonly #packs = new Map<number, Target[]>();
  readonly #unpacks = new Map<number, Map<number, Target>>();

  constructor(
    readonly plan: ExchangePlan,
    readonly memory: PlanMemory,
    readonly moves: readonly Move[],
    readonly written: readonly Set<number>[],
  ) {}

  add(at: number): void {
    const move = this.moves[at]!;
    const { from, to, first, end } = move;
    const { rowWords } = this.memory;
    for (let row = first; row < end; row++) {
      const offset = (row - first) * rowWords;
      if (from === to) {
        if (move.arrives || move.merges) this.#unpack(at, row, this.#leaves(move, row));
        continue;
      }
      const packs = this.#packs.get(from) ?? [];
      this.#packs.set(from, packs);
      const target = this.memory.sent[at]! + offset;
      packs.push({ to: target, keeps: false, from: [this.#leaves(move, row)], move: at });
      if (move.arrives || move.merges) this.#unpack(at, row, this.memory.received[at]! + offset);
    }
  }

  done(): Pick<PlannedLaunch, "packs" | "unpacks"> {
    const unpacks = new Map<number, RowWork>();
    for (const [rank, targets] of this.#unpacks) {
      for (const to of targets.keys()) this.written[rank]!.add(to);
      unpacks.set(rank, { rank, targets: [...targets.values()] });
    }
    const packs = new Map([...this.#packs].map(([rank, targets]) => [rank, { rank, targets }]));
    return { packs, unpacks };
  }

  /** Where a row of a move stands before it. */
  #leaves(move: Move, row: number): number {
    const { memory, plan } = this;
    const { from, carries, source, destination } = move;
    if (plan.direction === "dispatch" && from === source) {
      const { index } = memory;
      const tokens =
        carries === "rows"
          ? index.pair(source, destination).tokens
          : index.tokensOfCopies(source, destination);
      return memory.token(tokens[row]!);
    }
    if (plan.direction === "combine" && carries === "rows" && from === destination)
      return memory.row(source, destination, row);
    const held = memory.held(from, move, row) ?? this.#inCopy(move, row);
    if (held !== undefined) return held;
    throw new ExchangeFailed({
      kind: "poison",
      rank: from,
      message: `rank ${from} sends on what never comes there: ${describeMove(plan, move)}`,
    });
  }

  /** A row of a dispatch that is taken out of its token's copy. */
  #inCopy({ from, carries, source, destination }: Move, row: number): number | undefined {
    if (this.plan.direction === "combine" || carries === "copies") return undefined;
    const copy = this.memory.index.pair(source, destination).copies[row]!;
    const node = Math.floor(destination / this.plan.ranks_per_node);
    return this.memory.held(from, { carries: "copies", source, destination: node }, copy);
  }

  #unpack(at: number, row: number, from: number): void {
    const move = this.moves[at]!;
    const to = this.#reaches(move, row);
    const targets = this.#unpacks.get(move.to) ?? new Map<number, Target>();
    this.#unpacks.set(move.to, targets);
    const known = targets.get(to);
    const keeps = this.written[move.to]!.has(to);
    if (this.plan.direction === "dispatch" && (known !== undefined || keeps))
      throw new ExchangeFailed({
        kind: "twice",
        rank: move.to,
        message: `row ${row} reaches rank ${move.to} a second time: ${describeMove(this.plan, move)}`,
      });
    if (known === undefined) targets.set(to, { to, keeps, from: [from], move: at });
    else known.from.push(from);
  }

  /** Where a row that arrives, or is added to a sum, goes. */
  #reaches(move: Move, row: number): number {
    const { memory, plan } = this;
    const { carries, source, destination, to } = move;
    if (plan.direction === "dispatch") return memory.row(source, destination, row);
    const { tokens, copies } = memory.index.pair(source, destination);
    if (!move.merges)
      return memory.token(
        carries === "rows" ? tokens[row]! : memory.index.tokensOfCopies(source, destination)[row]!,
      );
    const node = Math.floor(destination / plan.ranks_per_node);
    const sum = memory.held(to, { carries: "copies", source, destination: node }, copies[row]!);
    if (sum !== undefined) return sum;
    throw new ExchangeFailed({
      kind: "missing",
      rank: to,
      message: `rank ${to} sends no sum on that these rows are part of: ${describeMove(plan, move)}`,
    });
  }
}
