// A routing by rows: which token every row and every copy is of, and where rows and tokens stand in the memories of ranks.
import type { Nodes, Routing } from "../../exchange-plan/index.js";

/** A source's rows for one destination rank, in the order of its tokens. */
interface RowsOfPair {
  readonly tokens: number[];
  /** Index of each row's token among the source's tokens for the destination's node. */
  readonly copies: number[];
}

const NONE: RowsOfPair = { tokens: [], copies: [] };

export class RowIndex {
  /** [source] by destination rank. */
  readonly #pairs: readonly Map<number, RowsOfPair>[];
  /** [source] by node: the tokens with a destination there. */
  readonly #copies: readonly Map<number, number[]>[];
  /** [destination * ranks + source] rows that stand before the source's in the destination's memory. */
  readonly #before: Uint32Array;
  /** [rank] rows for it. */
  readonly rowsFor: readonly number[];
  readonly #ranks: number;

  constructor(
    readonly routing: Routing,
    { ranks, ranks_per_node: size }: Nodes,
  ) {
    this.#ranks = ranks;
    this.#pairs = routing.map(() => new Map<number, RowsOfPair>());
    this.#copies = routing.map(() => new Map<number, number[]>());
    routing.forEach((tokens, source) => {
      tokens.forEach((destinations, token) => {
        for (const destination of destinations) this.#add(source, token, destination, size);
      });
    });
    this.#before = new Uint32Array(ranks * ranks);
    this.rowsFor = Array.from({ length: ranks }, (_, destination) => {
      let rows = 0;
      for (let source = 0; source < ranks; source++) {
        this.#before[destination * ranks + source] = rows;
        rows += this.pair(source, destination).tokens.length;
      }
      return rows;
    });
  }

  pair(source: number, destination: number): RowsOfPair {
    return this.#pairs[source]!.get(destination) ?? NONE;
  }

  /** Tokens of a source that have a destination on a node. */
  tokensOfCopies(source: number, node: number): readonly number[] {
    return this.#copies[source]!.get(node) ?? [];
  }

  /** Place of a row among all of its destination's: by source, then in the order of tokens. */
  placeOf(source: number, destination: number, row: number): number {
    return this.#before[destination * this.#ranks + source]! + row;
  }

  #add(source: number, token: number, destination: number, size: number): void {
    const node = Math.floor(destination / size);
    let copies = this.#copies[source]!.get(node);
    if (copies === undefined) this.#copies[source]!.set(node, (copies = []));
    if (copies.at(-1) !== token) copies.push(token);
    let pair = this.#pairs[source]!.get(destination);
    if (pair === undefined) this.#pairs[source]!.set(destination, (pair = { tokens: [], copies: [] }));
    pair.tokens.push(token);
    pair.copies.push(copies.length - 1);
  }
}
