// Tokens with the ranks that they go to: what a matrix and the copies for each node are counted from.
import type { RoutedTokens } from "./traffic.js";

/** Collects tokens by their source. */
export class TokenList {
  readonly #destinations: number[][] = [];
  readonly #ends: number[][] = [];

  constructor(readonly ranks: number) {
    for (let rank = 0; rank < ranks; rank++) {
      this.#destinations.push([]);
      this.#ends.push([]);
    }
  }

  /** Adds a token with its destinations, in any order and perhaps several times. One without any goes nowhere. */
  add(source: number, destinations: readonly number[]): void {
    if (destinations.length === 0) return;
    const own = this.#destinations[source]!;
    const first = own.length;
    for (const each of [...destinations].sort((one, other) => one - other))
      if (own.length === first || own.at(-1) !== each) own.push(each);
    this.#ends[source]!.push(own.length);
  }

  /** `exchanges`: how many the tokens are of. */
  finish(exchanges: number): RoutedTokens {
    return {
      ranks: this.ranks,
      destinations: this.#destinations.map((each) => Int32Array.from(each)),
      ends: this.#ends.map((each) => Int32Array.from(each)),
      exchanges: Math.max(1, exchanges),
    };
  }
}

/** [source * ranks + destination] rows: a token has one for each rank that it goes to. */
export function rowsOfTokens({ ranks, destinations, exchanges }: RoutedTokens): Float64Array {
  const rows = new Float64Array(ranks * ranks);
  destinations.forEach((own, source) => {
    for (const destination of own) rows[source * ranks + destination]! += 1;
  });
  return exchanges === 1 ? rows : rows.map((each) => each / exchanges);
}

/** [source * nodes + node] tokens of a source with a destination on a node, where a node is so many neighbouring ranks. */
export function copiesOfTokens(
  { ranks, destinations, ends, exchanges }: RoutedTokens,
  ranksPerNode: number,
): Float64Array {
  const nodes = ranks / ranksPerNode;
  const copies = new Float64Array(ranks * nodes);
  destinations.forEach((own, source) => {
    let begin = 0;
    for (const end of ends[source]!) {
      let last = -1;
      for (let at = begin; at < end; at++) {
        const node = Math.floor(own[at]! / ranksPerNode);
        if (node !== last) copies[source * nodes + node]! += 1;
        last = node;
      }
      begin = end;
    }
  });
  return exchanges === 1 ? copies : copies.map((each) => each / exchanges);
}
