// Matchings of senders and receivers by augmenting paths over sets of bits: 32 receivers a word. Matchings are kept from stage to
// stage, and only what broke is matched again.

/** Edges of a bipartite graph, [row * words + word]. */
export type Edges = Int32Array;

export const NONE = -1;

/** The lowest bit of a word that is not 0, by its number. */
const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

export class Bipartite {
  readonly words: number;
  /** [row] its column, and [column] its row; NONE where it has none. */
  readonly columnOf: Int32Array;
  readonly rowOf: Int32Array;
  /** Columns that the present searches need not visit again, and those without a row. */
  readonly #seen: Int32Array;
  readonly #free: Int32Array;
  readonly #queue: Int32Array;
  /** [column or row] from where a search reached it. */
  readonly #via: Int32Array;
  readonly #seenRows: Uint8Array;

  constructor(readonly size: number) {
    this.words = (size + 31) >> 5;
    this.columnOf = new Int32Array(size).fill(NONE);
    this.rowOf = new Int32Array(size).fill(NONE);
    this.#seen = new Int32Array(this.words);
    this.#free = new Int32Array(this.words);
    this.#queue = new Int32Array(size);
    this.#via = new Int32Array(size);
    this.#seenRows = new Uint8Array(size);
  }

  edges(): Edges {
    return new Int32Array(this.size * this.words);
  }

  has(edges: Edges, row: number, column: number): boolean {
    return ((edges[row * this.words + (column >> 5)]! >>> (column & 31)) & 1) === 1;
  }

  match(row: number, column: number): void {
    this.columnOf[row] = column;
    this.rowOf[column] = row;
  }

  /** Unmatches pairs that are no edge. */
  keepOnly(edges: Edges): void {
    for (let row = 0; row < this.size; row++) {
      const column = this.columnOf[row]!;
      if (column === NONE || this.has(edges, row, column)) continue;
      this.columnOf[row] = NONE;
      this.rowOf[column] = NONE;
    }
  }

  /**
   * Matches further rows. What a search has seen later ones leave out, so that all of them together look at each edge once; a
   * pair that they miss for that is found in a later stage.
   */
  extend(edges: Edges): void {
    this.#seen.fill(0);
    this.#noteFree();
    for (let row = 0; row < this.size; row++)
      if (this.columnOf[row] === NONE) this.#search(row, edges, undefined);
  }

  /** Matches one row; a row that may go without is left without where the search ends at its column. False where there is no way. */
  coverRow(row: number, edges: Edges, mayGoWithout: (row: number) => boolean): boolean {
    this.#seen.fill(0);
    this.#noteFree();
    return this.#search(row, edges, mayGoWithout);
  }

  #noteFree(): void {
    this.#free.fill(0);
    for (let column = 0; column < this.size; column++)
      if (this.rowOf[column] === NONE)
        this.#free[column >> 5] = this.#free[column >> 5]! | (1 << (column & 31));
  }

  #search(start: number, edges: Edges, mayGoWithout: ((row: number) => boolean) | undefined): boolean {
    const { words } = this;
    const [queue, via, seen, free] = [this.#queue, this.#via, this.#seen, this.#free];
    let head = 0;
    let tail = 0;
    queue[tail++] = start;
    while (head < tail) {
      const row = queue[head++]!;
      for (let word = 0; word < words; word++) {
        const open = edges[row * words + word]! & free[word]!;
        if (open === 0) continue;
        const column = (word << 5) + lowestBit(open);
        via[column] = row;
        free[word] = free[word]! & ~(1 << (column & 31));
        this.#turnPathTo(column, start);
        return true;
      }
      for (let word = 0; word < words; word++) {
        let unseen = edges[row * words + word]! & ~seen[word]!;
        while (unseen !== 0) {
          const bit = lowestBit(unseen);
          unseen &= ~(1 << bit);
          seen[word] = seen[word]! | (1 << bit);
          const column = (word << 5) + bit;
          via[column] = row;
          const holder = this.rowOf[column]!;
          if (mayGoWithout?.(holder) === true) {
            this.columnOf[holder] = NONE;
            this.#turnPathTo(column, start);
            return true;
          }
          queue[tail++] = holder;
        }
      }
    }
    return false;
  }

  /** Matches along the path by which a search came to a column. */
  #turnPathTo(end: number, start: number): void {
    let column = end;
    for (;;) {
      const row = this.#via[column]!;
      const next = this.columnOf[row]!;
      this.match(row, column);
      if (row === start) return;
      column = next;
    }
  }

  /** The same for a column: columns that may go without are left without. Rows keep having one. */
  coverColumn(start: number, edges: Edges, mayGoWithout: (column: number) => boolean): boolean {
    const { size } = this;
    const [queue, via, seen] = [this.#queue, this.#via, this.#seenRows];
    seen.fill(0);
    let head = 0;
    let tail = 0;
    queue[tail++] = start;
    while (head < tail) {
      const column = queue[head++]!;
      for (let row = 0; row < size; row++) {
        if (seen[row] === 1 || !this.has(edges, row, column)) continue;
        seen[row] = 1;
        via[row] = column;
        const held = this.columnOf[row]!;
        if (held !== NONE && !mayGoWithout(held)) {
          queue[tail++] = held;
          continue;
        }
        if (held !== NONE) this.rowOf[held] = NONE;
        let at = row;
        for (;;) {
          const to = via[at]!;
          const next = this.rowOf[to]!;
          this.match(at, to);
          if (to === start) return true;
          at = next;
        }
      }
    }
    return false;
  }
}
