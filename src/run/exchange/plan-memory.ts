// Where everything lies in the memory of ranks while an exchange is executed: each one's tokens, its rows from or for others, and
// an area for every message at both of its ends. No area is used twice, so that what has not arrived is still poison.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import type { Message } from "./memory.js";
import type { Move } from "./moves.js";
import type { RowIndex } from "./rows.js";

/** Rows of a pair (or copies of a node) that a rank has, one behind another. */
interface Holding {
  readonly first: number;
  readonly end: number;
  readonly word: number;
}

export interface PlannedMessage extends Message {
  readonly launch: number;
}

export class PlanMemory {
  readonly #ends: number[];
  readonly #holdings = new Map<number, Holding[]>();
  /** By move: where its rows stand in their message at either end; moves that stay on their rank have none. */
  readonly sent: number[] = [];
  readonly received: number[] = [];
  readonly messages: readonly PlannedMessage[];

  constructor(
    readonly plan: ExchangePlan,
    readonly index: RowIndex,
    moves: readonly Move[],
    readonly rowWords: number,
  ) {
    this.#ends = index.routing.map((tokens, rank) => (tokens.length + index.rowsFor[rank]!) * rowWords);
    this.messages = this.#layMessages(moves);
    if (plan.direction === "combine") this.#laySums(moves);
  }

  /** [rank] words. */
  get words(): readonly number[] {
    return this.#ends;
  }

  /** Where a rank's token stands: a dispatch's input, a combine's result. */
  token(token: number): number {
    return token * this.rowWords;
  }

  /** Where the rows for a rank begin: a dispatch's result, a combine's input. */
  rowsBegin(rank: number): number {
    return this.index.routing[rank]!.length * this.rowWords;
  }

  row(source: number, destination: number, row: number): number {
    return this.rowsBegin(destination) + this.index.placeOf(source, destination, row) * this.rowWords;
  }

  /** Where a rank holds a row of a pair (or a node's copy) for others; undefined where the plan never brings it there. */
  held(rank: number, { carries, source, destination }: Held, row: number): number | undefined {
    const holdings = this.#holdings.get(this.#key(rank, { carries, source, destination }));
    const holding = holdings?.find(({ first, end }) => first <= row && row < end);
    return holding && holding.word + (row - holding.first) * this.rowWords;
  }

  #layMessages(moves: readonly Move[]): PlannedMessage[] {
    const { ranks } = this.plan;
    const byPair = new Map<number, number[]>();
    moves.forEach(({ launch, from, to }, at) => {
      if (from === to) return;
      const key = (launch * ranks + from) * ranks + to;
      const known = byPair.get(key);
      if (known === undefined) byPair.set(key, [at]);
      else known.push(at);
    });
    return [...byPair.values()].map((parts) => {
      const { launch, from, to } = moves[parts[0]!]!;
      const [sent, received] = [this.#ends[from]!, this.#ends[to]!];
      let words = 0;
      for (const part of parts) {
        const move = moves[part]!;
        this.sent[part] = sent + words;
        this.received[part] = received + words;
        if (!move.arrives && !move.merges) this.#hold(to, move, received + words);
        words += (move.end - move.first) * this.rowWords;
      }
      this.#ends[from] = sent + words;
      this.#ends[to] = received + words;
      return { launch, from, to, sent, received, words };
    });
  }

  /** Sums of the rows of a token, at the rank that sends them across nodes. */
  #laySums(moves: readonly Move[]): void {
    const merged = new Set(moves.filter(({ merges }) => merges).map(({ to }) => to));
    for (const move of moves) {
      // Elsewhere copies are held because they came there.
      const { carries, from, first } = move;
      if (carries !== "copies" || !merged.has(from) || this.held(from, move, first) !== undefined) continue;
      this.#hold(from, move, this.#ends[from]!);
      this.#ends[from] = this.#ends[from]! + (move.end - first) * this.rowWords;
    }
  }

  #hold(rank: number, move: Move, word: number): void {
    const key = this.#key(rank, move);
    const holding = { first: move.first, end: move.end, word };
    const known = this.#holdings.get(key);
    if (known === undefined) this.#holdings.set(key, [holding]);
    else known.push(holding);
  }

  #key(rank: number, { carries, source, destination }: Held): number {
    const { ranks } = this.plan;
    return ((rank * ranks + source) * ranks + destination) * 2 + (carries === "rows" ? 0 : 1);
  }
}

type Held = Pick<Move, "carries" | "source" | "destination">;
